"""Who gets the newsletter, and who was asked whether they want it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .belonging import OfNewspaper


class Subscriber(OfNewspaper):
    """An address at one newspaper. Who unsubscribes is deleted: nothing is kept of them."""

    class Status(models.TextChoices):
        ASKED = "ASKED", _("Not confirmed yet")
        CONFIRMED = "CONFIRMED", _("Subscribed")
        BOUNCED = "BOUNCED", _("Can't be reached")

    email = models.EmailField(_("e-mail"))  # in small letters
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    bounce = models.CharField(_("bounce"), max_length=200, blank=True)  # what the mail server said

    class Meta:
        ordering: ClassVar = ["email"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "email"], name="newsletter_subscribed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["status"], name="newsletter_by_status")]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"  # Wagtail's log of deletions keeps it, so it has no address


class Confirmation(models.Model):
    """A letter that asks whether an address wants the newsletter; its row is counted for limits, and soon forgotten."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="confirmations"
    )
    network = models.CharField(max_length=64, blank=True)
    address_hash = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sent_at", "next_try_at"], name="newsletter_asking"),
            models.Index(fields=["network", "created_at"], name="newsletter_asked_from"),
        ]

    def __str__(self) -> str:
        return f"Confirmation {self.pk}"
