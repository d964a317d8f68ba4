"""Absolute addresses: from what the operator set, never from a request's Host header."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` ("/news/") at the newspaper's public address; an address that is absolute already stays."""
    return path if "://" in path else f"{settings.PUBLIC_ADDRESS}{path}"
