"""What exports get wrong without meaning anything by it, put right while they are read, and counted. Plain Python.

Blank lines before the XML declaration (a plug-in's or a theme's), control characters that were pasted into a text, and bytes
that are no UTF-8 in a file that says it is: in practice they are Windows-1252. Damage of any other kind is left to be refused.
"""

import codecs
import re
from collections import Counter
from typing import Final, Protocol

_ENCODING: Final = re.compile(rb"""<\?xml[^<>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_FORBIDDEN: Final = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0D})
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_BEGINNING: Final = 4096  # bytes in which the declaration is looked for
_LEADING: Final = b"\xef\xbb\xbf \t\r\n"


class Source(Protocol):
    """As much of a file as reading takes."""

    def read(self, size: int, /) -> bytes: ...
    def seek(self, offset: int, /) -> int: ...


class Repaired:
    """A file whose `read` gives what its program meant; `repairs` says what was put right since its beginning."""

    def __init__(self, file: Source) -> None:
        self._file = file
        self.seek(0)

    def seek(self, offset: int, /) -> int:
        """To the beginning, which is all that is needed."""
        self.repairs: Counter[str] = (
            Counter()
        )  # "blank beginning", "control characters", "no UTF-8"
        self._file.seek(offset)
        self._waiting = self._file.read(_BEGINNING)
        found = _ENCODING.search(self._waiting)
        name = found[1].decode().lower() if found else "utf-8"
        self._is_utf8 = name in {"utf-8", "utf8"} and not self._waiting.startswith(
            (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        )
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        if self._is_utf8 and (begun := self._waiting.lstrip(_LEADING)) != self._waiting:
            if self._waiting[:3] != codecs.BOM_UTF8 or self._waiting[3:] != begun:
                self.repairs["blank beginning"] = 1
            self._waiting = begun
        return offset

    def read(self, size: int, /) -> bytes:
        """About `size` bytes; none at the end only."""
        while chunk := self._waiting or self._file.read(size):
            self._waiting = b""
            if repaired := self._repaired(chunk):
                return repaired
        return self._encoded(self._decoder.decode(b"", final=True)) if self._is_utf8 else b""

    def _repaired(self, chunk: bytes) -> bytes:
        if not self._is_utf8:
            return chunk
        clean = chunk.translate(None, _FORBIDDEN)
        if len(clean) < len(chunk):
            self.repairs["control characters"] += len(chunk) - len(clean)
        return self._encoded(self._decoder.decode(clean))

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode()
        except UnicodeEncodeError:
            text, number = _ESCAPED.subn(_western, text)
            self.repairs["no UTF-8"] += number
            return text.encode()


def _western(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
