"""Sealing what is kept where others may read: encrypted, and told from anything that was changed, cut or put together.

The construction is age's (https://age-encryption.org/v1, "Payload"): STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015)
with ChaCha20-Poly1305 (RFC 8439) over pieces of 64 KiB. A sealed file is MAGIC, 16 random bytes, then the pieces, each 16
bytes longer than what it seals. Its key comes from ours by HKDF-SHA256 (RFC 5869) with the random bytes as salt; a
piece's nonce is its number in eleven bytes, big-endian, and a byte that is 1 for the last piece.

The library is loaded when there is something to seal: a server without sealed backups does without its 7 MB.
"""

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

MAGIC = b"broadsheet sealed 1\n"
SHORTEST = 32  # characters of a key
_PIECE = 64 * 1024  # bytes
_SALT = 16  # bytes
_TAG = 16  # bytes


class SealError(ValueError):
    """A key can't be used, or does not open what was sealed; the message is one line that says so."""


class Seal:
    """A key. It is no password, which would have to be made harder to guess: `openssl rand -base64 32` makes one."""

    def __init__(self, key: str) -> None:
        """Raises SealError for what is too short to be random enough."""
        if len(key) < SHORTEST:
            raise SealError(f"The backup's key must have {SHORTEST} characters at least.")
        self._key = key.encode()
        self._names = self._derived(b"", "names")

    def name(self, sha256: str) -> str:
        """How a content is called: who lacks the key can't tell from it whether they know the content."""
        return hmac.new(self._names, sha256.encode(), hashlib.sha256).hexdigest()

    def sealed(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed form of what `pieces`, of any length, make together."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

        salt = secrets.token_bytes(_SALT)
        cipher = ChaCha20Poly1305(self._derived(salt, "contents"))
        yield MAGIC + salt
        for nonce, piece in _numbered(_even(pieces, _PIECE)):
            yield cipher.encrypt(nonce, piece, None)

    def opened(self, file: BinaryIO) -> Iterator[bytes]:
        """What was sealed in `file`. Raises SealError, perhaps after some of it: nothing of that may be used then."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

        if file.read(len(MAGIC)) != MAGIC:
            raise SealError("It is not sealed.")
        cipher = ChaCha20Poly1305(self._derived(file.read(_SALT), "contents"))
        pieces = iter(lambda: file.read(_PIECE + _TAG), b"")
        try:
            for nonce, piece in _numbered(_even(pieces, _PIECE + _TAG)):
                yield cipher.decrypt(nonce, piece, None)
        except InvalidTag as error:
            raise SealError("It was sealed with another key, or is damaged.") from error

    def _derived(self, salt: bytes, purpose: str) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

        kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"broadsheet " + purpose.encode())
        return kdf.derive(self._key)


def sealed_size(size: int) -> int:
    """How many bytes the sealed form of `size` bytes has."""
    pieces = max(1, -(-size // _PIECE))
    return len(MAGIC) + _SALT + size + pieces * _TAG


def _even(pieces: Iterable[bytes], length: int) -> Iterator[bytes]:
    """The same bytes in pieces of `length`, the last one shorter or not; one empty piece for nothing."""
    rest = b""
    for piece in pieces:
        rest += piece
        while len(rest) > length:
            yield rest[:length]
            rest = rest[length:]
    yield rest


def _numbered(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each piece with its nonce."""
    piece = next(pieces)
    for number in itertools.count():
        following = next(pieces, None)
        is_last = following is None
        yield number.to_bytes(11) + bytes([is_last]), piece
        if following is None:
            return
        piece = following
