"""An article: headline, standfirst, bylines, hero photo, body, corrections."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
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
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, Revision
from wagtail.search import index

from broadsheet.comments.memory import once
from broadsheet.comments.policy import DiscussedPage
from broadsheet.newsroom.blocks import Body

from . import readiness, stories, translations, versions
from .checklist import Checklist
from .forms import ArticleForm

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"  # what Wagtail's clock calls it when it publishes


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
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_(
            "The article that this one says in another language: readers find each from the other."
        ),
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
    series = models.ForeignKey(
        "newsroom.SeriesPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series"),
        help_text=_("Its parts are numbered by when they were published."),
    )
    tags = ClusterTaggableManager(through="newsroom.ArticleTag", blank=True, verbose_name=_("tags"))
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Shown to readers; small repairs need none."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("It can't be published before; drafts that you show to others say so."),
    )
    is_typographical = models.BooleanField(
        _("only typographical changes"),
        default=False,
        help_text=_("Keeps what you publish with this tick out of the article's public history."),
    )
    shows_history = models.BooleanField(
        _("public history"),
        default=True,
        help_text=_("Readers see what changed between published versions."),
    )

    base_form_class = ArticleForm
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
        FieldPanel("series"),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
        FieldPanel("is_typographical"),
        Checklist(heading=_("Before publication")),
    ]
    settings_panels = [
        *Page.settings_panels,
        FieldPanel("embargo_until"),
        FieldPanel("updated_at"),
        FieldPanel("language"),
        PageChooserPanel("translation_of", "newsroom.ArticlePage"),
        FieldPanel("shows_history"),
        *DiscussedPage.settings_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """As Wagtail finds them; once for what is printed in a row, for an article names its address many times."""
        key = ("url parts", self.pk, self.url_path)
        parts: tuple[int, str, str] | None = once(
            key, lambda: super(ArticlePage, self).get_url_parts(request)
        )
        return parts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        others = translations.versions_of(self, request, papers_language=translation.get_language())
        with translation.override(self.language or translation.get_language()):
            return context | {"story": stories.story(self, request), "translations": others}

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """By whatever way: an editor, the workflow, many at once, the clock.

        Raises NotReady if something stands against it; what was only scheduled stays a draft.
        """
        found = readiness.hindrances(self, now=timezone.now())  # noqa: TID251, the edge
        if not found:
            super().publish(revision, *args, **kwargs)
        elif kwargs.get("log_action") == SCHEDULED:
            logger.warning("“%s” was to be published now, and stays a draft: %s", self, found)
            self.revisions.update(approved_go_live_at=None)
        else:
            raise readiness.NotReady(self, found)

    def corrected_at(self) -> datetime | None:
        """When something was last found to be wrong; an update tells what is new, and counts for none."""
        return max(
            (
                correction.corrected_at
                for correction in self.what_was_corrected()
                if correction.kind != Correction.Kind.UPDATE
            ),
            default=None,
        )

    def what_was_corrected(self) -> list["Correction"]:
        """All corrections and updates, in no order."""
        found: list[Correction] = once(
            ("corrections", self.pk), lambda: list(self.corrections.all())
        )
        return found

    @path("history/")
    def history(self, request: HttpRequest) -> HttpResponse:
        """What changed between the versions that readers could read."""
        changes = versions.changes(self)
        if not changes:
            raise Http404
        response: HttpResponse = self.render(
            request, template="newsroom/history.html", context_overrides={"changes": changes}
        )
        return response

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
    corrected_at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)  # noqa: TID251, the edge: a form opened by an editor
    text = models.TextField(_("text"), help_text=_("What was wrong, and what is right."))

    panels = [FieldPanel("kind"), FieldPanel("corrected_at"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")

    @property
    def order(self) -> tuple[datetime, int]:
        """By time; those of the same time by when they were written."""
        return self.corrected_at, self.pk or 0

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
