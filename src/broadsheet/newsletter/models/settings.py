"""What the owner of a newspaper sets for its newsletter."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="mail")
class NewsletterSettings(BaseSiteSetting):
    """One row a site."""

    is_offered = models.BooleanField(
        _("readers may subscribe"),
        default=False,
        help_text=_("A page at /newsletter/, and a link to it at the foot of every page."),
    )
    below_articles = models.BooleanField(
        _("form below articles"),
        default=True,
        help_text=_("A field for the address at each article's end."),
    )
    promise = models.CharField(
        _("what readers get"),
        max_length=300,
        blank=True,
        help_text=_("Beside the form: what the letters are about, and how often they come."),
    )
    imprint = models.TextField(
        _("imprint"),
        blank=True,
        help_text=_("At the end of every letter: who sends it. Many countries ask for an address."),
    )
    sender = models.EmailField(
        _("sender's address"),
        blank=True,
        db_default="",
        help_text=_("From which letters come; else the installation's."),
    )
    bounces_to = models.EmailField(
        _("address for bounces"),
        blank=True,
        help_text=_("Where mail servers report what they could not deliver; else the sender's."),
    )
    per_minute = models.PositiveIntegerField(
        _("letters a minute"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
        help_text=_("As many as your mail server allows."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("is_offered"), FieldPanel("below_articles"), FieldPanel("promise")],
            _("Readers"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("imprint"),
                FieldPanel("sender"),
                FieldPanel("bounces_to"),
                FieldPanel("per_minute"),
            ],
            _("Letters"),
        ),
    ]

    class Meta:
        verbose_name = _("newsletter")

    def __str__(self) -> str:
        return f"Newsletter of {self.site}"
