"""What a contributor sends, checked. Plain Python."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentPhoto:
    name: str  # of the file
    body: bytes
    credit: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A pitch or a piece as it was sent."""

    kind: str  # a Contribution.Kind
    name: str
    email: str
    headline: str
    html: str  # by manuscripts.clean
    photos: tuple[SentPhoto, ...] = ()
    trapped: bool = False  # the field that people don't see was filled in
