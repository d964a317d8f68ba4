"""Contributors sign articles. They need no account: a page with their portrait and biography is enough.

Some are no person: the staff, an agency, a group of reporters.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from broadsheet.newsroom import links

from . import queries
from .articles import ArticlePage
from .listing import ListedPage
from .photos import with_renditions


class ContributorIndexPage(Page):
    """Everyone who contributes, at one address."""

    template = "newsroom/contributor_index.html"
    parent_page_types = ["newsroom.FrontPage"]
    subpage_types = ["newsroom.ContributorPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        contributors = ContributorPage.objects.live().child_of(self).order_by("title")
        portraits = models.Prefetch("portrait", with_renditions())
        return context | {"contributors": contributors.prefetch_related(portraits)}

    class Meta:
        verbose_name = _("contributors")


class ContributorPage(ListedPage):
    """A contributor (`title` is the name) and what they have contributed."""

    role = models.CharField(
        _("role"),
        max_length=120,
        blank=True,
        help_text=_("“Staff reporter”, “Guest contributor”, …"),
    )
    biography = RichTextField(_("biography"), blank=True, features=["bold", "italic", "link"])
    portrait = models.ForeignKey(
        "newsroom.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    is_collective = models.BooleanField(
        _("a collective"),
        default=False,
        help_text=_(
            "“Staff”, an agency, a group: machines are told of an organisation, not of a person."
        ),
    )
    web_address = models.URLField(_("web address"), blank=True)
    links = StreamField(
        [("link", links.PersonalLink())],
        verbose_name=_("links"),
        blank=True,
        default=[],
        max_num=links.MOST,
        help_text=_("Other places where they are found, each with a name for it."),
    )

    template = "newsroom/contributor.html"
    parent_page_types = ["newsroom.ContributorIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("role"),
        FieldPanel("is_collective"),
        FieldPanel("portrait"),
        FieldPanel("biography"),
        FieldPanel("web_address"),
        FieldPanel("links"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("biography")]

    def articles(self) -> "models.QuerySet[ArticlePage]":
        return queries.articles_signed_by(self)

    def profiles(self) -> tuple[str, ...]:
        """Where else on the web they are, as they say themselves."""
        linked = (link.value["address"] for link in self.links)
        return tuple(url for url in (self.web_address, *linked) if url.startswith("http"))

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
