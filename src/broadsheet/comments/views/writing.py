"""Writing a comment, and finding one."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.comments import actions, limits, queries
from broadsheet.comments.forms import CommentForm
from broadsheet.comments.intake import leads_to
from broadsheet.learning.filters import current_filter

from .requests import from_our_pages, now, place_or_404, please_wait, refusal, see_other, sender


@never_cache
@from_our_pages
def post(request: HttpRequest, page_id: int) -> HttpResponse:
    """A new comment: one redirect to its receipt, which shows it. A form with mistakes comes back as it was, with 422."""
    place, at = place_or_404(page_id, request), now()
    form = CommentForm(request.POST, place=place, opened=at)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        draft = form.draft(sender(request), now=at)
        spam_filter = current_filter(place.paper)
        comment = actions.submit(place=place, draft=draft, spam_filter=spam_filter, now=at)
    except signing.BadSignature:
        form.add_error(None, _("Please look it over and send it once more."))
        return _form_page(request, form, status=422)
    except limits.TooMany as error:
        form.add_error(None, please_wait(error.wait))
        return _form_page(request, form, status=429)
    except actions.CommentsAreClosed:
        return refusal(request, _("The comments on this article are closed."), status=403)
    address = leads_to(comment, draft, now=at)
    if address is None:
        return refusal(
            request, _("This was sent before. Its private link says how it stands."), status=409
        )
    return see_other(address)


@require_safe
@never_cache
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The form with the comment that it answers."""
    parent = queries.published(comment_id)
    if parent is None:
        raise Http404
    place, at = place_or_404(parent.page_id, request), now()
    if not place.is_open(now=at):
        return refusal(request, _("The comments on this article are closed."), status=403)
    form = CommentForm(place=place, opened=at, initial={"parent": comment_id})
    return _form_page(request, form)


@require_safe
def permalink(request: HttpRequest, comment_id: int) -> HttpResponse:
    """To the comment, wherever it stands."""
    comment = queries.published(comment_id)
    if comment is None:
        raise Http404
    return redirect(queries.url_of(comment, place_or_404(comment.page_id, request)))


def _form_page(request: HttpRequest, form: CommentForm, *, status: int = 200) -> HttpResponse:
    parent_id = form.parent_id()
    context = {
        "form": form,
        "place": form.place,
        "answered": queries.published(parent_id) if parent_id else None,
    }
    return render(request, "comments/write.html", context, status=status)
