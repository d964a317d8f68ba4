"""Lists of readers' comments: who answers whom, and what is refused."""

import pytest

from broadsheet.web.demonstration import mailbag
from broadsheet.web.demonstration.mailbag import Letter, MailbagError

THREAD = """@ Ana | ana
First.

Still first.

@@ Ben | ben
To Ana.

@@@ Cem | cem
To Ben.

@@ Dora | dora
To Ana, too.

@ Emil | emil
Alone.
"""


def test_an_answer_belongs_to_the_last_comment_one_level_above() -> None:
    letters = mailbag.read(THREAD)

    assert [letter.answers for letter in letters] == [None, 0, 1, 0, None]


def test_a_comment_keeps_its_paragraphs_and_gets_a_mailbox_that_cannot_exist() -> None:
    assert mailbag.read(THREAD)[0] == Letter("Ana", "ana@example.org", "First.\n\nStill first.")


def test_on_the_desk_a_comment_names_its_article_and_the_senders_address() -> None:
    (letter,) = mailbag.read("@ Ana | ana | low-tide | http://a.example\nBuy!\n")

    assert (letter.article, letter.web_address) == ("low-tide", "http://a.example")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("Hello\n@ Ana | ana\nx", 1, id="words before the first comment"),
        pytest.param("@ Ana\nx", 1, id="a comment without a mailbox"),
        pytest.param("@ Ana | ana\n\n@ Ben | ben\nx", 1, id="a comment without a text"),
        pytest.param("@ Ana | ana\nx\n\n@@@ Ben | ben\nx", 4, id="an answer to nobody"),
        pytest.param("@ A | b | c | d | e\nx", 1, id="too many fields"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(MailbagError) as caught:
        mailbag.read(text)

    assert caught.value.line == line
