"""What a served picture says about itself: who made it, whose it is and what one may do with it. Nothing else."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from PIL import ExifTags, Image

AVIF_SPEED = 9  # of 0 (small) to 10: a third of the default's time, for files a fifth larger
_WITH_METADATA = {"JPEG", "WEBP", "AVIF", "PNG"}


@dataclass(frozen=True, slots=True)
class Notice:
    """Each may be empty."""

    credit: str = ""
    copyright: str = ""
    licence: str = ""  # a name or an address
    licence_address: str = ""  # where it can be read

    def exif(self) -> bytes:
        tags = Image.Exif()
        for tag, text in (
            (ExifTags.Base.Artist, self.credit),
            (ExifTags.Base.Copyright, self.copyright),
        ):
            if text:
                tags[tag] = text.encode()  # EXIF knows ASCII only; UTF-8 is what programs expect
        return tags.tobytes() if tags else b""

    def xmp(self) -> bytes:
        """An XMP packet with IPTC's fields for the creator, credit line, copyright notice and licence."""
        parts = [
            _property("photoshop:Credit", self.credit),
            _listed("dc:creator", "Seq", self.credit),
            _listed("dc:rights", "Alt", self.copyright),
        ]
        if self.licence != self.licence_address:
            parts.append(_listed("xmpRights:UsageTerms", "Alt", self.licence))
        parts.append(_property("xmpRights:WebStatement", self.licence_address))
        return _PACKET.format("".join(parts)).encode() if any(parts) else b""


_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="r"?>'
)


def _property(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _listed(name: str, kind: str, text: str) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = f"<rdf:{kind}><rdf:li{language}>{escape(text)}</rdf:li></rdf:{kind}>"
    return f"<{name}>{items}</{name}>" if text else ""


def stamped(image: Image.Image, notice: Notice, *, opaque: bool) -> Image.Image:
    """A copy that, saved in any format, carries `notice`, its colours' profile, and no other metadata.

    `opaque` puts a picture with transparent parts on white, for formats that have none.
    """
    copy = _plain(image, opaque=opaque)
    profile = image.info.get("icc_profile") if copy.mode == image.mode else None
    copy.info = {"icc_profile": profile} if profile else {}
    vars(copy)["save"] = partial(_save, copy, notice)
    return copy


def _plain(image: Image.Image, *, opaque: bool) -> Image.Image:
    """In a mode that every format takes as it is, so that nothing is converted after this."""
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        if not opaque:
            return with_alpha
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(with_alpha)
        return ground.convert("RGB")
    return image.copy() if image.mode in {"L", "RGB"} else image.convert("RGB")


def _save(image: Image.Image, notice: Notice, target: Any, kind: str, **options: Any) -> None:
    if kind in _WITH_METADATA:
        options |= {"exif": notice.exif()} if notice.exif() else {}
        options |= {"xmp": notice.xmp()} if notice.xmp() else {}
    if kind == "AVIF":
        options |= {"speed": AVIF_SPEED, "max_threads": 1}
    Image.Image.save(image, target, kind, **options)
