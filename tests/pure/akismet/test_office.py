"""The plot of days, and the set-up to copy."""

from datetime import date, timedelta

import pytest

from broadsheet.akismet.office.plots import HEIGHT, WIDTH, Day, plot
from broadsheet.akismet.office.snippets import snippets

MARCH = date(2026, 3, 1)


def days(*figures: tuple[int, int]) -> list[Day]:
    return [
        Day(MARCH + timedelta(days=number), ham, spam, 0, 0)
        for number, (ham, spam) in enumerate(figures)
    ]


def test_the_busiest_day_fills_the_drawing() -> None:
    drawn = plot(days((1, 3), (1, 1)))

    assert drawn.highest == 4
    assert (drawn.bars[0].spam_y, drawn.bars[0].spam_height) == (0, HEIGHT * 3 / 4)
    assert (drawn.bars[1].ham_y, drawn.bars[1].ham_height) == (HEIGHT * 3 / 4, HEIGHT / 4)


def test_spam_stands_on_what_is_not_spam() -> None:
    (bar,) = plot(days((2, 1))).bars

    assert bar.spam_y + bar.spam_height == pytest.approx(bar.ham_y)
    assert bar.ham_y + bar.ham_height == pytest.approx(HEIGHT)


def test_days_share_the_width() -> None:
    bars = plot(days(*[(1, 0)] * 30)).bars

    assert bars[0].x == 0
    assert bars[-1].x + bars[-1].width < WIDTH


@pytest.mark.parametrize("figures", [[], [(0, 0)]], ids=["no day", "an idle day"])
def test_nothing_is_drawn_of_nothing(figures: list[tuple[int, int]]) -> None:
    assert all(bar.ham_height == bar.spam_height == 0 for bar in plot(days(*figures)).bars)


def test_the_set_up_names_the_service_and_the_key() -> None:
    found = snippets("https://paper.example:8443", "abc123def456")

    assert all("paper.example:8443" in snippet.code for snippet in found)
    assert not any("%" in snippet.code for snippet in found)
    assert all(
        "abc123def456" in snippet.code for snippet in found if "rewrite" not in snippet.where
    )
