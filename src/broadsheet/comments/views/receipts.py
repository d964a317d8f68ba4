"""The private link: what became of a comment, and everything its author may do with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.comments import actions, authors, exporting, queries, receipts
from broadsheet.comments.forms import AppealForm, EditForm
from broadsheet.learning.filters import current_filter

from .requests import from_our_pages, now, private, refusal, see_other, sender


def with_comment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the comment whose key is in the address; 404 for a key that opens nothing."""

    @wraps(view)
    def found(request: HttpRequest, key: str) -> HttpResponse:
        comment = receipts.find(key)
        if comment is None:
            raise Http404
        return private(view(request, comment))

    return found


@require_safe
@with_comment
def receipt(request: HttpRequest, comment: Any) -> HttpResponse:
    """The status, and what can be done."""
    return _receipt_page(request, comment)


@from_our_pages
@with_comment
def edit(request: HttpRequest, comment: Any) -> HttpResponse:
    """The author's new text, judged like the first."""
    place = queries.place_of(comment)
    if place is None or not authors.can_edit(comment, settings=place.settings, now=now()):
        return refusal(request, _("The time to change this comment is over."), status=403)
    form = EditForm(request.POST, longest=place.settings.longest)
    if not form.is_valid():
        return _receipt_page(request, comment, edit_form=form, status=422)
    try:
        changed = actions.edit(
            comment=comment,
            draft=form.draft(comment, sender(request)),
            place=place,
            spam_filter=current_filter(place.paper),
            now=now(),
        )
    except authors.NotNow:  # decided or changed too often in the meantime
        return refusal(request, _("The time to change this comment is over."), status=403)
    return see_other(receipts.url_of(changed))


@from_our_pages
@with_comment
def withdraw(_request: HttpRequest, comment: Any) -> HttpResponse:
    """The author takes the comment back."""
    actions.withdraw(comment_id=comment.pk, now=now())
    return see_other(receipts.url_of(comment))


@from_our_pages
@with_comment
def work(request: HttpRequest, comment: Any) -> HttpResponse:
    """What the browser has calculated, instead of waiting for a moderator."""
    place = queries.place_of(comment)
    if place is not None:
        answer = request.POST.get("answer", "")
        actions.accept_work(place=place, comment_id=comment.pk, answer=answer, now=now())
    return see_other(receipts.url_of(comment))


@from_our_pages
@with_comment
def appeal(request: HttpRequest, comment: Any) -> HttpResponse:
    """The author asks the moderators to look again, once."""
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _receipt_page(request, comment, appeal_form=form, status=422)
    try:
        authors.appeal(comment_id=comment.pk, text=form.cleaned_data["text"], now=now())
    except authors.NotNow:
        return refusal(request, _("You cannot appeal against this."), status=403)
    return see_other(receipts.url_of(comment))


@from_our_pages
@with_comment
def revoke(_request: HttpRequest, comment: Any) -> HttpResponse:
    """A new private link; the old one is void."""
    return see_other(receipts.url_of(authors.revoke_receipt(comment_id=comment.pk)))


@require_safe
@with_comment
def export(_request: HttpRequest, comment: Any) -> HttpResponse:
    """Everything that is stored of the comment and its author, as JSON."""
    response = JsonResponse(
        exporting.export([comment])[0], json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="comment-{comment.pk}.json"'
    return response


@from_our_pages
@with_comment
def erase(request: HttpRequest, comment: Any) -> HttpResponse:
    """Everything that the author left behind goes; the link is void afterwards."""
    if "sure" not in request.POST:
        return _receipt_page(request, comment, status=422)
    authors.erase(
        comment_ids=[comment.pk],
        unlearn=queries.settings_for(comment).unlearn_erased,
        now=now(),
    )
    return refusal(request, _("It is erased. This link leads nowhere from now on."), status=200)


def _receipt_page(
    request: HttpRequest,
    comment: Any,
    *,
    edit_form: EditForm | None = None,
    appeal_form: AppealForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = queries.receipt(comment, key=receipts.key_of(comment), now=now())
    context = {
        "receipt": shown,
        "edit_form": edit_form or EditForm({"text": comment.text}, longest=shown.longest),
        "appeal_form": appeal_form or AppealForm(),
    }
    return render(request, "comments/receipt.html", context, status=status)
