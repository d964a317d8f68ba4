"""The desk's page, and the decisions that its forms and keys send."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from broadsheet.comments import actions
from broadsheet.comments.models import Status

from . import cards

may_moderate = permission_required("comments.moderate")
DECISIONS = {Status.PUBLISHED, Status.REJECTED, Status.SPAM, Status.HELD}
MOST_AT_ONCE = 200
TABS = (Status.HELD, Status.PUBLISHED, Status.SPAM, Status.REJECTED, Status.WITHDRAWN)


@require_safe
@may_moderate
def index(request: HttpRequest) -> HttpResponse:
    """The comments with one status, a hundred on a page."""
    wanted = request.GET.get("status", Status.HELD)
    status = Status(wanted) if wanted in TABS else Status.HELD
    page = Paginator(cards.with_status(status), cards.PER_PAGE).get_page(request.GET.get("page"))
    counts = cards.counts()
    context = {
        "status": status,
        "tabs": [(tab, tab.label, counts.get(tab, 0)) for tab in TABS],
        "cards": cards.cards(page),
        "page": page,
    }
    return render(request, "comments/desk/index.html", context)


@require_POST
@may_moderate
def decide(request: HttpRequest) -> HttpResponse:
    """One decision about one comment or several: `decision` is a status or UNDO, `comment` their numbers."""
    numbers = [int(number) for number in request.POST.getlist("comment") if number.isdigit()]
    wanted = request.POST.get("decision", "")
    if not numbers or len(numbers) > MOST_AT_ONCE or wanted not in {*DECISIONS, "UNDO"}:
        return HttpResponse(_("Choose a decision and a comment."), status=400)
    decided = {number: _decide(request, number, wanted) for number in numbers}
    if request.accepts("text/html"):
        messages.success(request, _("Decided: %(number)d") % {"number": len(decided)})
        back = request.POST.get("status", Status.HELD)
        return redirect(
            f"{reverse('comments_desk:index')}?status={back if back in TABS else Status.HELD}"
        )
    return JsonResponse({"decided": decided, "counts": cards.counts()})


def _decide(request: HttpRequest, comment_id: int, wanted: str) -> str:
    by = cast(AbstractBaseUser, request.user)  # the decorator let nobody else in
    now = timezone.now()  # noqa: TID251, the edge
    if wanted == "UNDO":
        return actions.undo(comment_id=comment_id, by=by, now=now).status
    return actions.decide(
        comment_id=comment_id,
        status=Status(wanted),
        by=by,
        now=now,
        reason=request.POST.get("reason", "")[:200],
    ).status
