"""Pages that any web server can show in our place: what is not found, that the newspaper takes nothing just now, the search.

They are printed like all others, at addresses that static hosts know.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def not_found(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html")


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    return render(request, "web/away.html")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """For a static site, whose files answer by themselves; its form leads here."""
    return render(request, "web/search.html", {"address": settings.PUBLIC_ADDRESS})
