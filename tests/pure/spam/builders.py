"""Submissions for the filter's tests, of our own writing."""

from hypothesis import strategies as st

from broadsheet.spam import SpamFilter, Submission

HAM = (
    "I was at the council meeting and the figures in the third paragraph are right.",
    "Thank you for this report, my mother worked at that mill for thirty years.",
    "The bridge has been closed since Monday; the detour takes twenty minutes.",
    "Does anyone know whether the library will open on Saturdays again?",
    "I disagree: the tax hits small shops hardest, as your own table shows.",
)
SPAM = (
    "Buy cheap watches now!!! http://watches.example/deal best price FREE shipping",
    "Earn $5000 a week working from home, visit http://easy-money.example today",
    "Hot singles in your area, click http://dates.example now and chat for free",
    "Cheap pills without prescription http://pills.example order now 80% off",
    "Make money fast!!! subscribe to my channel http://fast.example and win",
)


def lessons() -> list[tuple[Submission, bool]]:
    """Ham and spam in turn: (submission, is it spam)."""
    return [
        (Submission(text), is_spam)
        for pair in zip(HAM, SPAM, strict=True)
        for text, is_spam in zip(pair, (False, True), strict=True)
    ]


def a_taught_filter() -> SpamFilter:
    """One that has heard the lessons a few times."""
    return SpamFilter.rebuilt(lessons() * 4)


# Whatever may be sent.
anything = st.text(
    st.characters(exclude_categories=[]), max_size=300
)  # lone surrogates and NUL included
markup = st.lists(st.sampled_from(["<a ", "[url=", "http://", "www.", "&#0;", "&#x110000;", ">", "]", "a.com", "\0", "v i a", "1", "$"]), max_size=40).map("".join)  # fmt: skip
submissions = st.builds(
    Submission,
    text=anything | markup,
    author=anything,
    author_email=anything,
    author_url=anything | markup,
    user_agent=anything,
    referrer=anything,
    site_lang=anything,
    article=anything,
    seconds_to_fill=st.none() | st.floats(),
    honeypot_filled=st.booleans(),
    sent_at=st.none() | st.floats(),
)
