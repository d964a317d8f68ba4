"""What the owner of a newspaper sets in the editor."""

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from broadsheet.newsroom import links


def known_time_zone(name: str) -> None:
    """Raise ValidationError unless the IANA database knows `name`."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write it as in Europe/Berlin."), params={"name": name}
        )


class Look(models.TextChoices):
    """Ready-made looks, each from the same templates: static/newsroom/css/looks.css."""

    BROADSHEET = "broadsheet", _("Broadsheet: serif, centred, columns with rules")
    MAGAZINE = "magazine", _("Magazine: large pictures, light headlines, much room")
    BULLETIN = "bulletin", _("Bulletin: sans-serif headlines, compact")


class Accent(models.TextChoices):
    """Colours of links and small matter, each readable on every paper by day and by night."""

    CRIMSON = "crimson", _("Crimson")
    HARBOUR = "harbour", _("Harbour blue")
    PINE = "pine", _("Pine green")
    PLUM = "plum", _("Plum")
    OCHRE = "ochre", _("Ochre")
    INK = "ink", _("Ink")


class Paper(models.TextChoices):
    """Colours of the ground."""

    IVORY = "ivory", _("Ivory")
    WHITE = "white", _("White")
    SALMON = "salmon", _("Salmon")
    MIST = "mist", _("Mist")


class Pairing(models.TextChoices):
    """Which of the two families sets headlines, and which text."""

    LOOKS = "looks", _("As the look has it")
    SERIF = "serif", _("Serif headlines and text")
    SANS_HEADS = "sans-heads", _("Sans-serif headlines, serif text")
    SANS_TEXT = "sans-text", _("Serif headlines, sans-serif text")


class Crawlers(models.TextChoices):
    """What robots.txt tells crawlers of companies that build language models."""

    ALL = "ALL", _("All are welcome")
    NO_TRAINING = "NO_TRAINING", _("They may answer questions with it, but not train on it")
    NONE = "NONE", _("None of them")


@register_setting(icon="site")
class Newspaper(BaseSiteSetting):
    """The newspaper itself: its name, language, clock and contact. One row a site."""

    name = models.CharField(_("name"), max_length=120, default="Broadsheet")
    motto = models.CharField(
        _("motto"), max_length=200, blank=True, help_text=_("A line below the name.")
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[known_time_zone]
    )
    contact = models.EmailField(
        _("contact"),
        blank=True,
        help_text=_("Shown to readers: for corrections, privacy and complaints."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences for search engines and feeds."),
    )

    look = models.CharField(_("look"), max_length=10, choices=Look.choices, default=Look.BROADSHEET)
    accent = models.CharField(
        _("colour"), max_length=10, choices=Accent.choices, default=Accent.CRIMSON
    )
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.IVORY)
    pairing = models.CharField(
        _("type"), max_length=10, choices=Pairing.choices, default=Pairing.LOOKS
    )
    logo = models.ForeignKey(
        "newsroom.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Instead of the name in letters; its alternative text is the name."),
    )

    photos_need_credit = models.BooleanField(
        _("photos need a credit"),
        default=True,
        help_text=_("An article with a photo that has none can't be published."),
    )
    photos_need_text = models.BooleanField(
        _("photos need an alternative text"),
        default=True,
        help_text=_("An article with a photo that has none can't be published."),
    )

    takes_contributions = models.BooleanField(
        _("“Write for us”"),
        default=False,
        help_text=_(
            "A public page at /contribute/, where people without an account offer articles."
        ),
    )
    contributions_note = models.TextField(
        _("what you are looking for"), blank=True, help_text=_("Shown above the form.")
    )
    contributions_section = models.ForeignKey(
        "newsroom.SectionPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section for contributions"),
        help_text=_("Where their drafts begin; without one, the first section."),
    )

    links = StreamField(
        [("link", links.Link())],
        verbose_name=_("links"),
        blank=True,
        default=[],
        max_num=links.MOST,
        help_text=_("At the foot of each page, after the pages that show in menus."),
    )

    shows_first_steps = models.BooleanField(
        default=True, editable=False
    )  # the dashboard's checklist
    crawlers = models.CharField(
        _("language models"),
        max_length=11,
        choices=Crawlers.choices,
        default=Crawlers.NO_TRAINING,
        help_text=_(
            "What robots.txt asks of their crawlers. It is a request: not all of them keep to it."
        ),
    )

    feeds_are_full = models.BooleanField(
        _("feeds with the full text"),
        default=False,
        help_text=_("Otherwise with the standfirst. Full ones hold fewer articles."),
    )
    hub = models.URLField(
        _("WebSub hub"),
        blank=True,
        help_text=_("Told of each publication, so that subscribers of the feeds get it at once."),
    )
    uses_indexnow = models.BooleanField(
        _("IndexNow"),
        default=False,
        help_text=_("Search engines that take part are told the address of what is published."),
    )

    follows_links = models.BooleanField(
        _("follow links to other sites"),
        default=True,
        help_text=_(
            "The server asks each site that articles link to whether the page is there: after a draft is saved, and"
            " each week. Those sites see the server's address and the link."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("motto"), FieldPanel("description")], _("The paper")
        ),
        MultiFieldPanel([FieldPanel("language"), FieldPanel("time_zone")], _("Language and clock")),
        MultiFieldPanel(
            [
                *map(FieldPanel, ("look", "accent", "paper", "pairing", "logo")),
                HelpPanel(template="newsroom/editor/preview.html"),
            ],
            _("Look"),
        ),
        MultiFieldPanel(
            [FieldPanel("photos_need_credit"), FieldPanel("photos_need_text")], _("Photos")
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes_contributions"),
                FieldPanel("contributions_note"),
                FieldPanel("contributions_section"),
            ],
            _("“Write for us”"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("feeds_are_full"),
                FieldPanel("hub"),
                FieldPanel("uses_indexnow"),
                FieldPanel("crawlers"),
                FieldPanel("follows_links"),
            ],
            _("Feeds and search engines"),
        ),
        FieldPanel("links"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("newspaper")

    def __str__(self) -> str:
        return self.name
