"""An article that may not be published as it is: the editor is told why, wherever that was tried."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from .models.readiness import NotReady

Answer = Callable[[HttpRequest], HttpResponse]


class HindrancesAreSaid:
    """Turns NotReady into a message, and leads to the article. What else the request did is undone with its transaction."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotReady):
            return None
        for text in error.hindrances:
            messages.error(request, f"{error.article}: {text}")
        return redirect("wagtailadmin_pages:edit", error.article.pk)
