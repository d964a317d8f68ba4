"""The operator's page in the editor: this node, as /metrics tells it, and its last two hours as plots."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access, user_passes_test

from broadsheet.comments.models import Status
from broadsheet.press.models import Node
from broadsheet.web.backup import history

from . import plots, warnings
from .node import Moment, this_node
from .tally import Histogram

QUEUES = {
    "print": gettext_lazy("Pages to print"),
    "print later": gettext_lazy("Pages to print after all others"),
    "press": gettext_lazy("Pages to compress well"),
    "caches": gettext_lazy("New pages that caches have to be told of"),
    "letters": gettext_lazy("Letters"),
    "letters to contributors": gettext_lazy("Letters to contributors"),
    "moderators": gettext_lazy("Comments that wait for a moderator"),
    "callbacks": gettext_lazy("Calls back to other sites"),
}
WHO_ANSWERED = {
    "memory": gettext_lazy("Printed pages, from memory"),
    "file": gettext_lazy("Files, and pages from disk"),
    "django": gettext_lazy("Django: the editor, search, forms"),
    "comment": gettext_lazy("Comments"),
    "spam-service": gettext_lazy("The spam service"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What one part of the server has answered."""

    by: str
    statuses: tuple[tuple[int, int], ...]  # status, how many
    median: str  # "5 ms" or less; "" where it is not timed
    slow: str  # 99 of 100 took no longer


@require_safe
@never_cache
@require_admin_access
@user_passes_test(lambda user: user.is_superuser)
def show(request: HttpRequest) -> HttpResponse:
    """Warnings, plots, queues, answers, comments, filter, database, backups and nodes."""
    now = datetime.now(UTC)
    found = this_node.look(now)
    context = {
        "now": now,
        "found": found,
        "warnings": [*warnings.of_site(found, now=now), *warnings.here_of_backups(now)],
        "queues": [
            (words, found.queues[name].length, found.queues[name].oldest)
            for name, words in QUEUES.items()
            if found
        ],
        "answers": _answers(),
        "comments": [(Status(s).label, this_node.tally.comments[s]) for s in Status.values],
        "nodes": Node.objects.filter(name=F("machine")).order_by("-seen_at")[:50] if found else (),
        "plots": _plots(list(this_node.history)),
        "backups": history.read(settings.CONFIGURATION.folder),
        "backup_to": settings.CONFIGURATION.backup_to,
    }
    return render(request, "seeing/operations.html", context)


def _answers() -> list[Answers]:
    counted = sorted(this_node.answers().items())
    times = this_node.tally.durations()
    return [
        Answers(
            str(words),
            tuple((status, number) for (kind, status), number in counted if kind == by),
            _within(times.get(by), 0.5),
            _within(times.get(by), 0.99),
        )
        for by, words in WHO_ANSWERED.items()
        if any(kind == by for (kind, _status), _number in counted)
    ]


def _within(found: Histogram | None, share: float) -> str:
    """The bound that this share of answers kept: "≤ 5 ms"."""
    if found is None:
        return ""
    bound = found.bound_of(share)
    return "> 10 s" if bound is None else f"≤ {bound * 1000:g} ms"


def _plots(history: Sequence[Moment]) -> list[tuple[str, str, str]]:
    """Words, the latest value, and the SVG, each."""

    def course(value: Callable[[Moment], float]) -> list[tuple[datetime, float]]:
        return [(timezone.localtime(moment.at), value(moment)) for moment in history]

    lines = [
        (_("Answers a second"), plots.rates(course(lambda moment: moment.answers))),
        (_("Failures a second"), plots.rates(course(lambda moment: moment.failures))),
        (_("New comments a second"), plots.rates(course(lambda moment: moment.comments))),
        (_("Of these held or spam"), plots.rates(course(lambda moment: moment.doubtful))),
        (_("Seconds that a page waits to be printed"), course(lambda moment: moment.print_lag)),
        (_("Pages that wait to be printed"), course(lambda moment: moment.waiting)),
        (_("Comments that wait for a moderator"), course(lambda moment: moment.moderators)),
        (_("Connections to the database"), course(lambda moment: moment.connections)),
        (_("Seconds that a check waits to be kept"), course(lambda moment: moment.journal_age)),
        (_("Memory of the server, bytes"), course(lambda moment: moment.memory)),
    ]
    return [
        (words, plots.number(points[-1][1]), mark_safe(plots.line(words, points)))  # noqa: S308, drawn there
        for words, points in lines
        if len(points) > 1
    ]
