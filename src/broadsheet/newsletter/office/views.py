"""An edition on its way: the test, the time, the progress, and stopping it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from broadsheet.comments.offices import belonging_to, needs
from broadsheet.newsletter import composing, editions, outgoing
from broadsheet.newsletter.forms import ScheduleForm, TestForm
from broadsheet.newsletter.models import Edition, Subscriber
from broadsheet.newsroom.addresses import absolute
from broadsheet.newsroom.locality import writing_for

may_send = needs("newsletter.send_edition")


def _now() -> datetime:
    return timezone.now()  # noqa: TID251, the edge


@require_safe
@may_send
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """How far it is, and what can be done with it."""
    return _page(request, get_object_or_404(Edition, pk=edition_id), ScheduleForm())


@require_safe
@may_send
@xframe_options_sameorigin
def letter(_request: HttpRequest, edition_id: int, part: str) -> HttpResponse:
    """The "html" or "text" part: what is sent, or was; of a draft, what would be sent now."""
    found = get_object_or_404(Edition, pk=edition_id)
    shown = outgoing.letter_of(found) if found.html else composing.compose(found, now=_now())
    if part == "text":
        return HttpResponse(shown.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(shown.html)


@require_POST
@may_send
def test(request: HttpRequest, edition_id: int) -> HttpResponse:
    """One letter to the address in the form, now; its link that unsubscribes leads to the newsletter's page."""
    found, form = get_object_or_404(Edition, pk=edition_id), TestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is no e-mail address."))
        return redirect("newsletter_office:edition", edition_id)
    composed, to = composing.compose(found, now=_now()), form.cleaned_data["email"]
    with writing_for(found.newspaper_site):
        stop = absolute(reverse("newsletter:subscribe"))
    try:
        outgoing.mail(composed, outgoing.sender(found.newspaper_site), to=to, stop=stop).send()
    except OSError as error:
        messages.error(request, _("The mail server did not take it: %(error)s") % {"error": error})
    else:
        messages.success(request, _("A test is on its way to %(email)s.") % {"email": to})
    return redirect("newsletter_office:edition", edition_id)


@require_POST
@may_send
def act(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Schedule, pause, go on, cancel: whichever button was pressed."""
    found = get_object_or_404(
        Edition, pk=edition_id
    )  # of this office alone: its manager sees to it
    action = request.POST.get("action", "")
    form = ScheduleForm(request.POST)
    if action == "schedule" and not form.is_valid():
        return _page(request, found, form, status=422)
    if action in {"now", "schedule"} and composing.is_empty(found, now=_now()):
        messages.error(request, _("There is nothing in this edition."))
        return redirect("newsletter_office:edition", edition_id)
    do = _actions(edition_id, form).get(action)
    try:
        if do is not None:
            do()
    except editions.NotNow:
        messages.error(request, _("That is not possible any more."))
    return redirect("newsletter_office:edition", edition_id)


def _actions(edition_id: int, form: ScheduleForm) -> Mapping[str, Callable[[], object]]:
    return {
        "now": lambda: editions.schedule(edition_id, at=_now()),
        "schedule": lambda: editions.schedule(edition_id, at=form.cleaned_data["at"]),
        "unschedule": lambda: editions.unschedule(edition_id),
        "pause": lambda: editions.pause(edition_id),
        "resume": lambda: editions.resume(edition_id),
        "cancel": lambda: editions.cancel(edition_id, now=_now()),
        "again": lambda: editions.try_again(edition_id, now=_now()),
    }


def _page(
    request: HttpRequest, found: Edition, form: ScheduleForm, *, status: int = 200
) -> HttpResponse:
    own = Subscriber.objects.filter(belonging_to(found.newspaper_site))
    readers = own.filter(status=Subscriber.Status.CONFIRMED).count()
    context = {
        "edition": found,
        "states": Edition.Status,
        "progress": editions.progress(found.pk),
        "readers": ngettext("%(number)d reader", "%(number)d readers", readers)
        % {"number": readers},
        "form": form,
        "test_form": TestForm(initial={"email": getattr(request.user, "email", "")}),
        "has_mail_server": bool(settings.CONFIGURATION.email_url),
    }
    return render(request, "newsletter/office/edition.html", context, status=status)
