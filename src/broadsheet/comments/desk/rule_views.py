"""Rules in and out, as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from broadsheet.comments import rule_files
from broadsheet.comments.offices import needs

from .desks import desk_of

LARGEST = 2_000_000  # bytes


@require_http_methods(["GET", "HEAD", "POST"])
@needs("comments.add_rule")
def exchange(request: HttpRequest) -> HttpResponse:
    """A form for a file: CSV as exported here, or WordPress's disallowed words."""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > LARGEST:
            messages.error(request, _("Choose a file of at most 2 MB."))
        else:
            _keep(request, file.read())
        return redirect("comments_desk:rules")
    return render(request, "comments/desk/rules.html", {"number": desk_of(request).rules().count()})


@require_safe
@needs("comments.add_rule")
def export(request: HttpRequest) -> HttpResponse:
    """All rules of this desk as CSV."""
    return HttpResponse(
        rule_files.as_csv(desk_of(request).rules().iterator()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rules.csv"'},
    )


def _keep(request: HttpRequest, body: bytes) -> None:
    try:
        site_id = desk_of(request).site_id
        number = rule_files.keep(rule_files.read(body.decode("utf-8")), site_id=site_id)
    except (rule_files.UnreadableRules, UnicodeDecodeError) as error:
        messages.error(request, _("The file was not read: %(error)s") % {"error": error})
    else:
        messages.success(request, _("%(number)d rules were kept.") % {"number": number})
