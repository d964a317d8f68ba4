"""The desk's page, and the decisions that its forms and keys send."""

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from broadsheet.comments import actions, forms
from broadsheet.comments.models import CommentSettings, Status
from broadsheet.comments.offices import needs

from . import cards, search
from .cards import Pile
from .desks import desk_of

may_moderate = needs("comments.moderate")
DECISIONS = {Status.PUBLISHED, Status.REJECTED, Status.SPAM, Status.HELD}
MOST_AT_ONCE = 200


@require_safe
@may_moderate
def index(request: HttpRequest) -> HttpResponse:
    """One pile of comments, a hundred on a page."""
    pile, wanted = _pile(request.GET.get("pile", "")), search.wanted(request.GET)
    desk = desk_of(request)
    found = search.narrowed(cards.on(desk, pile), wanted)
    page = Paginator(found, cards.PER_PAGE).get_page(request.GET.get("page"))
    counts = cards.counts(desk)
    context = {
        "pile": pile,
        "piles": [(each, each.label, counts.get(each, 0)) for each in Pile],
        "search": {name: wanted.get(name, "") for name in search.FIELDS},
        "is_search": bool(wanted),
        "query": urlencode({"pile": pile.value, **wanted}),
        "cards": cards.cards(page),
        "page": page,
        "reasons": _reasons(request),
    }
    return render(request, "comments/desk/index.html", context)


@require_POST
@may_moderate
def decide(request: HttpRequest) -> HttpResponse:
    """One decision about one comment or several: `decision` is a status or UNDO, `comment` their numbers."""
    sent = request.POST.getlist("comment")
    numbers = list(dict.fromkeys(filter(None, map(forms.number, sent))))
    wanted = request.POST.get("decision", "")
    if not numbers or len(numbers) > MOST_AT_ONCE or wanted not in {*DECISIONS, "UNDO"}:
        return HttpResponse(_("Choose a decision and a comment."), status=400)
    desk = desk_of(request)
    on_desk = set(desk.comments().filter(pk__in=numbers).values_list("pk", flat=True))
    decided = {n: _decide(request, n, wanted) for n in numbers if n in on_desk}
    if not request.accepts("text/html"):
        return JsonResponse({"decided": decided, "counts": cards.counts(desk)})
    number = len(decided)
    messages.success(
        request, ngettext("%(number)d decided.", "%(number)d decided.", number) % {"number": number}
    )
    pile = _pile(request.POST.get("pile", ""))
    return redirect(f"{reverse('comments_desk:index')}?pile={pile.value}")


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
        reason=_reason(request) if wanted == Status.REJECTED else "",
    ).status


def _reason(request: HttpRequest) -> str:
    """The one that was chosen; the site's first where none was."""
    return request.POST.get("reason", "")[:200] or next(iter(_reasons(request)), "")


def _pile(name: str) -> Pile:
    return Pile(name) if name in Pile else Pile.HELD


def _reasons(request: HttpRequest) -> list[str]:
    lines = CommentSettings.for_request(request).reasons.splitlines()
    return [line.strip()[:200] for line in lines if line.strip()]
