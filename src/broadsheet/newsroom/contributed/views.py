"""“Write for us” as contributors see it: the form, and the page of the private link."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from broadsheet.comments import clients
from broadsheet.comments.addresses import base_of
from broadsheet.comments.offices import or_the_first, paper_of
from broadsheet.comments.views import requests
from broadsheet.learning.filters import current_filter
from broadsheet.newsroom.models import Contribution, Newspaper

from . import actions, keys
from .forms import AnswerForm, OfferForm

View = Callable[..., HttpResponse]


def _form_of_ours(view: View) -> View:
    """POST only from this site's own pages: contributors have no cookie that a CSRF token could be bound to."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        is_ours = clients.is_from_our_pages(
            request.headers,
            host=request.get_host(),
            address=settings.CONFIGURATION.address,
            copies=settings.CONFIGURATION.static_origins,
        )
        if request.method == "POST" and not is_ours:
            return requests.refusal(request, _("This form was sent from another site."), status=403)
        return view(request, *args, **kwargs)

    return checked


@require_safe
def offer(request: HttpRequest) -> HttpResponse:
    """The form, where the paper takes contributions. It is printed, and takes no POST itself."""
    return _shown(request, OfferForm(), _newspaper(request), status=200)


@_form_of_ours
def send(request: HttpRequest) -> HttpResponse:
    """POST sends an offer and leads to its private page."""
    newspaper = _newspaper(request)
    if request.method != "POST":
        return redirect("contribute")
    form = OfferForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, form, newspaper, status=422)
    try:
        contribution = actions.submit(
            form.offer(),
            site=newspaper.site,
            sender=requests.sender(request),
            spam_filter=current_filter(paper_of(newspaper.site)),
            now=requests.now(),
        )
    except actions.TooMany:
        form.add_error(None, _("That was a lot for one day. Please send the next tomorrow."))
        return _shown(request, form, newspaper, status=429)
    return requests.see_other(keys.url_of(contribution))


def _newspaper(request: HttpRequest) -> Newspaper:
    """Raises Http404 where contributions are not taken."""
    site = Site.find_for_request(request)
    newspaper: Newspaper | None = Newspaper.for_site(site) if site else None
    if newspaper is None or not newspaper.takes_contributions:
        raise Http404
    return newspaper


def _shown(
    request: HttpRequest, form: OfferForm, newspaper: Newspaper, *, status: int
) -> HttpResponse:
    context = {"form": form, "note": newspaper.contributions_note}
    return render(request, "newsroom/contributed/offer.html", context, status=status)


@_form_of_ours
def contribution(request: HttpRequest, key: str) -> HttpResponse:
    """The private page: status, talk, a new version, withdrawing."""
    found = keys.find(key)
    if found is None:
        raise Http404
    site = or_the_first(found.site)
    if request.method != "POST" and site != Site.find_for_request(request):
        return requests.private(redirect(base_of(site) + keys.url_of(found)))
    form = AnswerForm()
    if request.method == "POST" and "withdraw" in request.POST:
        actions.withdraw(found, now=requests.now())
        return requests.private(requests.see_other(keys.url_of(found)))
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        if form.is_valid():
            message = form.cleaned_data["message"]
            actions.answer(found, text=message, html=form.html, now=requests.now())
            return requests.private(requests.see_other(keys.url_of(found)))
    context = {
        "contribution": found,
        "status": _status(found),
        "is_open": found.is_open or found.status == Contribution.Status.SPAM,
        "messages": list(found.messages.all()),
        "form": form,
        "article_url": found.article.get_url(request)
        if found.article and found.article.live
        else "",
    }
    status = 422 if form.errors else 200
    page = render(request, "newsroom/contributed/contribution.html", context, status=status)
    return requests.private(page)


def _status(contribution: Contribution) -> str:
    """In words; who sent spam is not told what became of it."""
    shown = Contribution.Status(contribution.status)
    return str((Contribution.Status.RECEIVED if shown == Contribution.Status.SPAM else shown).label)
