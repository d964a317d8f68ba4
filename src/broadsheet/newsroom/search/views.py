"""The search page: answered anew for each reader, never printed, never kept by a cache."""

import time
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.comments import clients
from broadsheet.comments.throttle import Throttle
from broadsheet.newsroom.papers import root_of

from .find import contributor_names, find
from .form import SearchForm

THROTTLE = Throttle(burst=20, per_minute=30)


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Articles that have the words, and fit section, contributor and dates."""
    root = root_of(request)
    form = SearchForm(request.GET, root=root)
    question = form.question()
    context = {"form": form, "question": question, "names": contributor_names(root)}
    if question.is_empty:
        return render(request, "newsroom/search.html", context)
    wait = THROTTLE.wait(_address(request), clock=time.monotonic())
    if wait:
        response = render(request, "newsroom/search.html", context | {"is_busy": True}, status=429)
        response["Retry-After"] = str(ceil(wait))
        return response
    findings = find(question, clock=time.monotonic(), request=request)
    addresses = {
        "newer_url": _at(request, question.page - 1) if question.page > 1 else "",
        "older_url": _at(request, question.page + 1) if findings.has_more else "",
    }
    return render(request, "newsroom/search.html", context | addresses | {"findings": findings})


def _at(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"


def _address(request: HttpRequest) -> str:
    return clients.client_address(
        peer=request.META.get("REMOTE_ADDR", ""),
        forwarded_for=request.headers.get("X-Forwarded-For", ""),
        trusted=settings.CONFIGURATION.trusted_proxies,
    )
