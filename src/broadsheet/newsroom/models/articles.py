"""An article: headline, standfirst, bylines, hero photo, body, corrections."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from broadsheet.comments.policy import DiscussedPage
from broadsheet.newsroom.blocks import Body

from . import stories


class ArticlePage(DiscussedPage, Page):
    """`title` is the headline, `first_published_at` the publication time."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A word or two above the headline.")
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("The one or two sentences below the headline.")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Where it differs from the newspaper's."),
    )
    hero = models.ForeignKey(
        "newsroom.Photo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hero photo"),
    )
    hero_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Instead of the photo's own.")
    )
    body = StreamField(Body(), blank=True, verbose_name=_("body"))
    tags = ClusterTaggableManager(through="newsroom.ArticleTag", blank=True, verbose_name=_("tags"))
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Shown to readers; small repairs need none."),
    )

    template = "newsroom/article.html"
    parent_page_types = ["newsroom.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Headline"),
            placeholder=_("Headline"),
            help_text=_("As readers see it."),
        ),
        FieldPanel("kicker"),
        FieldPanel("standfirst"),
        InlinePanel("bylines", heading=_("Bylines"), label=_("Byline")),
        MultiFieldPanel([FieldPanel("hero"), FieldPanel("hero_caption")], _("Hero photo")),
        FieldPanel("body"),
        FieldPanel("tags"),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
    ]
    settings_panels = [
        *Page.settings_panels,
        FieldPanel("updated_at"),
        FieldPanel("language"),
        *DiscussedPage.settings_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        with translation.override(self.language or translation.get_language()):
            return context | {"story": stories.story(self, request)}

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleTag(TaggedItemBase):
    """Which article carries which tag."""

    content_object = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="tagged_items")


class Byline(Orderable):
    """One contributor's part in an article."""

    class Role(models.TextChoices):
        TEXT = "TEXT", _("Contributed by")
        PHOTOS = "PHOTOS", _("Photos by")
        TRANSLATION = "TRANSLATION", _("Translated by")
        REPORTING = "REPORTING", _("Additional reporting by")

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        "newsroom.ContributorPage",
        on_delete=models.CASCADE,
        related_name="bylines",
        verbose_name=_("contributor"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TEXT)

    panels = [PageChooserPanel("contributor"), FieldPanel("role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.contributor}"


class Correction(Orderable):
    """Something that was wrong, said openly."""

    class Kind(models.TextChoices):
        CORRECTION = "CORRECTION", _("Correction")
        CLARIFICATION = "CLARIFICATION", _("Clarification")
        UPDATE = "UPDATE", _("Update")
        RETRACTION = "RETRACTION", _("Retraction")

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.CORRECTION)
    corrected_at = models.DateTimeField(_("time"), default=timezone.now)  # noqa: TID251, the edge: a form opened by an editor
    text = models.TextField(_("text"), help_text=_("What was wrong, and what is right."))

    panels = [FieldPanel("kind"), FieldPanel("corrected_at"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
