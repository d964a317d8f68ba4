"""Picture files as cameras, agencies and attackers make them."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 800), **options: Any) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", size, "#336699").save(body, kind, **options)
    return body.getvalue()


def exif(**extra: Any) -> Image.Exif:
    """A camera's: where, with what, by whom."""
    tags = Image.Exif()
    tags[ExifTags.Base.Artist] = "Jo Lind"
    tags[ExifTags.Base.Make] = "Secret Camera 4711"
    tags[ExifTags.Base.Orientation] = extra.get("orientation", 1)
    tags.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (54.0, 19.0, 23.0)}
    )
    return tags


def xmp(**properties: str) -> bytes:
    """An XMP packet with simple properties, `photoshop__Credit="…"`."""
    written = "".join(
        f"<{name.replace('__', ':')}>{text}</{name.replace('__', ':')}>"
        for name, text in properties.items()
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
        f"{written}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def with_iptc(jpeg: bytes, records: dict[tuple[int, int], bytes]) -> bytes:
    """A JPEG with IPTC-IIM records in an APP13 segment, as agencies write it."""
    iim = b"".join(
        struct.pack(">BBBH", 0x1C, *key, len(value)) + value for key, value in records.items()
    )
    resource = (
        b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iim)) + iim + b"\x00" * (len(iim) % 2)
    )
    segment = b"Photoshop 3.0\x00" + resource
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def a_bomb() -> bytes:
    """A PNG of a few bytes that says it is 50,000 pixels wide and as high."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )  # fmt: skip
