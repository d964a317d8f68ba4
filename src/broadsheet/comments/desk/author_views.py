"""Erasing everything of one author, when the author asks the newspaper for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from broadsheet.comments import subjects
from broadsheet.comments.models import Status

from .desks import desk_of
from .views import may_moderate


@require_http_methods(["GET", "HEAD", "POST"])
@may_moderate
def erase(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask once more, then erase the comment and all others that were written with its e-mail address."""
    found = desk_of(request).comments().exclude(status=Status.ERASED).select_related("page")
    comment = found.filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        context = {"comment": comment, "number": subjects.with_same_address(comment)}
        return render(request, "comments/desk/erase.html", context)
    number = subjects.erase_author_of(comment, now=timezone.now())  # noqa: TID251, the edge
    words = ngettext("%(number)d comment was erased.", "%(number)d comments were erased.", number)
    messages.success(request, words % {"number": number})
    return redirect("comments_desk:index")
