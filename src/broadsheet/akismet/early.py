"""Reports that are kept before the check that they are about: another node answered it, and its journal is loaded later.

Such a report was kept as a check that nobody had asked for. When the check itself comes, the two become one: what was
taught stays, and the site's figures say what the answer was worth.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from . import usage
from .kept import moment
from .models import Check, Site
from .usage import Count

CLOCKS_DIFFER = timedelta(
    seconds=5
)  # of nodes, at most: `broadsheet check --deploy` warns beyond it
_ANSWERED = (
    *("guid", "site", "checked_at", "comment_type", "spam_probability", "answered_spam"),
    *("blatant", "clues", "microseconds", "callback"),
)

Line = Mapping[str, Any]


def without_those_reported_before(
    lines: Sequence[dict[str, Any]], site_of: Callable[[dict[str, Any]], Site | None]
) -> list[dict[str, Any]]:
    """The checks that are to be kept as rows of their own; the others complete what was reported about them."""
    reported = _reported(lines)
    if not reported:
        return list(lines)
    rest, completed = [], []
    counts: dict[tuple[int, date], Count] = {}
    for line in lines:
        check = reported.get((line["key"], line["fingerprint"]))
        if check is None or moment(line) > check.checked_at + CLOCKS_DIFFER:
            rest.append(line)
            continue
        del reported[line["key"], line["fingerprint"]]
        _complete(check, line, site_of(line))
        usage.count_decision(counts, check, check.decision, check.decided_at)
        completed.append(check)
    Check.objects.bulk_update(completed, _ANSWERED)
    usage.add(counts)
    return rest


def _reported(lines: Sequence[Line]) -> dict[tuple[int, str], Check]:
    """What was reported of these contents without having been asked about, by key and fingerprint."""
    rows = Check.objects.filter(
        key__in={line["key"] for line in lines},
        fingerprint__in={line["fingerprint"] for line in lines},
        answered_spam=None,
    )
    return {(check.key_id, check.fingerprint): check for check in rows.order_by("-checked_at")}


def _complete(check: Check, line: Line, site: Site | None) -> None:
    check.guid = line["guid"]
    check.site = site or check.site
    check.checked_at = moment(line)
    check.comment_type = line["type"]
    check.spam_probability = line["p"]
    check.answered_spam = line["spam"]
    check.blatant = line["blatant"]
    check.clues = line["clues"] or check.clues
    check.microseconds = line["us"]
    check.callback = line["callback"]
