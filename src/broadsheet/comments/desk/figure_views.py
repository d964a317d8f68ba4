"""The page with the figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.comments.models import Status

from .desks import desk_of
from .figures import figures
from .plots import bars, intervals, lengths
from .views import may_moderate

COLOURS = {
    Status.PUBLISHED: "#2e7d4f",
    Status.HELD: "#c98a00",
    Status.REJECTED: "#8a5a9b",
    Status.SPAM: "#b3372b",
    Status.WITHDRAWN: "#777777",
    Status.ERASED: "#bbbbbb",
}


@require_safe
@may_moderate
def show(request: HttpRequest) -> HttpResponse:
    """Comments per day, the filter's precision and recall, false positives, waiting time, spam's hosts."""
    found = figures(desk_of(request), now=timezone.now())  # noqa: TID251, the edge
    kinds = {status.value: (str(status.label), colour) for status, colour in COLOURS.items()}
    wait = found.median_wait
    shares = [
        (_("Precision: called spam, and was"), found.precision),
        (_("Recall: was spam, and called so"), found.recall),
    ]
    known = [
        (words, share.percent, share.interval)
        for words, share in shares
        if share.percent is not None and share.interval is not None
    ]
    context = {
        "figures": found,
        "plot": mark_safe(bars(found.days, kinds=kinds)),  # noqa: S308, drawn there
        "kinds": list(kinds.values()),
        "shares": shares,
        "shares_plot": mark_safe(intervals(known)) if known else "",  # noqa: S308, drawn there
        "waits_plot": mark_safe(lengths(found.waits)) if wait is not None else "",  # noqa: S308
        "hosts_plot": mark_safe(lengths(found.spam_hosts)) if found.spam_hosts else "",  # noqa: S308
        "median_minutes": None if wait is None else round(wait.total_seconds() / 60),
    }
    return render(request, "comments/desk/figures.html", context)
