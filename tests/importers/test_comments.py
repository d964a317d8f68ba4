"""Comments keep their threads and states; what is no reader's word stays behind."""

from pathlib import Path

import pytest
from django.test import Client

from broadsheet.comments.models import Discussion, ReaderComment, Status
from tests.pure.importers.exports import a_comment, an_export, an_item

from .builders import bring

pytestmark = pytest.mark.django_db


def under_an_article(*comments: str, **fields: str) -> bytes:
    return an_export(an_item(inside="".join(comments), **fields))


@pytest.mark.parametrize(
    ("approved", "options", "status"),
    [
        pytest.param("1", (), Status.PUBLISHED, id="approved ones are published"),
        pytest.param("0", (), Status.HELD, id="pending ones wait"),
        pytest.param("hold", (), Status.HELD, id="so do those of a state that nobody knows"),
        pytest.param("trash", (), None, id="the bin stays behind"),
        pytest.param("post-trashed", (), None, id="so does what went with its post"),
        pytest.param("trash", ("--with-trash",), Status.REJECTED, id="unless asked for"),
        pytest.param("spam", (), None, id="spam stays behind"),
        pytest.param("spam", ("--with-spam",), Status.SPAM, id="unless asked for too"),
    ],
)
def test_states(
    tmp_path: Path, approved: str, options: tuple[str, ...], status: Status | None
) -> None:
    report = bring(tmp_path, under_an_article(a_comment(comment_approved=approved)), *options)

    assert list(ReaderComment.objects.values_list("status", flat=True)) == (
        [status] if status else []
    )
    assert report["unexplained"] == []


@pytest.mark.parametrize("kind", ["note", "pingback", "trackback", "order_note"])
def test_what_is_no_readers_word_never_comes(tmp_path: Path, kind: str) -> None:
    report = bring(tmp_path, under_an_article(a_comment(comment_type=kind), a_comment(2, comment_type=kind, comment_approved="0")), "--with-trash", "--with-spam")  # fmt: skip

    assert not ReaderComment.objects.exists()
    assert sum(entry["number"] for entry in report["differences"]) == 2


def test_readers_see_the_thread_and_no_address(tmp_path: Path, client: Client) -> None:
    bring(
        tmp_path,
        under_an_article(
            a_comment(1, text="First <b>voice</b>."),
            a_comment(2, comment_parent=1, text="An answer."),
        ),
    )

    page = client.get("/news/post-1/").content.decode()

    assert page.index("First <strong>voice</strong>") < page.index("An answer.")
    assert "private.example" not in page
    assert Discussion.objects.get().published == 2


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        pytest.param({1: 0, 2: 1}, {1: None, 2: 1}, id="an answer"),
        pytest.param({1: 2, 2: 0}, {1: 2, 2: None}, id="a parent that comes later"),
        pytest.param({1: 99}, {1: None}, id="a parent that is missing"),
        pytest.param({1: 1}, {1: None}, id="one that answers itself"),
        pytest.param(
            {1: 2, 2: 3, 3: 1, 4: 3}, {1: None, 2: None, 3: None, 4: 3}, id="a circle is cut"
        ),
    ],
)
def test_threads(tmp_path: Path, parents: dict[int, int], expected: dict[int, int | None]) -> None:
    bring(tmp_path, under_an_article(*(a_comment(n, comment_parent=p) for n, p in parents.items())))

    number = {row.pk: int(row.source.partition(":")[2]) for row in ReaderComment.objects.all()}
    found = {number[row.pk]: number.get(row.parent_id) for row in ReaderComment.objects.all()}
    assert found == expected


def test_a_long_discussion_fills_several_sheets(tmp_path: Path) -> None:
    bring(tmp_path, under_an_article(*(a_comment(n) for n in range(1, 122))))

    discussion = Discussion.objects.get()
    assert (discussion.published, discussion.sheets) == (121, 3)
    assert ReaderComment.objects.filter(sheet=3).count() == 21


def test_a_later_export_adds_comments_to_what_is_here(tmp_path: Path) -> None:
    bring(tmp_path, under_an_article(a_comment(1)))

    report = bring(tmp_path, under_an_article(a_comment(1), a_comment(2, comment_parent=1)))

    assert report["added"] == {"comments": 1}
    answer = ReaderComment.objects.get(source__endswith=":2")
    assert answer.parent == ReaderComment.objects.get(source__endswith=":1")
    assert Discussion.objects.get().published == 2


def test_closed_comments_stay_closed(tmp_path: Path, client: Client) -> None:
    bring(tmp_path, under_an_article(a_comment(), comment_status="closed"))

    assert "<form" not in client.get("/news/post-1/").content.decode().partition('class="thread')[2]


def test_pages_keep_their_comments_too(tmp_path: Path, client: Client) -> None:
    report = bring(tmp_path, under_an_article(a_comment(text="Well said."), post_type="page"))

    assert report["unexplained"] == []
    assert "Well said." in client.get("/post-1/").content.decode()
