"""What the owner of a newspaper sets for its comments."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

DEFAULT_REASONS = (
    "It does not keep to our rules for comments.\nIt insults somebody.\n"
    "It has nothing to do with the article.\nIt is advertising.\n"
    "It claims something about a person without proof.\nIt was already said by the same author."
)


class EmailField(models.TextChoices):
    """Whether the form asks for an e-mail address."""

    REQUIRED = "REQUIRED", _("Required")
    OPTIONAL = "OPTIONAL", _("Optional")
    OFF = "OFF", _("Not asked for")


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    """One row a site. Times are in the unit that the field's name says; 0 means never or no limit."""

    hold_all = models.BooleanField(
        _("hold all"), default=False, help_text=_("Every comment waits for a moderator.")
    )
    shadow_mode = models.BooleanField(
        _("shadow mode"),
        default=False,
        help_text=_(
            "The filter only notes what it would have done; comments are held by the other rules alone."
        ),
    )
    hold_percent = models.SmallIntegerField(
        _("hold from"),
        default=0,
        db_default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_(
            "In per cent: a comment that is spam with at least this probability waits, whatever else the filter says. 0: the filter decides."
        ),
    )
    spam_percent = models.SmallIntegerField(
        _("spam from"),
        default=0,
        db_default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_(
            "In per cent: what the filter takes for spam with a lower probability waits instead. 0: the filter decides."
        ),
    )
    hold_first = models.BooleanField(
        _("hold first-time authors"),
        default=False,
        help_text=_("A comment waits until one with the same e-mail address was published."),
    )
    links_allowed = models.PositiveSmallIntegerField(
        _("links allowed"), default=3, help_text=_("A comment with more waits. 0: no limit.")
    )
    close_after_days = models.PositiveSmallIntegerField(
        _("close after days"), default=0, help_text=_("Counted from publication. 0: never.")
    )
    slow_mode_seconds = models.PositiveSmallIntegerField(
        _("slow mode"),
        default=0,
        validators=[MaxValueValidator(3600)],
        help_text=_("Seconds between two comments of one author. 0: off."),
    )
    author_per_hour = models.PositiveSmallIntegerField(
        _("comments an hour from one address"), default=20, help_text=_("0: no limit.")
    )
    network_per_hour = models.PositiveSmallIntegerField(
        _("comments an hour from one network"), default=200, help_text=_("0: no limit.")
    )
    reasons = models.TextField(
        _("reasons to reject"),
        default=DEFAULT_REASONS,
        blank=True,
        help_text=_("One a line. The author reads the reason on the receipt."),
    )
    proof_of_work = models.PositiveSmallIntegerField(
        _("proof of work"),
        default=0,
        validators=[MaxValueValidator(22)],
        help_text=_(
            "Where the filter is not sure, the reader's browser can calculate something instead of waiting for a "
            "moderator. In bits: 16 take it a few seconds. 0: off."
        ),
    )
    tell_of_replies = models.BooleanField(
        _("tell of replies by e-mail"),
        default=True,
        help_text=_("To who asks for it and confirms."),
    )
    email_field = models.CharField(
        _("e-mail"), max_length=8, choices=EmailField.choices, default=EmailField.REQUIRED
    )
    web_address_field = models.BooleanField(_("ask for a web address"), default=True)
    depth = models.PositiveSmallIntegerField(
        _("depth of threads"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("Deeper replies stand on the last level."),
    )
    longest = models.PositiveIntegerField(
        _("longest comment"),
        default=5000,
        validators=[MinValueValidator(100), MaxValueValidator(20000)],
        help_text=_("In characters."),
    )
    edit_minutes = models.PositiveSmallIntegerField(_("minutes to edit"), default=15)
    address_days = models.PositiveSmallIntegerField(
        _("days to keep network addresses"),
        default=30,
        help_text=_("As a keyed hash and a shortened network. 0: as long as the comment."),
    )
    email_days = models.PositiveSmallIntegerField(
        _("days to keep e-mail addresses"), default=365, help_text=_("0: as long as the comment.")
    )

    unlearn_erased = models.BooleanField(
        _("unlearn erased comments"),
        default=False,
        help_text=_(
            "The filter is rebuilt without what an author had erased; otherwise only the text goes."
        ),
    )
    contact = models.EmailField(
        _("contact for privacy"),
        blank=True,
        help_text=_("Named where readers are told how comments are processed."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("hold_all"),
                FieldPanel("hold_first"),
                FieldPanel("links_allowed"),
                FieldPanel("hold_percent"),
                FieldPanel("spam_percent"),
                FieldPanel("shadow_mode"),
                FieldPanel("close_after_days"),
                FieldPanel("reasons"),
            ],
            _("Moderation"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("slow_mode_seconds"),
                FieldPanel("author_per_hour"),
                FieldPanel("network_per_hour"),
                FieldPanel("proof_of_work"),
            ],
            _("Limits"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("email_field"),
                FieldPanel("web_address_field"),
                FieldPanel("longest"),
                FieldPanel("depth"),
                FieldPanel("edit_minutes"),
                FieldPanel("tell_of_replies"),
            ],
            _("The form"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address_days"),
                FieldPanel("email_days"),
                FieldPanel("unlearn_erased"),
                FieldPanel("contact"),
            ],
            _("Privacy"),
        ),
    ]

    class Meta:
        verbose_name = _("comments")

    def __str__(self) -> str:
        return f"Comments of {self.site}"
