"""What moderators set and get to see: rules, policies for parts of the paper, reports, appeals."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Site

from broadsheet.comments import rules
from broadsheet.comments.offices import Kept, Office

from .comments import ReaderComment


class CommentPolicy(models.TextChoices):
    """What happens to a new comment before the filter is asked."""

    OPEN = "OPEN", _("Open")
    PREMODERATED = "PREMODERATED", _("Each waits for a moderator")
    CLOSED = "CLOSED", _("Closed")


class PaperPanel(FieldPanel):
    """Asked only where there are several newspapers."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown()) and Site.objects.count() > 1


def _rules_in(office: Office) -> models.Q:
    """Those that work there: the newspaper's, and those of all."""
    if office.site is None or not office.is_open:
        return office.has()
    return office.has() | models.Q(site=None)


class Rule(models.Model):
    """One thing that is looked for in a comment, and what then happens to it."""

    class Kind(models.TextChoices):
        WORDS = "WORDS", _("Words in the text, name or web address")
        PATTERN = "PATTERN", _("Pattern with * and ? in the text, name or web address")
        AUTHOR = "AUTHOR", _("Author, by e-mail address")
        EMAIL_HOST = "EMAIL_HOST", _("Host of the e-mail address")
        NETWORK = "NETWORK", _("Network of the sender")

    class Effect(models.TextChoices):
        HOLD = "HOLD", _("Hold")
        REJECT = "REJECT", _("Reject, and tell the author why")
        BLOCK = "BLOCK", _("Reject silently")
        TRUST = "TRUST", _("Publish")

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # there are few rules
        verbose_name=_("newspaper"),
        help_text=_("Of this installation; empty for all of them."),
    )
    kind = models.CharField(_("looks for"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=300)
    effect = models.CharField(_("effect"), max_length=6, choices=Effect.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar["Kept[Self]"] = Kept(_rules_in)
    everywhere: ClassVar["models.Manager[Self]"] = models.Manager()  # for what is remembered

    panels = [
        FieldPanel("kind"),
        FieldPanel("value"),
        FieldPanel("effect"),
        FieldPanel("note"),
        PaperPanel("site"),
    ]

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "site"], name="comments_rule_of_paper")
        ]
        verbose_name = _("rule for comments")
        verbose_name_plural = _("rules for comments")

    def __str__(self) -> str:
        return self.name_of(self.kind, self.value)

    @classmethod
    def name_of(cls, kind: str, value: str) -> str:
        """What logs and comments keep of a rule: no reader's address, which would stay there for ever."""
        label = str(cls.Kind(kind).label)
        return label if kind in {cls.Kind.AUTHOR, cls.Kind.NETWORK} else f"{label}: {value}"

    def clean(self) -> None:
        self.value = self.value.strip()
        same = Rule.everywhere.filter(kind=self.kind, value=self.value, site=self.site)
        if same.exclude(
            pk=self.pk
        ).exists():  # the database takes two rows without a site for different ones
            raise ValidationError({"value": _("There is such a rule already.")})
        if self.kind == self.Kind.NETWORK and not rules.is_network(self.value):
            raise ValidationError({"value": _("Write a network as in 203.0.113.0/24.")})
        if self.kind == self.Kind.AUTHOR and "@" not in self.value:
            raise ValidationError({"value": _("Write the author's whole e-mail address.")})


class PartPolicy(models.Model):
    """A part of the paper, such as a section, whose comments are closed or wait; pages below it follow."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    policy = models.CharField(_("comments"), max_length=12, choices=CommentPolicy.choices)

    objects: ClassVar["Kept[Self]"] = Kept(Office.has_page)
    everywhere: ClassVar["models.Manager[Self]"] = models.Manager()  # for what is remembered

    panels = [PageChooserPanel("page"), FieldPanel("policy")]

    class Meta:
        verbose_name = _("comments in a section")
        verbose_name_plural = _("comments in sections")

    def __str__(self) -> str:
        return f"{self.page}: {self.get_policy_display()}"


class Report(models.Model):
    """A reader's word about somebody's comment."""

    class Reason(models.TextChoices):
        SPAM = "SPAM", _("It is advertising")
        INSULT = "INSULT", _("It insults or threatens somebody")
        HATE = "HATE", _("It spreads hatred")
        PRIVATE = "PRIVATE", _("It tells private things of somebody")
        ILLEGAL = "ILLEGAL", _("It is against the law")
        OTHER = "OTHER", _("Something else")

    comment = models.ForeignKey(ReaderComment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    text = models.CharField(_("in your words"), max_length=1000, blank=True)
    created_at = models.DateTimeField()
    address_hash = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=49, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "created_at"], name="comments_report_address")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "address_hash"],
                condition=~models.Q(address_hash=""),
                name="comments_report_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.text[:60]}"


class Appeal(models.Model):
    """The author's one answer to a decision."""

    comment = models.OneToOneField(ReaderComment, on_delete=models.CASCADE, related_name="appeal")
    text = models.CharField(_("in your words"), max_length=2000)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.text[:60]
