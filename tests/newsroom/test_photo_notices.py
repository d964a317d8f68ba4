"""What a photo's file says of its author and rights, and what is no photo."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.pictures import metadata
from broadsheet.newsroom.pictures.metadata import Found
from tests.newsroom.builders import a_picture, exif, with_iptc, xmp

pytestmark = pytest.mark.filterwarnings(  # of the form field that Django makes for a URLField
    "ignore::django.utils.deprecation.RemovedInDjango60Warning"
)


def test_a_camera_says_who_took_it_and_where_it_was_is_not_read() -> None:
    assert metadata.read(io.BytesIO(a_picture(exif=exif()))) == Found(credit="Jo Lind")


def test_an_agency_says_it_all_in_iptc() -> None:
    body = with_iptc(
        a_picture(),
        {
            (1, 90): b"\x1b%G",
            (2, 80): "Zoë Ünal".encode(),
            (2, 110): b"Harbour Agency",
            (2, 116): "© Harbour".encode(),
            (2, 120): b"The Alba at the quay.",
        },
    )

    assert metadata.read(io.BytesIO(body)) == Found(
        caption="The Alba at the quay.", credit="Harbour Agency", copyright="© Harbour"
    )


def test_iptc_without_a_declared_encoding_is_read_too() -> None:
    body = with_iptc(a_picture(), {(2, 80): "Zoë".encode("latin-1")})

    assert metadata.read(io.BytesIO(body)).credit == "Zoë"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_xmp_comes_first(kind: str) -> None:
    packet = xmp(
        photoshop__Credit="A. Haddad",
        dc__rights="<rdf:Alt><rdf:li>© The Tide</rdf:li></rdf:Alt>",
        Iptc4xmpCore__AltTextAccessibility="A ferry at the quay",
        xmpRights__WebStatement="https://tide.example/rights",
    )

    assert metadata.read(io.BytesIO(a_picture(kind, xmp=packet, exif=exif()))) == Found(
        description="A ferry at the quay",
        credit="A. Haddad",
        copyright="© The Tide",
        licence="https://tide.example/rights",
    )


@given(st.binary(max_size=400))
def test_broken_metadata_never_stands_in_the_way(noise: bytes) -> None:
    assert isinstance(metadata.read(io.BytesIO(noise)), Found)
    assert isinstance(metadata.read(io.BytesIO(a_picture(size=(2, 2), xmp=noise))), Found)
    broken = with_iptc(a_picture(size=(2, 2)), {(2, 80): noise, (1, 90): noise})
    assert isinstance(metadata.read(io.BytesIO(broken)), Found)
