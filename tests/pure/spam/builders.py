"""Submissions for the filter's tests, of our own writing."""

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
