"""What a photo's file says about itself: XMP, IPTC-IIM and EXIF, in this order. Where it was taken is not read.

https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
"""

import struct
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import IO, Any

from lxml import etree
from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

LONGEST_XMP = 1_000_000  # bytes; what is larger is not looked at
LONGEST = 2_000  # characters of a text

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_UTF8 = b"\x1b%G"  # IPTC's sign for it


@dataclass(frozen=True, slots=True)
class Found:
    """In the words of the file; "" where it says nothing."""

    description: str = ""  # its alternative text
    caption: str = ""
    credit: str = ""
    copyright: str = ""
    licence: str = ""
    source: str = ""

    def as_dict(self) -> dict[str, str]:
        """Only what was found."""
        return {name: text for name, text in asdict(self).items() if text}


Reader = Callable[[ImageFile.ImageFile], Found]


def read(file: IO[bytes]) -> Found:
    """Read a picture's metadata. Whatever is broken in it is passed over; so is a file that is no picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow, about odd metadata
        try:
            image = Image.open(file)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return Found()
        sources = [_attempt(reader, image) for reader in (_xmp, _iptc, _exif)]
    return Found(**{field.name: _first(field.name, sources) for field in fields(Found)})


def _attempt(reader: Reader, image: ImageFile.ImageFile) -> Found:
    try:
        return reader(image)
    except (
        OSError,
        ValueError,  # of numbers and of Unicode, too
        KeyError,
        IndexError,
        TypeError,
        SyntaxError,
        struct.error,
        etree.LxmlError,
    ):
        return Found()


def _first(name: str, sources: Iterable[Found]) -> str:
    return next((text for source in sources if (text := getattr(source, name))), "")


def _xmp(image: ImageFile.ImageFile) -> Found:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    body = packet.encode() if isinstance(packet, str) else packet
    if not body or len(body) > LONGEST_XMP:
        return Found()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(body.strip(b"\x00 \n\r\t"), parser)
    text = _Xmp(root).text
    return Found(
        description=text("iptc:AltTextAccessibility"),
        caption=text("dc:description"),
        credit=text("photoshop:Credit") or text("dc:creator"),
        copyright=text("dc:rights"),
        licence=text("plus:LicensorURL")
        or text("rights:WebStatement")
        or text("rights:UsageTerms"),
        source=text("photoshop:Source"),
    )


@dataclass(frozen=True, slots=True)
class _Xmp:
    root: Any  # of lxml

    def text(self, name: str) -> str:
        """A property, written as an element, a list or an attribute; several values are joined."""
        prefix, _, local = name.partition(":")
        tag = f"{{{_NAMESPACES[prefix]}}}{local}"
        for element in self.root.iter(tag):
            items = [item.text or "" for item in element.iter(f"{{{_NAMESPACES['rdf']}}}li")]
            return _clean(", ".join(filter(None, items)) or element.text or "")
        for described in self.root.iter(f"{{{_NAMESPACES['rdf']}}}Description"):
            if tag in described.attrib:
                return _clean(described.get(tag))
        return ""


def _iptc(image: ImageFile.ImageFile) -> Found:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    encoding = "utf-8" if records.get((1, 90)) == _UTF8 else ""
    text = {key: _decoded(value, encoding) for key, value in records.items()}
    return Found(
        caption=text.get((2, 120), ""),
        credit=text.get((2, 110)) or text.get((2, 80), ""),
        copyright=text.get((2, 116), ""),
        source=text.get((2, 115), ""),
    )


def _decoded(value: Any, encoding: str) -> str:
    """One value or several, in the encoding that is named; else UTF-8 if it is that, or Latin-1."""
    return _clean(", ".join(_in_some_encoding(part, encoding) for part in _parts(value)))


def _parts(value: Any) -> Iterator[bytes]:
    parts = value if isinstance(value, list) else [value]
    yield from (part for part in parts if isinstance(part, bytes))


def _in_some_encoding(body: bytes, encoding: str) -> str:
    if encoding:
        return body.decode(encoding, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _exif(image: ImageFile.ImageFile) -> Found:
    tags = image.getexif()
    return Found(
        caption=_of_tag(tags.get(ExifTags.Base.ImageDescription)),
        credit=_of_tag(tags.get(ExifTags.Base.Artist)),
        copyright=_of_tag(tags.get(ExifTags.Base.Copyright)),
    )


def _of_tag(value: object) -> str:
    """Pillow reads a tag's text as Latin-1; most programs write UTF-8."""
    if not isinstance(value, str):
        return ""
    try:
        return _clean(_in_some_encoding(value.encode("latin-1"), ""))
    except UnicodeEncodeError:
        return _clean(value)


def _clean(value: object) -> str:
    """Printable text on one line."""
    if not isinstance(value, str):
        return ""
    printable = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(printable.split())[:LONGEST]
