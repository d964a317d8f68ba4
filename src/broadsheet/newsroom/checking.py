"""The check before publication, asked for again by the form of an article. For editors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from . import elsewhere
from .models import ArticlePage
from .models.checklist import checked


@require_http_methods(["GET", "POST"])
def checklist(request: HttpRequest, page_id: int) -> HttpResponse:
    """Of the newest draft; a POST has all its links followed again."""
    article = get_object_or_404(ArticlePage, pk=page_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = article.get_latest_revision_as_object()
    now = timezone.now()  # noqa: TID251, the edge
    if request.method == "POST":
        elsewhere.note(draft, now=now, again=True)
    return render(request, "newsroom/editor/findings.html", checked(draft, now=now))
