"""Words that readers look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.search.words import AROUND, MOST_WORDS, Vocabulary, snippet, words_of

PAPER = [
    "The ferry returns to the harbour",
    "Ferry tickets cost more in winter",
    "Budget passes by one vote",
    "Die Fähre fährt wieder",
    "العبّارة تعود إلى المرفأ",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("ferry", "ferry", id="a word of the paper stays"),
        pytest.param("Ferry", "ferry", id="capitals don't matter"),
        pytest.param("fery", "ferry", id="a letter is missing"),
        pytest.param("ferrry", "ferry", id="a letter is too many"),
        pytest.param("frery", "ferry", id="two letters are swapped"),
        pytest.param("harbor", "harbour", id="another spelling"),
        pytest.param("harbuor", "harbour", id="two letters are swapped in a longer word"),
        pytest.param("budg", "budget", id="a word is only begun"),
        pytest.param("fahre", "fahre", id="an accent is missing"),
        pytest.param("المرفا", "المرفا", id="a hamza is missing"),
        pytest.param("xylophone", "xylophone", id="a word that nothing resembles stays"),
        pytest.param("to", "to", id="a short word stays"),
    ],
)
def test_a_mistyped_word_is_guessed(typed: str, meant: str) -> None:
    assert Vocabulary(PAPER).meant(typed) == meant


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param('"ferry" AND (harbour', ("ferry", "AND", "harbour"), id="no operators"),
        pytest.param("100%; DROP--", ("100", "DROP"), id="no SQL"),
        pytest.param("  ", (), id="nothing"),
    ],
)
def test_only_the_words_of_a_question_count(question: str, words: tuple[str, ...]) -> None:
    assert words_of(question) == words


def test_a_question_has_a_bounded_number_of_words_of_a_bounded_length() -> None:
    words = words_of("x" * 1000 + " y" * 1000)

    assert len(words) == MOST_WORDS
    assert len(words[0]) == 40


def test_a_snippet_shows_where_the_word_is_and_marks_it() -> None:
    text = f"{'before ' * 60}the Fähre's bell rang {'after ' * 60}"

    pieces = snippet(text, ["fahre"])

    assert [piece.text for piece in pieces if piece.is_found] == ["Fähre"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")


def test_without_the_word_a_snippet_is_the_beginning() -> None:
    assert [(p.text, p.is_found) for p in snippet("The ferry was late.", ["tram"])] == [
        ("The ferry was late.", False)
    ]


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_a_snippet_is_part_of_the_text_and_not_long(text: str, wanted: list[str]) -> None:
    words = [word for one in wanted for word in words_of(one)]

    shown = "".join(p.text for p in snippet(text, words) if p.text not in {"… ", " …"})

    assert shown in " ".join(text.split()) or shown.strip() in " ".join(text.split())
    assert len(shown) <= max(2 * AROUND, len(text) if " " not in text else 0) + AROUND


@given(st.lists(st.text()), st.text())
def test_guessing_never_fails(texts: list[str], typed: str) -> None:
    for word in words_of(typed):
        assert isinstance(Vocabulary(texts).meant(word), str)
