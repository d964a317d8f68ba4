"""Reporting somebody's comment, and being told of replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.comments import letters, limits, post, queries, reports
from broadsheet.comments.forms import ReportForm

from .requests import from_our_pages, now, place_or_404, please_wait, private, refusal, sender


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The form, and its sending."""
    comment = queries.published(comment_id)
    if comment is None:
        raise Http404
    if request.method == "POST":
        return _send(request, comment_id)
    return _page(request, comment_id, ReportForm())


report.csrf_exempt = True  # type: ignore[attr-defined]  # the sending checks where the form came from


@from_our_pages
def _send(request: HttpRequest, comment_id: int) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, comment_id, form, status=422)
    try:
        reports.report(
            comment_id=comment_id,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            address=sender(request).address,
            now=now(),
        )
    except limits.TooMany as error:
        form.add_error(None, please_wait(error.wait))
        return _page(request, comment_id, form, status=429)
    return refusal(request, _("Thank you. A moderator will look at it."), status=200)


def _page(
    request: HttpRequest, comment_id: int, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    comment = queries.published(comment_id)
    if comment is None:
        raise Http404
    context = {"form": form, "comment": comment, "place": place_or_404(comment.page_id, request)}
    return render(request, "comments/report.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link in the mail shows a button: programs that open all links of a mail confirm nothing."""
    subscription = post.find(key, "confirm")
    if subscription is None:
        raise Http404
    if request.method == "POST":
        letters.confirm(subscription, now=now())
        return private(refusal(request, _("You will be told of replies."), status=200))
    words = _("Do you want to be told of replies by e-mail?")
    return _button(request, words, _("Yes, tell me"))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """One click in the mail program (RFC 8058 sends a POST), or one button here."""
    subscription = post.find(key, "unsubscribe")
    if subscription is None:
        return private(refusal(request, _("No more mail will come."), status=200))
    if request.method == "POST":
        letters.unsubscribe(subscription)
        return private(refusal(request, _("No more mail will come."), status=200))
    return _button(request, _("Get no more mail about these replies?"), _("No more mail"))


def _button(request: HttpRequest, words: str, button: str) -> HttpResponse:
    return private(render(request, "comments/button.html", {"words": words, "button": button}))
