"""Opening a zipped document that a stranger sent: bounded, hardened. Plain Python."""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

LARGEST = 20_000_000  # bytes of one part, unpacked
MOST_PARTS = 2_000


class BrokenManuscript(ValueError):
    """A file that can't be read as what its name says."""


def part(body: bytes, name: str) -> Any:
    """The XML part `name` of a zipped document as lxml's tree. Raises BrokenManuscript."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise BrokenManuscript("it has too many parts")
            if archive.getinfo(name).file_size > LARGEST:
                raise BrokenManuscript("it is too large when unpacked")
            with archive.open(name) as file:
                return _parsed(file.read(LARGEST + 1))
    except KeyError as error:
        raise BrokenManuscript(f"it has no {name}") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,  # a compression that Python doesn't know
        RuntimeError,  # encrypted
        etree.LxmlError,
    ) as error:
        raise BrokenManuscript(str(error) or "it is damaged") from error


def _parsed(xml: bytes) -> Any:
    """Raises BrokenManuscript for what is longer than its header said, or has a document type (entities)."""
    if len(xml) > LARGEST:
        raise BrokenManuscript("it is too large when unpacked")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if b"<!DOCTYPE" in xml:
        raise BrokenManuscript("it has a document type")
    return etree.fromstring(xml, parser)
