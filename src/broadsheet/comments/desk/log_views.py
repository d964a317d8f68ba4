"""The log: who decided what, newest first."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from broadsheet.comments.models import Event

from .desks import desk_of
from .views import may_moderate

PER_PAGE = 100


@require_safe
@may_moderate
def show(request: HttpRequest) -> HttpResponse:
    """All decisions of people, or those of `?by=`, a user's name."""
    name = request.GET.get("by", "")[:150]
    found = Event.objects.filter(desk_of(request).has("comment__"), by__isnull=False)
    found = found.select_related("by", "comment__page")
    if name:
        found = found.filter(by__username=name)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "comments/desk/log.html",
        {"page": page, "name": name, "query": urlencode({"by": name})},
    )
