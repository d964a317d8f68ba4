"""Pages that list articles. Their older pages are numbered from the oldest, so that a new article shifts none of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from . import pagination, queries
from .articles import ArticlePage


class ListedPage(RoutablePageMixin, Page):
    """Has the newest articles at its own address and all of them at `page/1/` (the oldest), `page/2/`, …"""

    class Meta:
        abstract = True

    def articles(self) -> "QuerySet[ArticlePage]":
        """What is listed, newest first."""
        return queries.articles_below(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"listing": self.listing(request, number=None)}

    def listing(self, request: HttpRequest, *, number: int | None) -> pagination.Listing | None:
        return pagination.listing(
            self.articles(), base=self.get_url(request) or "", number=number, request=request
        )

    @path("page/<int:number>/")
    def numbered(self, request: HttpRequest, number: int) -> TemplateResponse:
        """One page of the archive, `number` counted from the oldest."""
        listing = self.listing(request, number=number)
        if listing is None:
            raise Http404
        page = super().get_context(request)  # without what is newest: that is at the list's address
        return TemplateResponse(request, "newsroom/archive.html", page | {"listing": listing})
