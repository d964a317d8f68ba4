"""What people without an account offer the paper: a pitch or a finished piece, and the talk about it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Contribution(models.Model):
    """An offer. Its article is an ordinary draft; its key is made from its number by the site's secret."""

    class Kind(models.TextChoices):
        PIECE = "PIECE", _("A finished piece")
        PITCH = "PITCH", _("A pitch: what you would like to write")

    class Status(models.TextChoices):
        RECEIVED = "RECEIVED", _("With the editors")
        QUESTION = "QUESTION", _("The editors have a question")
        ACCEPTED = "ACCEPTED", _("Accepted")
        PUBLISHED = "PUBLISHED", _("Published")
        DECLINED = "DECLINED", _("Declined")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        SPAM = "SPAM", _("Spam")

    site = models.ForeignKey(  # to whose newspaper; None: the first, taken by an older version
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,  # offers are few
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.RECEIVED
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    headline = models.CharField(_("headline"), max_length=200)
    html = models.TextField(_("text"), help_text=_("As it came, cleaned."))
    language = models.CharField(_("language"), max_length=10)
    article = models.OneToOneField(
        "newsroom.ArticlePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contribution",
    )
    photos = models.ManyToManyField("newsroom.Photo", blank=True, related_name="+")
    judgement = models.ForeignKey(
        "learning.LoggedJudgement", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    address_hash = models.CharField(max_length=32, blank=True)  # for limits; empty after a day
    created_at = models.DateTimeField(_("sent"))
    changed_at = models.DateTimeField(_("changed"))

    OPEN: ClassVar = (Status.RECEIVED, Status.QUESTION, Status.ACCEPTED)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["address_hash", "created_at"], name="newsroom_offers")
        ]
        permissions: ClassVar = [("decide_contribution", "Can decide about contributions")]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN


class ContributionMessage(models.Model):
    """A line of the talk between the editors and the contributor."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="messages"
    )
    is_editors = models.BooleanField()
    text = models.TextField(_("message"))
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class ContributionLetter(models.Model):
    """Mail that waits, or went: that something about a contribution has changed."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="letters")
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sent_at", "next_try_at"], name="newsroom_letters")
        ]

    def __str__(self) -> str:
        return str(self.contribution)
