"""The comments of other systems, each read to the same records."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.importers.others import (
    commento,
    disqus,
    isso,
    remark42,
)
from broadsheet.importers.others.holdings import Threads, UnreadableSource
from broadsheet.importers.records import CommentState

from .holdings import AT, COMMENTO, DISQUS, HOME, REMARK42, a_database


def written(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(text, encoding="utf-8") and None


def packed(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(gzip.compress(text.encode())) and None


@pytest.mark.parametrize(
    ("read", "write", "second"),
    [
        pytest.param(disqus.read, written(DISQUS), CommentState.SPAM, id="Disqus"),
        pytest.param(isso.read, a_database, CommentState.HELD, id="Isso"),
        pytest.param(remark42.read, packed(REMARK42), CommentState.TRASHED, id="Remark42, packed"),
        pytest.param(remark42.read, written(REMARK42), CommentState.TRASHED, id="Remark42"),
        pytest.param(commento.read, packed(COMMENTO), CommentState.HELD, id="Commento, packed"),
        pytest.param(commento.read, written(COMMENTO), CommentState.HELD, id="Commento"),
    ],
)
def test_comments_come_with_their_words_threads_and_states(
    tmp_path: Path,
    read: Callable[[Path], Threads],
    write: Callable[[Path], None],
    second: CommentState,
) -> None:
    write(tmp_path / "file")

    (thread,) = read(tmp_path / "file")

    assert thread.address.removeprefix(HOME) == "/ferry/"
    assert [(one.id, one.parent, one.state) for one in thread.comments] == [
        ("1", "", CommentState.PUBLISHED),
        ("2", "1", second),
    ]
    first = thread.comments[0]
    assert (first.author, first.text, first.written_at) == ("Ines", "Late **again**.", AT)


@pytest.mark.parametrize(
    "read",
    [disqus.read, isso.read, remark42.read, commento.read],
    ids=["Disqus", "Isso", "Remark42", "Commento"],
)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\x1f\x8b broken", id="a broken pack"),
        pytest.param(b"<a>", id="half an element"),
        pytest.param(b"<rss></rss>", id="something else"),
        pytest.param(b"{", id="half an object"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>x', id="entities"),
        pytest.param(b"[" * 100_000, id="brackets without end"),
    ],
)
def test_what_is_no_export_is_refused(
    tmp_path: Path, read: Callable[[Path], Threads], body: bytes
) -> None:
    (tmp_path / "file").write_bytes(body)

    with pytest.raises(UnreadableSource):
        list(read(tmp_path / "file"))
