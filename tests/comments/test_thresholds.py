"""How sure the filter has to be, as each newspaper wants it: it may look at more than the filter would show it, never at less."""

import pytest

from broadsheet.comments import verdicts
from broadsheet.comments.models import Status
from broadsheet.spam import Judgement, Verdict

from .builders import a_draft, a_place

HAM, UNSURE, SPAM = Judgement.HAM, Judgement.UNSURE, Judgement.SPAM


@pytest.mark.parametrize(
    ("judgement", "percent", "settings", "status"),
    [
        pytest.param(HAM, 4, {}, Status.PUBLISHED, id="the filter decides"),
        pytest.param(HAM, 4, {"hold_percent": 4}, Status.HELD, id="held as likely as wanted"),
        pytest.param(HAM, 3, {"hold_percent": 4}, Status.PUBLISHED, id="less likely than that"),
        pytest.param(SPAM, 95, {}, Status.SPAM, id="spam as the filter says"),
        pytest.param(SPAM, 95, {"spam_percent": 96}, Status.HELD, id="not sure enough for spam"),
        pytest.param(SPAM, 96, {"spam_percent": 96}, Status.SPAM, id="sure enough"),
        pytest.param(SPAM, 95, {"hold_percent": 99}, Status.SPAM, id="nothing is let through"),
        pytest.param(UNSURE, 50, {"spam_percent": 10}, Status.HELD, id="nothing is condemned"),
    ],
)
def test_a_paper_looks_at_as_much_as_it_wants(
    db: None, judgement: Judgement, percent: int, settings: dict[str, int], status: Status
) -> None:
    verdict = Verdict(judgement, percent / 100)

    outcome = verdicts.outcome(
        a_draft(), place=a_place(**settings), verdict=verdict, author_hash="x"
    )

    assert outcome.status == status
