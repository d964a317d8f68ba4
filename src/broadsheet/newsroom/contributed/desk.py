"""The editors' side: what was offered, and the talk about it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from broadsheet.comments.offices import may, office_of
from broadsheet.newsroom.models import Contribution

from . import actions
from .forms import DecisionForm

PERMISSION = "newsroom.decide_contribution"
SHOWN = 100


def index(request: HttpRequest) -> HttpResponse:
    """The newest offers to this newspaper; spam only when asked for."""
    _check(request)
    found = here(request).select_related("article")
    if "spam" in request.GET:
        found = found.filter(status=Contribution.Status.SPAM)
    else:
        found = found.exclude(status=Contribution.Status.SPAM)
    context = {"contributions": found[:SHOWN]}
    return render(request, "newsroom/contributed/desk.html", context)


def one(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """An offer with its text and talk; POST decides."""
    _check(request)
    contribution = get_object_or_404(here(request), pk=contribution_id)
    form = DecisionForm(request.POST or None)
    editor = request.user if request.user.is_authenticated else None
    if request.method == "POST" and form.is_valid():
        actions.decide(
            contribution,
            status=Contribution.Status(form.cleaned_data["status"]),
            message=form.cleaned_data["message"],
            by=editor,
            now=timezone.now(),  # noqa: TID251, the edge
        )
        return redirect("newsroom-contribution", contribution_id)
    context = {
        "contribution": contribution,
        "messages_so_far": contribution.messages.all(),
        "form": form,
    }
    return render(request, "newsroom/contributed/desk_one.html", context)


def here(request: HttpRequest) -> "QuerySet[Contribution]":
    """What was offered to the newspaper at the request's host."""
    return Contribution.objects.filter(office_of(request).has())


def _check(request: HttpRequest) -> None:
    if not may(request, PERMISSION):
        raise PermissionDenied
