"""Readers write, see their receipt, and take back: each view parses and calls one action."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from broadsheet.learning.filters import current_filter

from . import actions, clients, places, queries, receipts
from .forms import CommentForm
from .places import Place

LARGEST_BODY = 200_000  # bytes; the longest comment a site can allow takes less

View = Callable[..., HttpResponse]


def from_our_pages(view: View) -> View:
    """Take forms that were sent from this site only. Readers have no cookie that a CSRF token could be bound to."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not clients.is_from_our_pages(
            request.headers, host=request.get_host(), address=settings.CONFIGURATION.address
        ):
            return _refusal(request, _("This form was sent from another site."), status=403)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return _refusal(request, _("This is too long."), status=413)
        return view(request, *args, **kwargs)

    return checked


@never_cache
@from_our_pages
def post(request: HttpRequest, page_id: int) -> HttpResponse:
    """A new comment: one redirect, to it or to its receipt. A form with mistakes comes back as it was, with 422."""
    place, now = _place(page_id), _now()
    form = CommentForm(request.POST, place=place, opened=now)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        draft = form.draft(_sender(request), now=now)
        comment = actions.submit(place=place, draft=draft, spam_filter=current_filter(), now=now)
    except signing.BadSignature:
        form.add_error(None, _("Please look it over and send it once more."))
        return _form_page(request, form, status=422)
    except actions.CommentsAreClosed:
        return _refusal(request, _("The comments on this article are closed."), status=403)
    if form.cleaned_data["receipt"] or not queries.is_shown(comment):
        return _see_other(receipts.url_of(comment))
    return _see_other(queries.url_of(comment, place))


@require_safe
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The form with the comment that it answers."""
    parent = queries.published(comment_id)
    if parent is None:
        raise Http404
    place, now = _place(parent.page_id), _now()
    if not place.is_open(now=now):
        return _refusal(request, _("The comments on this article are closed."), status=403)
    form = CommentForm(place=place, opened=now, initial={"parent": comment_id})
    return _form_page(request, form)


@require_safe
def permalink(_request: HttpRequest, comment_id: int) -> HttpResponse:
    """To the comment, wherever it stands."""
    comment = queries.published(comment_id)
    if comment is None:
        raise Http404
    return redirect(queries.url_of(comment, _place(comment.page_id)))


@require_safe
@never_cache
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a comment, for whoever has its private link."""
    comment = receipts.find(key)
    if comment is None:
        raise Http404
    context = {"receipt": queries.receipt(comment, key=key)}
    return _private(render(request, "comments/receipt.html", context))


@never_cache
@from_our_pages
def withdraw(_request: HttpRequest, key: str) -> HttpResponse:
    """The author takes the comment back."""
    comment = receipts.find(key)
    if comment is None:
        raise Http404
    actions.withdraw(comment_id=comment.pk, now=_now())
    return _see_other(receipts.url_of(comment))


def _place(page_id: int) -> Place:
    place = places.find(page_id)
    if place is None:
        raise Http404
    return place


def _sender(request: HttpRequest) -> clients.Sender:
    return clients.Sender(
        address=clients.client_address(
            peer=request.META.get("REMOTE_ADDR", ""),
            forwarded_for=request.headers.get("X-Forwarded-For", ""),
            trusted=settings.CONFIGURATION.trusted_proxies,
        ),
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
    )


def _form_page(request: HttpRequest, form: CommentForm, *, status: int = 200) -> HttpResponse:
    parent_id = form.parent_id()
    context = {
        "form": form,
        "place": form.place,
        "answered": queries.published(parent_id) if parent_id else None,
    }
    return render(request, "comments/write.html", context, status=status)


def _refusal(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    return render(request, "comments/refusal.html", {"words": words}, status=status)


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine, no cache, and no other site gets to know the address of this page."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _now() -> datetime:
    return timezone.now()  # noqa: TID251, the edge
