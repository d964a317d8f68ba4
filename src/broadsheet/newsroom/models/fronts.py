"""The front page, the sections, and pages such as “About us”."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from broadsheet.comments.policy import CommentPolicy, DiscussedPage
from broadsheet.newsroom.blocks import Body

from . import composing, pagination
from .forms import TopPageForm
from .listing import ListedPage

MOST_PINS = 3  # on top of a section


class FrontPage(ListedPage):
    """The newspaper's first page: a lead, what is new, and a part for each section."""

    lead = models.ForeignKey(
        "newsroom.ArticlePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead"),
        help_text=_("The article on top; without one, the newest with a photo."),
    )

    template = "newsroom/front.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "newsroom.SectionPage",
        "newsroom.SeriesPage",
        "newsroom.ContributorIndexPage",
        "newsroom.StandardPage",
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        InlinePanel(
            "slots",
            heading=_("Below the lead"),
            label=_("Article"),
            max_num=composing.SECONDS,
            help_text=_("Places that you leave free are filled with what is newest."),
        ),
    ]

    def sections(self) -> "models.QuerySet[SectionPage]":
        """The sections right below, in the editor's order."""
        below: models.QuerySet[SectionPage] = SectionPage.objects.live().child_of(self)
        return below

    def listing(self, request: HttpRequest, *, number: int | None) -> pagination.Listing | None:
        """At its own address the front page shows a choice; its list begins with what is older."""
        if number is not None:
            return super().listing(request, number=number)
        base = self.get_url(request) or ""
        return pagination.Listing((), None, pagination.older_url(self.articles(), base), "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"front": composing.front(self, self.sections(), request)}

    class Meta:
        verbose_name = _("front page")


class SectionPage(ListedPage):
    """A section, “Culture”, with its articles below it in the tree."""

    class Display(models.TextChoices):
        """How the section looks on the front page."""

        COLUMNS = "COLUMNS", _("News: columns")
        PICTURES = "PICTURES", _("A large picture, and others beside it")
        VOICES = "VOICES", _("Opinion: portraits and headlines")
        BRIEFS = "BRIEFS", _("In brief: headlines only")

    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "link"])
    display = models.CharField(
        _("on the front page"), max_length=10, choices=Display.choices, default=Display.COLUMNS
    )

    base_form_class = TopPageForm
    template = "newsroom/section.html"
    parent_page_types = ["newsroom.FrontPage", "newsroom.SectionPage"]
    subpage_types = ["newsroom.ArticlePage", "newsroom.SectionPage", "newsroom.SeriesPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("description"),
        FieldPanel("display"),
        InlinePanel(
            "pins",
            heading=_("Pinned on top"),
            label=_("Article"),
            max_num=MOST_PINS,
            help_text=_("Articles of this section that stand before the newest."),
        ),
    ]

    def listing(self, request: HttpRequest, *, number: int | None) -> pagination.Listing | None:
        """At its own address the section begins with what is pinned."""
        found = super().listing(request, number=number)
        if found is None or number is not None:
            return found
        wanted = [pin.article_id for pin in self.pins.all()]
        return pagination.with_first(found, self.articles(), wanted, request)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class Pin(Orderable):
    """An article that editors put first."""

    article = models.ForeignKey(
        "newsroom.ArticlePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("article"),
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.article)


class FrontSlot(Pin):
    """A place below the lead."""

    front = ParentalKey(FrontPage, on_delete=models.CASCADE, related_name="slots")


class SectionPin(Pin):
    """A place on top of a section."""

    section = ParentalKey(SectionPage, on_delete=models.CASCADE, related_name="pins")


class StandardPage(DiscussedPage, Page):
    """A page that is no article: about us, imprint, advertising. Its comments are closed unless someone opens them."""

    comment_policy = models.CharField(
        _("comments"), max_length=12, choices=CommentPolicy.choices, default=CommentPolicy.CLOSED
    )

    body = StreamField(Body(), blank=True, verbose_name=_("body"))

    base_form_class = TopPageForm
    template = "newsroom/standard.html"
    parent_page_types = ["newsroom.FrontPage", "newsroom.StandardPage"]
    subpage_types = ["newsroom.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    settings_panels = [*Page.settings_panels, *DiscussedPage.settings_panels]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
