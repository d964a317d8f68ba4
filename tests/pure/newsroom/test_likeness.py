"""Texts about the same are found by the rare words that they share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.likeness import TELLING, nearest, telling_words

HARBOUR = "The harbour authority repairs quays where ferries unload during winter storms"
FERRIES = "Winter storms keep ferries outside; quays remain closed"
CHESS = "Chess players gathered where libraries open during winter evenings"


def words(text: str) -> frozenset[str]:
    return frozenset(telling_words("", [text]))


def test_the_text_with_more_rare_words_in_common_is_nearer() -> None:
    others = {1: words(CHESS), 2: words(FERRIES), 3: words(HARBOUR)}

    assert nearest(
        words("Ferries unload outside the quays while storms remain"), others, number=2
    ) == [
        2,
        3,
    ]


def test_two_words_in_common_are_no_relation() -> None:
    assert nearest(words(HARBOUR), {1: words("Winter ferries")}, number=4) == []


def test_an_accent_or_a_capital_is_no_difference() -> None:
    assert telling_words("", ["Café CAFE café"]) == ("cafe",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It is so", (), id="short words tell nothing"),
        pytest.param("In 2026 and 10000", (), id="numbers tell nothing"),
        pytest.param("عادت العبّارة إلى الميناء", ("عادت", "العبارة", "الميناء"), id="Arabic"),
    ],
)
def test_what_tells_what_a_text_is_about(text: str, found: tuple[str, ...]) -> None:
    assert telling_words("", [text]) == found


def test_the_headlines_words_come_first() -> None:
    assert telling_words("Orchards", ["Lantern lantern lantern"])[0] == "orchards"


@given(st.text(), st.lists(st.text(), max_size=5))
def test_whatever_is_written_a_text_has_few_words_without_spaces(
    headline: str, paragraphs: list[str]
) -> None:
    found = telling_words(headline, paragraphs)

    assert len(found) <= TELLING
    assert " ".join(found).split() == list(found)
