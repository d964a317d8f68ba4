"""The editors' side: what was offered, and the talk about it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from broadsheet.newsroom.models import Contribution

from . import actions
from .forms import DecisionForm

PERMISSION = "newsroom.decide_contribution"
SHOWN = 100


def index(request: HttpRequest) -> HttpResponse:
    """The newest offers; spam only when asked for."""
    _check(request)
    found = Contribution.objects.select_related("article")
    if "spam" in request.GET:
        found = found.filter(status=Contribution.Status.SPAM)
    else:
        found = found.exclude(status=Contribution.Status.SPAM)
    context = {"contributions": found[:SHOWN]}
    return render(request, "newsroom/contributed/desk.html", context)


def one(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """An offer with its text and talk; POST decides."""
    _check(request)
    contribution = get_object_or_404(Contribution, pk=contribution_id)
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


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
