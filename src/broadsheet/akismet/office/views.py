"""The office's pages."""

from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from broadsheet.akismet import issuing, keys, lessons, wire
from broadsheet.akismet.lessons import Decided
from broadsheet.akismet.models import Check, Key, Site, SiteState
from broadsheet.akismet.register import pepper
from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import Decision

from . import figures, findings
from .forms import KeyForm, SiteForm, TryForm
from .plots import plot
from .snippets import snippets

may_keep_keys = permission_required("akismet.change_key")
LATEST_CHECKS = 50


def _now() -> datetime:
    return datetime.now(UTC)


@require_safe
@may_keep_keys
def index(request: HttpRequest) -> HttpResponse:
    """All keys with their figures, and the box to try."""
    context = {"keys": figures.of_keys(_now().date()), "days": figures.DAYS, "form": TryForm()}
    return render(request, "akismet/office/index.html", context)


@never_cache
@may_keep_keys
def new(request: HttpRequest) -> HttpResponse:
    """Make a key, and show its characters this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        return _shown_once(request, made, issuing.issue(made, now=_now()))
    status = 422 if form.errors else 200
    return render(request, "akismet/office/new.html", {"form": form}, status=status)


@never_cache
@require_POST
@may_keep_keys
def rotate(request: HttpRequest, key_id: int) -> HttpResponse:
    """Give a key new characters, and show them this once."""
    found = get_object_or_404(Key, pk=key_id, revoked_at=None)
    secret = issuing.rotate(found.pk, now=_now())
    found.refresh_from_db()
    return _shown_once(request, found, secret)


def _shown_once(request: HttpRequest, key: Key, secret: str) -> HttpResponse:
    context = {
        "key": key,
        "secret": secret,
        "snippets": snippets(settings.PUBLIC_ADDRESS, secret),
        "callback_secret": keys.callback_secret(key.pk, pepper=pepper()),
    }
    return render(request, "akismet/office/made.html", context)


@require_POST
@may_keep_keys
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    issuing.revoke(key_id, now=_now())
    messages.success(request, _("The key is revoked."))
    return redirect("akismet_office:key", key_id)


@may_keep_keys
def key(request: HttpRequest, key_id: int) -> HttpResponse:
    """One key: figures, settings, sites, set-up, the latest checks."""
    found = get_object_or_404(Key, pk=key_id)
    form = KeyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("akismet_office:key", key_id)
    now = _now()
    context = {
        "key": found,
        "form": form,
        "used": figures.used(found, now),
        "plot": plot(figures.days_of(found, today=now.date())),
        "latency": figures.latency_of(found),
        "sites": found.sites.all(),
        "site_form": SiteForm(),
        "states": SiteState.choices,
        "snippets": snippets(settings.PUBLIC_ADDRESS),
        "callback_secret": keys.callback_secret(found.pk, pepper=pepper()),
        "checks": Check.objects.filter(key=found)
        .select_related("site")
        .order_by("-checked_at", "-pk")[:LATEST_CHECKS],
    }
    status = 422 if form.errors else 200
    return render(request, "akismet/office/key.html", context, status=status)


@require_POST
@may_keep_keys
def sites(request: HttpRequest, key_id: int) -> HttpResponse:
    """List a site, or change one's state."""
    found = get_object_or_404(Key, pk=key_id)
    state = request.POST.get("state", "")
    if state in SiteState:
        Site.objects.filter(key=found, pk=_number(request.POST.get("site"))).update(state=state)
        return redirect("akismet_office:key", key_id)
    form = SiteForm(request.POST)
    address = wire.site_of(form.cleaned_data["address"]) if form.is_valid() else ""
    if address:
        Site.objects.get_or_create(key=found, address=address, defaults={"first_seen_at": _now()})
    else:
        messages.error(request, _("That is no site's address."))
    return redirect("akismet_office:key", key_id)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


@may_keep_keys
def try_it(request: HttpRequest) -> HttpResponse:
    """Judge a text; nothing of it is kept."""
    form = TryForm(request.POST or None)
    finding = None
    if request.method == "POST" and form.is_valid():
        finding = findings.judged(form.submission(), form.cleaned_data["key"], current_filter())
    context = {"form": form, "finding": finding}
    return render(request, "akismet/office/try.html", context, status=422 if form.errors else 200)


@require_safe
@may_keep_keys
def find(request: HttpRequest) -> HttpResponse:
    """To the check with a GUID."""
    guid = request.GET.get("guid", "").strip().lower()
    if guid and Check.objects.filter(guid=guid).exists():
        return redirect("akismet_office:check", guid)
    messages.error(request, _("No check has this GUID, or it was forgotten."))
    return redirect("akismet_office:index")


@may_keep_keys
def check(request: HttpRequest, guid: str) -> HttpResponse:
    """Why a check was answered as it was; and a moderator's word about it."""
    found = get_object_or_404(Check.objects.select_related("key", "site"), guid=guid)
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision in Decision:
        by = cast(AbstractBaseUser, request.user)  # the decorator let nobody else in
        decided = Decided(Decision(decision), _now(), by=by)
        lessons.decide(found, decided, spam_filter=current_filter())
        messages.success(request, _("Learnt."))
        return redirect("akismet_office:check", guid)
    context = {
        "check": found,
        "finding": findings.kept(found, current_filter()),
        "decisions": Decision.choices,
    }
    return render(request, "akismet/office/check.html", context)
