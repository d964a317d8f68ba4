"""The folder of printed pages: what a reader, another web server, a crash and a full disk see."""

import errno
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.press import files
from broadsheet.press.encodings import Effort, Encoding, compress, forms
from broadsheet.press.files import Busy, StorageFull
from broadsheet.press.names import UnprintablePath
from broadsheet.press.records import Page
from broadsheet.press.store import ForeignFile, PageStore

LONG = b"<p>The ferry is late again, and nobody says why.</p>" * 40
OTHER = b"<p>The ferry came in time, to everybody's surprise.</p>" * 40


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "pages")


def body(store: PageStore, path: str, encoding: Encoding = Encoding.IDENTITY) -> bytes | None:
    stored = store.find(path)
    return store.read(path, stored, encoding) if stored else None


def visible(store: PageStore) -> set[str]:
    """The files that other web servers see."""
    found = (file.relative_to(store.root) for file in store.root.rglob("*") if file.is_file())
    return {file.as_posix() for file in found if file.parts[0] != ".press"}


def test_a_page_stands_there_in_every_form(store: PageStore) -> None:
    store.write("/a/b/", Page(LONG))

    folder = store.root / "a" / "b"
    assert (folder / "index.html").read_bytes() == LONG
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == LONG
    assert brotli.decompress((folder / "index.html.br").read_bytes()) == LONG
    assert zstandard.decompress((folder / "index.html.zst").read_bytes()) == LONG


def test_a_mark_changes_when_its_page_is_printed_and_with_hardly_any_other(
    store: PageStore,
) -> None:
    paths = [f"/news/{number}/" for number in range(200)]
    marks = {path: store.mark(path) for path in paths}

    with store.printing("/elsewhere/"):
        pass
    assert all(store.mark(path) == marks[path] for path in paths)

    changed = set()
    for path in paths:
        if store.mark(path) != marks[path]:
            changed.add(path)
        with store.printing(path):
            pass
        assert store.mark(path) != marks[path]
    assert len(changed) < 5  # of 65,536 stripes two may be one


def test_other_web_servers_may_read_it(store: PageStore) -> None:
    store.write("/", Page(LONG))

    assert (store.root / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_tiny_page_has_no_compressed_forms_and_leaves_no_old_ones(store: PageStore) -> None:
    store.write("/a/", Page(LONG))
    store.write("/a/", Page(b"moved"))

    assert visible(store) == {"a/index.html"}
    assert body(store, "/a/") == b"moved"


def test_what_it_is_comes_back_with_it(store: PageStore) -> None:
    store.write("/old/", Page(b"moved", status=301, location="/new/"))

    stored = store.find("/old/")
    assert stored is not None
    assert (stored.status, stored.location) == (301, "/new/")


def test_the_same_page_is_not_written_again(store: PageStore) -> None:
    assert store.write("/a/", Page(LONG)) is True
    before = store.signature("/a/")

    assert store.write("/a/", Page(LONG)) is False
    assert store.signature("/a/") == before


@pytest.mark.parametrize("name", ["index.html", "index.html.br", "index.html.gz"])
def test_a_damaged_page_is_written_again(store: PageStore, name: str) -> None:
    store.write("/a/", Page(LONG))
    (store.root / "a" / name).write_bytes(b"half of")

    assert store.write("/a/", Page(LONG)) is True
    assert body(store, "/a/", Encoding.GZIP) == compress(LONG, Encoding.GZIP, Effort.FAST)


def test_a_damaged_record_is_no_page(store: PageStore) -> None:
    store.write("/a/", Page(LONG))
    (store.root / ".press/pages/a/index.html.json").write_text("{", encoding="utf-8")

    assert body(store, "/a/") is None
    assert store.write("/a/", Page(LONG)) is True


def test_a_removed_page_leaves_nothing_behind(store: PageStore) -> None:
    store.write("/a/b/c/", Page(LONG))
    store.write("/a/", Page(LONG))

    assert store.remove("/a/b/c/") is True
    assert store.remove("/a/b/c/") is False
    assert list(store.paths()) == ["/a/"]
    assert not (store.root / "a" / "b").exists()


def test_pages_are_listed_from_an_address_down(store: PageStore) -> None:
    for path in ("/", "/a/", "/a/b/", "/a/feed.xml", "/ab/"):
        store.write(path, Page(LONG))

    assert set(store.paths(below="/a/")) == {"/a/", "/a/b/", "/a/feed.xml"}
    assert len(set(store.paths())) == 5


def test_a_foreign_file_is_left_alone(store: PageStore) -> None:
    foreign = store.root / "robots.txt"
    foreign.parent.mkdir()
    foreign.write_text("mine", encoding="utf-8")

    with pytest.raises(ForeignFile):
        store.write("/robots.txt", Page(LONG))
    assert store.remove("/robots.txt") is False
    assert foreign.read_text(encoding="utf-8") == "mine"
    assert list(store.paths()) == []


def test_a_full_disk_keeps_the_old_page_and_says_so(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write("/a/", Page(LONG))
    before = visible(store)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StorageFull, match="free some space"):
        store.write("/a/", Page(OTHER))

    assert body(store, "/a/") == LONG
    assert body(store, "/a/", Encoding.BROTLI) is not None
    assert visible(store) == before


@pytest.mark.parametrize("flush", [pytest.param(True, id="flushed"), pytest.param(False, id="not")])
def test_a_new_page_never_comes_with_an_old_form(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, flush: bool
) -> None:
    """Stop at each renaming in turn, as a crash would, and look."""
    rename = files.rename
    for stop in range(5):
        store.write("/a/", Page(LONG), flush=False)
        left = iter(range(stop))

        def stopping(draft: str, target: str, *, plainly: bool, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            rename(draft, target, plainly=plainly)

        monkeypatch.setattr(files, "rename", stopping)
        with pytest.raises(KeyboardInterrupt):
            store.write("/a/", Page(OTHER), flush=flush)
        monkeypatch.undo()

        served = {encoding: body(store, "/a/", encoding) for encoding in Encoding}
        expected = {page: forms(page, Effort.FAST) for page in (LONG, OTHER)}
        assert any(
            all(form in {None, whole[encoding]} for encoding, form in served.items())
            for whole in expected.values()
        )
        if (store.root / "a/index.html").read_bytes() == OTHER:
            assert brotli.decompress((store.root / "a/index.html.br").read_bytes()) == OTHER
        assert store.write("/a/", Page(OTHER), flush=False) is True, "it is printed again"
        assert body(store, "/a/", Encoding.GZIP) is not None


@pytest.mark.parametrize("flush", [pytest.param(True, id="flushed"), pytest.param(False, id="not")])
def test_files_change_where_names_cannot_be_exchanged(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, flush: bool
) -> None:
    monkeypatch.setattr(files, "_RENAMEAT2", None)
    store.write("/a/", Page(LONG), flush=flush)
    store.write("/a/", Page(OTHER), flush=flush)

    assert body(store, "/a/") == OTHER
    assert not list(store.root.rglob(".new-*"))


def test_pressing_well_keeps_the_page_and_saves_bytes(store: PageStore) -> None:
    text = b" ".join(b"%d boats and %d nets" % (n * n, n) for n in range(300))
    store.write("/a/", Page(text))
    fast = body(store, "/a/", Encoding.BROTLI)

    assert store.recompress("/a/") is True
    best = body(store, "/a/", Encoding.BROTLI)
    assert fast is not None
    assert best is not None
    assert len(best) < len(fast)
    assert body(store, "/a/") == text
    assert store.recompress("/a/") is False
    assert store.write("/a/", Page(text)) is False, "well pressed is good enough"


def test_nothing_is_pressed_where_no_page_is(store: PageStore) -> None:
    assert store.recompress("/a/") is False


def test_every_change_can_be_noticed_by_other_processes(store: PageStore) -> None:
    elsewhere = PageStore(store.root)
    tokens = [elsewhere.token()]
    for change in (
        lambda: store.write("/a/", Page(LONG)),
        lambda: store.recompress("/a/"),
        lambda: store.remove("/a/"),
    ):
        change()
        tokens.append(elsewhere.token())

    assert len(set(tokens)) == 4


def test_whoever_prints_a_page_waits_for_the_one_who_does(store: PageStore) -> None:
    with (
        store.printing("/a/"),
        pytest.raises(Busy),
        PageStore(store.root).printing("/a/", patience=0),
    ):
        pass


def test_a_folder_keeps_its_name(store: PageStore) -> None:
    assert store.name() == PageStore(store.root).name()
    assert store.name() != PageStore(store.root / "other").name()


def test_a_page_that_is_written_while_another_is_pressed_stays(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write("/a/", Page(LONG))

    def press_slowly(content: bytes, effort: Effort) -> dict[Encoding, bytes]:
        monkeypatch.undo()
        store.write("/a/", Page(LONG + b"new"))
        return forms(content, effort)

    monkeypatch.setattr("broadsheet.press.store.forms", press_slowly)

    assert store.recompress("/a/") is False
    assert body(store, "/a/") == LONG + b"new"


def test_many_writers_at_once_leave_one_whole_page(store: PageStore) -> None:
    pages = [b"<p>%d boats</p>" % number * 100 for number in range(8)]
    writers = [threading.Thread(target=store.write, args=("/a/", Page(page))) for page in pages]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    plain = body(store, "/a/")
    assert plain in pages
    assert zstandard.decompress(body(store, "/a/", Encoding.ZSTD) or b"") == plain
    assert not list(store.root.rglob(".new-*"))


folder_names = st.sampled_from(["news", "أخبار", "a.b", "0", "..", "~"]) | st.text(max_size=8)
url_paths = st.lists(folder_names, max_size=3).map(lambda names: "/".join(["", *names, ""]))


@given(url_paths | st.text(max_size=30), st.binary(max_size=50))
@settings(max_examples=50)
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, path: str, page: bytes
) -> None:
    store = PageStore(tmp_path_factory.mktemp("site") / "pages")
    try:
        store.write(path, Page(page), flush=False)
    except UnprintablePath:
        return
    assert body(store, path) == page
    assert list(store.paths()) == [path]
    assert list(store.root.parent.iterdir()) == [store.root]


@given(st.binary(max_size=3000), st.sampled_from(Effort))
def test_each_form_holds_the_page(page: bytes, effort: Effort) -> None:
    readers = {
        Encoding.BROTLI: brotli.decompress,
        Encoding.ZSTD: zstandard.decompress,
        Encoding.GZIP: gzip.decompress,
        Encoding.IDENTITY: bytes,
    }
    for encoding, form in forms(page, effort).items():
        assert readers[encoding](form) == page
