"""Keys: twelve characters that a site shows to be allowed in. Only a keyed hash of them is kept. Plain Python."""

import hashlib
import hmac
import secrets
import string

LENGTH = 12  # the WordPress plugin refuses any other
# Lower case only: the older form of address puts the key into a host name, where case is lost. 36^12 is 2^62.
ALPHABET = string.ascii_lowercase + string.digits


def make() -> str:
    """A new key, from the system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest(key: str, *, pepper: bytes) -> str:
    """What is kept of a key, and what a given one is looked up by: HMAC-SHA-256, 64 hex digits.

    Its time does not depend on how much of a wrong key is right, and without the `pepper` a copy of the database
    is of no use for guessing.
    """
    return hmac.new(pepper, key[:100].encode(), hashlib.sha256).hexdigest()


def callback_secret(key_id: int, *, pepper: bytes) -> str:
    """The secret that signs what is sent to a key's sites: 64 hex digits."""
    return hmac.new(pepper, b"callback %d" % key_id, hashlib.sha256).hexdigest()
