"""The operator's page in the editor: this node, as /metrics tells it, and its last two hours as plots."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access, user_passes_test

from broadsheet.press.models import Node

from . import plots
from .node import Moment, this_node

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


@require_safe
@never_cache
@require_admin_access
@user_passes_test(lambda user: user.is_superuser)
def show(request: HttpRequest) -> HttpResponse:
    """Queues, nodes, answers by status, and plots."""
    now = datetime.now(UTC)
    found = this_node.look(now)
    queues = [
        (words, found.queues[name].length, found.queues[name].oldest)
        for name, words in QUEUES.items()
        if found
    ]
    context = {
        "found": found,
        "queues": queues,
        "answers": sorted(this_node.answers().items()),
        "comments": sorted(this_node.tally.comments.items()),
        "nodes": Node.objects.order_by("-seen_at")[:50],
        "plots": _plots(list(this_node.history)),
    }
    return render(request, "seeing/operations.html", context)


def _plots(history: list[Moment]) -> list[tuple[str, str]]:
    def course(value: Callable[[Moment], float]) -> list[tuple[datetime, float]]:
        return [(moment.at, value(moment)) for moment in history]

    lines = [
        (_("Answers a second"), plots.rates(course(lambda moment: moment.answers))),
        (_("Failures a second"), plots.rates(course(lambda moment: moment.failures))),
        (_("New comments a second"), plots.rates(course(lambda moment: moment.comments))),
        (_("Seconds that a page waits to be printed"), course(lambda moment: moment.print_lag)),
        (_("Pages that wait to be printed"), course(lambda moment: moment.waiting)),
    ]
    return [
        (words, mark_safe(plots.line(words, points)))  # noqa: S308, drawn there
        for words, points in lines
    ]
