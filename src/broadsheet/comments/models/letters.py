"""Who is told of replies, and what waits to be mailed."""

from django.db import models

from .comments import ReaderComment


class Subscription(models.Model):
    """An author who wants to be told of replies on a page. Nothing is mailed before the address was confirmed."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    email = models.CharField(max_length=254)
    email_hash = models.CharField(max_length=32)
    comment = models.ForeignKey(ReaderComment, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # when the confirmation was mailed; only once
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when replies were mailed last

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "email_hash"], name="comments_subscribed_once")
        ]

    def __str__(self) -> str:
        return f"Replies on page {self.page_id}"


class Letter(models.Model):
    """Something to mail, written in the transaction that causes it; the background worker sends it."""

    class Kind(models.TextChoices):
        RECEIPT = "RECEIPT", "The private link of a comment"
        CONFIRM = "CONFIRM", "Do you want to be told of replies?"
        REPLY = "REPLY", "There is a reply"
        DATA = "DATA", "The link to all that is stored of an author"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    comment = models.ForeignKey(ReaderComment, on_delete=models.CASCADE, related_name="+")
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="comments_letter_next")]

    def __str__(self) -> str:
        return f"{self.kind} about comment {self.comment_id}"
