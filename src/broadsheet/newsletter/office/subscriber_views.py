"""Subscribers in and out, as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Site

from broadsheet.comments.offices import needs
from broadsheet.newsletter import subscriber_files
from broadsheet.newsletter.forms import ImportForm
from broadsheet.newsletter.models import Subscriber

may_exchange = needs("newsletter.add_subscriber")


@require_http_methods(["GET", "HEAD", "POST"])
@may_exchange
def exchange(request: HttpRequest) -> HttpResponse:
    """A form for a file."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _keep(request, form)
        return redirect("newsletter_office:subscribers")
    context = {"form": form, "number": Subscriber.objects.count()}
    status = 422 if form.errors else 200
    return render(request, "newsletter/office/subscribers.html", context, status=status)


@require_safe
@may_exchange
def export(_request: HttpRequest) -> HttpResponse:
    """All subscribers of this newspaper as CSV."""
    return HttpResponse(
        subscriber_files.as_csv(Subscriber.objects.iterator()),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="subscribers.csv"',
            "Cache-Control": "private, no-store",
        },
    )


def _keep(request: HttpRequest, form: ImportForm) -> None:
    now = timezone.now()  # noqa: TID251, the edge
    site = Site.find_for_request(request)
    have_agreed = form.cleaned_data["have_agreed"]
    try:
        rows = subscriber_files.read(form.cleaned_data["file"])
        number = subscriber_files.keep(rows, site=site, have_agreed=have_agreed, now=now)
    except subscriber_files.UnreadableSubscribers as error:
        messages.error(request, _("The file was not read: %(error)s") % {"error": error})
    else:
        said = ngettext("%(number)d address was added.", "%(number)d addresses were added.", number)
        messages.success(request, said % {"number": number})
