"""Photos that nodes share: in a store, with a copy on each node of what was asked for there."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.management import call_command
from django.test import Client

from broadsheet.web.mirror import Mirror
from broadsheet.web.stalling import StoreAway

PHOTO = "images/quay.jpg"


@pytest.fixture
def nodes(tmp_path: Path) -> tuple[Mirror, Mirror]:
    """Two nodes' folders, and one store."""
    remote = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "store"},
    }
    (tmp_path / "store").mkdir()
    return tuple(Mirror(remote=remote, location=tmp_path / name) for name in ("one", "two"))  # type: ignore[return-value]


def test_what_one_node_keeps_the_other_has(nodes: tuple[Mirror, Mirror]) -> None:
    one, two = nodes
    name = one.save(PHOTO, ContentFile(b"quay"))

    assert two.exists(name)
    assert Path(two.path(name)).read_bytes() == b"quay"
    assert two.size(name) == 4
    assert two.save(PHOTO, ContentFile(b"another")) != name


def test_what_is_nowhere_is_not_there(nodes: tuple[Mirror, Mirror]) -> None:
    assert not nodes[0].exists(PHOTO)
    with pytest.raises(FileNotFoundError):
        nodes[0].open(PHOTO)


def test_what_one_node_deletes_the_other_forgets(nodes: tuple[Mirror, Mirror]) -> None:
    one, two = nodes
    gone, stays = (one.save(name, ContentFile(b"x")) for name in ("images/a.jpg", "images/b.jpg"))
    copies = [Path(two.path(name)) for name in (gone, stays)]
    one.delete(gone)

    assert two.forget_gone() == 1
    assert [copy.exists() for copy in copies] == [False, True]
    assert not one.exists(gone)


def test_what_was_there_before_the_store_is_never_forgotten_and_brought_in_by_a_command(
    nodes: tuple[Mirror, Mirror], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = nodes
    old = Path(one.location) / PHOTO
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")

    assert one.forget_gone() == 0
    assert old.exists()
    monkeypatch.setitem(storages._storages, "default", one)
    call_command("share_media", verbosity=0)
    assert list(one.missing()) == []
    assert Path(two.path(PHOTO)).read_bytes() == b"old"


def test_what_the_store_does_not_take_is_not_kept(
    nodes: tuple[Mirror, Mirror], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError("full")

    monkeypatch.setattr(nodes[0].remote, "save", full)

    with pytest.raises(StoreAway):
        nodes[0].save(PHOTO, ContentFile(b"quay"))
    assert not nodes[0].exists(PHOTO)


@pytest.fixture
def asked(nodes: tuple[Mirror, Mirror], monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    """A reader of the second node."""
    monkeypatch.setitem(storages._storages, "default", nodes[1])
    return Client()


def test_a_reader_is_sent_to_what_was_fetched(asked: Client, nodes: tuple[Mirror, Mirror]) -> None:
    nodes[0].save(PHOTO, ContentFile(b"quay"))

    answer = asked.get(f"/media/{PHOTO}")

    assert (answer.status_code, answer["Location"]) == (302, f"/media/{PHOTO}")
    assert (Path(nodes[1].location) / PHOTO).read_bytes() == b"quay"


@pytest.mark.parametrize(
    "name",
    [
        "original_images/quay.jpg",
        "documents/draft.pdf",
        ".mirror/images/quay.jpg",
        "images/none.jpg",
        "../store/x",
    ],
)
def test_what_is_private_or_nowhere_is_not_fetched(
    asked: Client, nodes: tuple[Mirror, Mirror], name: str
) -> None:
    for private in ("original_images/quay.jpg", "documents/draft.pdf", PHOTO):
        nodes[0].save(private, ContentFile(b"private"))

    assert asked.get(f"/media/{name}").status_code == 404


def test_a_store_that_is_away_is_asked_later(
    asked: Client, nodes: tuple[Mirror, Mirror], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> Storage:
        raise ConnectionRefusedError

    monkeypatch.setattr(nodes[1].remote, "open", away)

    answer = asked.get(f"/media/{PHOTO}")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_while_the_store_is_away_one_tries_it_and_nobody_else_waits(
    asked: Client, nodes: tuple[Mirror, Mirror], monkeypatch: pytest.MonkeyPatch
) -> None:
    called = []

    def stalls(*_: object) -> Storage:
        """Somebody else asks while this one waits."""
        called.append("")
        if len(called) == 2:
            assert asked.get(f"/media/{PHOTO}").status_code == 503
        raise TimeoutError

    monkeypatch.setattr(nodes[1].remote, "open", stalls)

    assert [asked.get(f"/media/{PHOTO}").status_code for _ in range(2)] == [503, 503]
    assert len(called) == 2

    monkeypatch.undo()
    monkeypatch.setitem(storages._storages, "default", nodes[1])
    nodes[0].save(PHOTO, ContentFile(b"quay"))
    assert asked.get(f"/media/{PHOTO}").status_code == 302
