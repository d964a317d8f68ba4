"""Pages that any web server can show in our place: what is not found, and that the newspaper takes nothing just now.

They are printed like all others, at addresses that static hosts know.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def not_found(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html")


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    return render(request, "web/away.html")
