"""Clues are words of the text and circumstances, with spans that a page can highlight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.spam import SpamFilter, Submission, circumstances
from broadsheet.spam.reading import read
from tests.pure.spam.builders import HAM, SPAM, a_taught_filter

TAUGHT = a_taught_filter()


def test_the_strongest_clues_come_first():
    weights = [abs(clue.weight) for clue in TAUGHT.judge(Submission(SPAM[0])).clues]

    assert weights == sorted(weights, reverse=True)


def test_words_of_spam_speak_for_spam_and_are_where_they_say():
    text = f"Dear all, {SPAM[0]}"

    clue = next(
        c
        for c in TAUGHT.judge(Submission(text)).clues
        if c.text.startswith("words") and c.weight > 0
    )

    (start, end), *_ = clue.spans
    assert text[start:end] in clue.text


def test_words_of_ham_speak_against():
    clues = TAUGHT.judge(Submission(HAM[0])).clues

    assert sum(clue.weight for clue in clues if clue.text.startswith("words")) < 0


def test_a_link_is_named_by_its_host():
    text = "look at http://watches.example/deal today"

    clue = next(
        c for c in TAUGHT.judge(Submission(text)).clues if c.text == "the link watches.example"
    )

    assert text[slice(*clue.spans[0])] == "http://watches.example/deal"


@pytest.mark.parametrize(
    ("submission", "clue"),
    [
        pytest.param(
            Submission("hi", honeypot_filled=True),
            "the field that people do not see was filled in",
            id="honeypot",
        ),
        pytest.param(
            Submission("hi", seconds_to_fill=1),
            "sent 1 s after the page was opened",
            id="too quick",
        ),
        pytest.param(
            Submission("Пpедлагаю pаботy нa дoму"),
            "letters of another script amid its words",
            id="Latin letters in Cyrillic words",
        ),
        pytest.param(
            Submission("Play at 𝐋𝐔𝐂𝐊𝐘𝟕 today"),
            "letters that are signs made to look like letters",
            id="letters of mathematics",
        ),
        pytest.param(
            Submission("&#1088;ay m&#1077; n&#1086;w, de&#1072;r"),
            "letters of another script amid its words",
            id="the same as character references",
        ),
        pytest.param(
            Submission('<img src="http://a.example/b.png">'),
            "it is little but a picture",
            id="a picture alone",
        ),
    ],
)
def test_circumstances_count_before_anything_was_learned(submission, clue):
    verdict = SpamFilter.empty().judge(submission)

    assert clue in [found.text for found in verdict.clues if found.weight > 1]
    assert verdict.spam_probability > 0.5


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Я пришлю smsку, у меня новый iPhone", id="foreign words are declined"),
        pytest.param("Überall die gleiche Straße, ça va", id="accents"),
        pytest.param("α and β are the two angles; Ⓐ marks the spot", id="a few signs"),
    ],
)
def test_letters_are_what_they_look_like(text):
    clues = SpamFilter.empty().judge(Submission(text)).clues

    assert not [clue for clue in clues if clue.weight > 1]


@pytest.mark.parametrize(
    ("link", "fact"),
    [
        ("http://shop.anna.example/p.html", "own website linked"),
        ("http://else.example/p.html", "other sites linked"),
    ],
)
def test_a_link_to_where_the_name_leads_is_told_from_others(link, fact):
    submission = Submission(f"look {link}", author_url="http://www.anna.example/")

    assert fact in circumstances.names(read(submission))


def test_spans_of_a_long_text_point_into_its_end_too():
    text = f"{'quiet ' * 2000}{SPAM[0]}"

    clues = TAUGHT.judge(Submission(text)).clues

    assert any("watches" in text[start:end] for clue in clues for start, end in clue.spans)


@given(st.text(max_size=400))
def test_every_span_lies_within_its_field(text):
    submission = Submission(text, author=text[:50])

    for clue in TAUGHT.judge(submission).clues:
        for start, end in clue.spans:
            assert 0 <= start < end <= len(getattr(submission, clue.field))


def test_explaining_does_not_change_the_verdict():
    explained, quick = (
        TAUGHT.judge(Submission(SPAM[1]), explain=explain) for explain in (True, False)
    )

    assert explained.spam_probability == quick.spam_probability
    assert quick.clues == ()
