"""A dump of WordPress's database is read as data, whoever wrote it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress.export import Comment
from broadsheet.importers.wordpress.sqldump import COLUMNS, DamagedDump, read

INSERT = "INSERT INTO `wp_comments` VALUES "
POSTS = "INSERT INTO `wp_posts` VALUES "
CREATE = "CREATE TABLE `wp_comments` (\n" + "".join(f"  `{name}` text NOT NULL,\n" for name in COLUMNS) + "  PRIMARY KEY (`comment_ID`)\n) ENGINE=InnoDB;\n"  # fmt: skip


def written(text: str) -> str:
    """As mysqldump writes it."""
    for sign, escaped in (
        ("\\", "\\\\"),
        ("'", "\\'"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\0", "\\0"),
    ):
        text = text.replace(sign, escaped)
    return f"'{text}'"


def a_row(number: int, text: str, *, approved: str = "1", parent: int = 0) -> str:
    return (
        f"({number},7,'Ana','ana@mail.example','http://ana.example','203.0.113.9','2021-03-05 09:00:00',"
        f"'2021-03-05 08:00:00',{written(text)},0,'{approved}','Mozilla/5.0','comment',{parent},0)"
    )


def comments(dump: str, *, table: str = "") -> list[tuple[int, Comment]]:
    return list(read(io.BytesIO(dump.encode()), table=table))


def test_each_row_is_a_comment() -> None:
    dump = (
        "-- MariaDB dump\n/*!40101 SET NAMES utf8mb4 */;\n"
        f"{POSTS}(1,'{INSERT}(9);');\n" + CREATE
        + f"{INSERT}{a_row(1, 'It’s late.')},{a_row(2, 'Buy', approved='spam', parent=1)};\n"
        + f"{POSTS}(2,'x');\n"
    )  # fmt: skip

    found = comments(dump)

    assert [(post, comment.id, comment.text, comment.approved, comment.parent) for post, comment in found] == [
        (7, 1, "It’s late.", "1", 0),
        (7, 2, "Buy", "spam", 1),
    ]  # fmt: skip
    assert (found[0][1].user_agent, found[0][1].address) == ("Mozilla/5.0", "203.0.113.9")


@pytest.mark.parametrize(
    "dump",
    [
        pytest.param(f"{CREATE}{INSERT}\n{a_row(1, 'A')},\n{a_row(2, 'B')};\n", id="a row on each line"),
        pytest.param(f"{INSERT}{a_row(1, 'A')};\n{INSERT}{a_row(2, 'B')};\n", id="a statement for each row"),
        pytest.param("INSERT INTO `x1_comments` (`comment_content`, `comment_ID`, `comment_post_ID`, `comment_approved`) VALUES\n('A', 1, 2, '1'),\n(0x42, 2, 2, _binary '1');\n", id="columns in another order, another prefix"),
        pytest.param(f"{CREATE}{INSERT}{a_row(1, 'A')},{a_row(2, 'B')};\nINSERT INTO `wp_2_comments` VALUES {a_row(1, 'C')};\n", id="a second site in the same database"),
    ],
)  # fmt: skip
def test_dumps_differ_in_form(dump: str) -> None:
    assert [comment.text for _post, comment in comments(dump)] == ["A", "B"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_whatever_was_written_comes_out(texts: list[str]) -> None:
    rows = ",".join(a_row(number, text) for number, text in enumerate(texts, 1))
    dump = f"{CREATE}{INSERT}{rows};\n" if texts else CREATE

    assert [comment.text for _post, comment in comments(dump)] == [text.strip() for text in texts]


def test_a_row_may_be_larger_than_what_is_read_at_once() -> None:
    texts = ["x" * 700_000, "y'" * 300_000]
    rows = ",".join(a_row(number, text) for number, text in enumerate(texts, 1))

    assert [comment.text for _post, comment in comments(f"{INSERT}{rows};\n")] == texts  # fmt: skip


@pytest.mark.parametrize(
    "dump",
    [
        pytest.param("", id="an empty file"),
        pytest.param("INSERT INTO `wp_posts` VALUES (1);\n", id="no table of comments"),
        pytest.param(f"{INSERT}{a_row(1, 'A')[:-20]}", id="the end is missing"),
        pytest.param("INSERT INTO `wp_comments` VALUES (SLEEP(9));\n", id="a function"),
        pytest.param("INSERT INTO `wp_comments` VALUES (1,2,3);\n", id="other columns"),
        pytest.param(f"{INSERT}{a_row(1, 'A')} ON DUPLICATE KEY;\n", id="more than rows"),
    ],
)  # fmt: skip
def test_what_is_no_whole_dump_is_refused(dump: str) -> None:
    with pytest.raises(DamagedDump):
        comments(dump)
