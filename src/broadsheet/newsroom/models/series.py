"""A series: articles that belong together, in the order of their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from . import queries
from .listing import ListedPage

if TYPE_CHECKING:
    from .articles import ArticlePage


class SeriesPage(ListedPage):
    """The page of a series, with all its parts."""

    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "link"])

    template = "newsroom/section.html"
    parent_page_types = ["newsroom.FrontPage", "newsroom.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("description")]

    def articles(self) -> models.QuerySet[ArticlePage]:
        return queries.articles_in_series(self)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
