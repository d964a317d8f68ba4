"""Photos and documents of two nodes on a real S3-compatible store."""

import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from django.core.files.base import ContentFile

from broadsheet.web.mirror import Mirror
from broadsheet.web.settings import _media_storage
from tests.press.test_served import ask

from .swift import Store

PHOTO = "images/Hafen – größer.jpg"
LARGE = bytes(range(256)) * 80_000  # 20 MB, which boto3 sends in parts


@pytest.fixture
def nodes(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Mirror, Mirror]:
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    bucket = f"media-{uuid.uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=bucket)
    place = f"s3://{bucket}/paper"
    described: dict[str, Any] = _media_storage(place)["OPTIONS"]
    return Mirror(location=tmp_path / "one", **described), Mirror(
        location=tmp_path / "two", **described
    )


@pytest.mark.parametrize("body", [b"", b"quay", LARGE], ids=["empty", "small", "large"])
def test_what_one_node_keeps_the_other_has(nodes: tuple[Mirror, Mirror], body: bytes) -> None:
    one, two = nodes
    name = one.save(PHOTO, ContentFile(body))

    assert two.exists(name)
    assert not two.exists("images/none.jpg")
    assert Path(two.path(name)).read_bytes() == body
    assert two.save(PHOTO, ContentFile(b"another")) != name


def test_what_is_nowhere_is_not_there(nodes: tuple[Mirror, Mirror]) -> None:
    with pytest.raises(FileNotFoundError):
        nodes[0].open("images/none.jpg")


def test_what_one_node_deletes_the_other_forgets(nodes: tuple[Mirror, Mirror]) -> None:
    one, two = nodes
    gone, stays = (
        one.save(name, ContentFile(b"x")) for name in ("images/a.jpg", "documents/b/b.pdf")
    )
    copies = [Path(two.path(name)) for name in (gone, stays)]
    one.delete(gone)

    assert two.forget_gone() == 1
    assert [copy.exists() for copy in copies] == [False, True]


def test_nobody_reads_the_store_without_a_key(nodes: tuple[Mirror, Mirror], store: Store) -> None:
    name = nodes[0].save("original_images/a.jpg", ContentFile(b"private"))
    address = nodes[0].remote.url(name).partition("?")[0]

    assert address.startswith(store.endpoint)
    parts = urlsplit(address)
    status, _headers, body = ask(int(parts.port or 0), "GET", parts.path)
    assert 400 <= status < 500
    assert b"private" not in body
