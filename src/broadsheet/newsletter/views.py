"""The newsletter as readers meet it: subscribing, confirming, leaving."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from broadsheet.comments.limits import TooMany
from broadsheet.comments.views.requests import (
    from_our_pages,
    now,
    please_wait,
    private,
    sender,
)

from . import keys, processing, subscribing
from .forms import SubscribeForm
from .models import NewsletterSettings


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form, and how addresses are processed. The answer is the same whoever has subscribed."""
    if request.method == "POST":
        return _ask(request)
    return _form_page(request, SubscribeForm())


subscribe.csrf_exempt = True  # type: ignore[attr-defined]  # the asking checks where the form came from


@from_our_pages
def _ask(request: HttpRequest) -> HttpResponse:
    site = _settings(request).site
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        if not form.is_a_robots(now=now()):
            address = sender(request).address
            email = form.cleaned_data["email"]
            subscribing.ask(email, site=site, address=address, now=now())
    except signing.BadSignature:
        form.add_error(None, _("Please send this form once more."))
        return _form_page(request, form, status=422)
    except TooMany as error:
        form.add_error(None, please_wait(error.wait))
        return _form_page(request, form, status=429)
    return _said(
        request,
        _("A letter is on its way to you. Please open the link in it: only then do you subscribe."),
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link in the letter shows a button: programs that open all links of a mail confirm nothing."""
    try:
        subscriber = keys.to_confirm(key, now=now())
    except keys.Expired:
        words = _("This link is too old. Please subscribe once more.")
        return _said(request, words, status=410)
    if subscriber is None or subscriber.newspaper_site != Site.find_for_request(request):
        raise Http404
    if request.method == "POST":
        subscribing.confirm(subscriber, now=now())
        return _said(request, _("You have subscribed. Each letter has a link that ends it."))
    words = _("Do you want the newsletter at %(email)s?") % {"email": subscriber.email}
    return _page(request, {"words": words, "button": _("Yes, subscribe")})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """One click in the mail program (RFC 8058 sends a POST), or one button here.

    It works at any host that leads here: a newspaper's may be another one than when the letter was written.
    """
    subscriber = keys.to_stop(key)
    if subscriber is None:
        return _said(request, _("No more letters will come, and your address is erased."))
    if request.method == "POST":
        subscribing.erase(subscriber)
        return _said(request, _("No more letters will come, and your address is erased."))
    words = _("Do you want no more letters at %(email)s? The address is then erased.")
    return _page(
        request,
        {"words": words % {"email": subscriber.email}, "button": _("No more letters"), "key": key},
    )


@never_cache
@require_safe
def export(_request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is stored of a subscriber, as JSON."""
    subscriber = keys.to_stop(key)
    if subscriber is None:
        raise Http404
    shown = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(subscribing.export(subscriber), json_dumps_params=shown)
    response["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    return private(response)


def _settings(request: HttpRequest) -> NewsletterSettings:
    """Raises Http404 where there is no newsletter."""
    site = Site.find_for_request(request)
    found: NewsletterSettings | None = NewsletterSettings.for_site(site) if site else None
    if found is None or not found.is_offered:
        raise Http404
    return found


def _form_page(request: HttpRequest, form: SubscribeForm, *, status: int = 200) -> HttpResponse:
    found = _settings(request)
    context = {"form": form, "promise": found.promise, "facts": processing.facts(found)}
    return render(request, "newsletter/subscribe.html", context, status=status)


def _said(request: HttpRequest, words: str, *, status: int = 200) -> HttpResponse:
    return _page(request, {"words": words}, status=status)


def _page(request: HttpRequest, context: dict[str, str], *, status: int = 200) -> HttpResponse:
    return private(render(request, "newsletter/word.html", context, status=status))
