"""An edition of the newsletter, what it holds, and the letters that it becomes."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, PreviewableMixin

from .belonging import OfNewspaper
from .subscribers import Subscriber


class Edition(OfNewspaper, PreviewableMixin, ClusterableModel):
    """What is sent is composed once, when the sending begins; later changes of articles don't change it."""

    class Selection(models.TextChoices):
        AUTOMATIC = "AUTOMATIC", _("Everything published since the last edition")
        CURATED = "CURATED", _("The articles below, in their order")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        SCHEDULED = "SCHEDULED", _("Scheduled")
        SENDING = "SENDING", _("Being sent")
        PAUSED = "PAUSED", _("Paused")
        SENT = "SENT", _("Sent")
        CANCELLED = "CANCELLED", _("Cancelled")

    subject = models.CharField(_("subject"), max_length=150)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("*Emphasis*, **strong** and links work.")
    )
    selection = models.CharField(
        _("articles"), max_length=9, choices=Selection.choices, default=Selection.AUTOMATIC
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    scheduled_at = models.DateTimeField(_("to be sent"), null=True, editable=False)
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sent"), null=True, editable=False)
    html = models.TextField(editable=False)  # as composed when the sending began
    text = models.TextField(editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False)  # the mail server's word

    panels = [
        FieldPanel("subject"),
        FieldPanel("introduction"),
        FieldPanel("selection"),
        InlinePanel("chosen", heading=_("Articles"), label=_("Article")),
    ]

    class Meta:
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [("send_edition", "Can send editions of the newsletter")]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.subject

    preview_modes: ClassVar = [("html", "HTML"), ("text", _("Plain text"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002, Wagtail's
        return f"newsletter/office/preview_{mode_name}.html"


class EditionArticle(Orderable):
    """An article that was chosen for an edition."""

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="chosen")
    article = models.ForeignKey(
        "newsroom.ArticlePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("article"),
    )

    panels: ClassVar[list[Any]] = [PageChooserPanel("article")]

    def __str__(self) -> str:
        return str(self.article)


class Delivery(models.Model):
    """One letter to one subscriber. HANDED is written before the mail server gets it: nobody gets it twice by itself."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        HANDED = "HANDED", _("Unclear")  # with the mail server, unless the process was killed
        SENT = "SENT", _("Sent")
        BOUNCED = "BOUNCED", _("Came back")
        FAILED = "FAILED", _("Failed")
        LEFT_OUT = "LEFT_OUT", _("Left out")  # unsubscribed meanwhile, or the edition was cancelled

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "subscriber"], name="newsletter_once_each")
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "state", "next_try_at"], name="newsletter_next"),
            models.Index(fields=["handed_at"], name="newsletter_pace"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
