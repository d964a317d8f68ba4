"""Absolute addresses: from what the operator or owner set, never from a request's Host header."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

_address: ContextVar[str] = ContextVar("address", default="")


def absolute(path: str) -> str:
    """`path` ("/news/") at the newspaper's public address; an address that is absolute already stays."""
    return path if "://" in path else f"{_address.get() or settings.PUBLIC_ADDRESS}{path}"


@contextmanager
def at_address(address: str) -> Iterator[None]:
    """Within it, the newspaper's public address is another one ("https://other.example"); "" for the installation's first."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)
