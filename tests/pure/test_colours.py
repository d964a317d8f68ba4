"""Every colour that an owner can choose is readable on every paper, by day and by night (WCAG 2.2: 4.5 : 1)."""

import itertools
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "src/broadsheet/newsroom/static/newsroom"
DAY, NIGHT = "day", "night"
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n  \}\n", re.DOTALL)
_RULE = re.compile(r':root(?:\[data-(\w+)="(\w+)"\])? \{(.*?)\}', re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6})\b")

Rules = dict[tuple[str, str], dict[str, str]]  # (attribute, value) → token → colour


def rules(css: str) -> Rules:
    found: Rules = {}
    for attribute, value, body in _RULE.findall(css):
        found.setdefault((attribute, value), {}).update(_COLOUR.findall(body))
    return found


def read() -> dict[str, Rules]:
    day: Rules = {}
    night: Rules = {}
    for name in ("paper.css", "looks.css"):
        css = (FOLDER / name).read_text(encoding="utf-8").partition("@media print")[0]
        for dark in _DARK.findall(css):
            for key, tokens in rules(dark).items():
                night.setdefault(key, {}).update(tokens)
        for key, tokens in rules(_DARK.sub("", css)).items():
            day.setdefault(key, {}).update(tokens)
    return {DAY: day, NIGHT: {key: tokens | night.get(key, {}) for key, tokens in day.items()}}


THEMES = read()


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def choices(attribute: str) -> list[str]:
    return ["", *(value for name, value in THEMES[DAY] if name == attribute)]


def tokens(theme: str, paper: str, accent: str) -> dict[str, str]:
    found = THEMES[theme]
    return found["", ""] | found.get(("paper", paper), {}) | found.get(("accent", accent), {})


@pytest.mark.parametrize("theme", [DAY, NIGHT])
@pytest.mark.parametrize("paper", choices("paper"), ids=lambda paper: paper or "usual-paper")
@pytest.mark.parametrize("accent", choices("accent"), ids=lambda accent: accent or "usual-colour")
def test_words_stand_out_from_their_ground(theme: str, paper: str, accent: str) -> None:
    colours = tokens(theme, paper, accent)

    for words, ground in itertools.product(("ink", "quiet", "accent"), ("paper", "tint")):
        assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


def test_the_style_sheet_names_the_colours_that_the_editor_offers() -> None:
    assert set(choices("accent")) == {"", "harbour", "pine", "plum", "ochre", "ink"}
    assert set(choices("paper")) == {"", "white", "salmon", "mist"}
