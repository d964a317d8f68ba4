"""A reader's comment, its place in the discussion of a page, and what happened to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.learning.models import Decision


class Status(models.TextChoices):
    """Where a comment stands. Only what is PUBLISHED is served."""

    HELD = "HELD", _("Held for a moderator")
    PUBLISHED = "PUBLISHED", _("Published")
    SPAM = "SPAM", _("Spam")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn by its author")
    ERASED = "ERASED", _("Erased")


class Discussion(models.Model):
    """The comments of one page, counted when they change rather than when they are read.

    Published comments stand on sheets, numbered from 1. A comment never changes its sheet, so its address stays.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    published = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)  # as lists of articles show it, a little later
    sheets = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.published} comments on page {self.page_id}"


class ReaderComment(models.Model):
    """What a reader wrote on a page, and how it came.

    The e-mail address, the network and the hash of the address are never served, and go when their time is over.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    status = models.CharField(max_length=9, choices=Status.choices)
    author = models.CharField(_("name"), max_length=80)
    author_key = models.CharField(max_length=32)  # keyed hash of who wrote: for the drawn portrait
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    email_hash = models.CharField(max_length=32, blank=True, db_index=True)
    web_address = models.CharField(_("web address"), max_length=300, blank=True)
    text = models.TextField(_("text"))  # as typed, in the small Markdown
    is_html = models.BooleanField(default=False)  # imported: `text` is HTML as it came
    html = models.TextField(blank=True)  # the entry as it is printed; empty until published
    sheet = models.PositiveIntegerField(null=True)  # of the discussion; empty until published
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, blank=True)
    receipt_number = models.PositiveIntegerField(default=1)  # raised to revoke the receipt's link
    network = models.CharField(max_length=49, blank=True)  # a /24 or a /48
    address_hash = models.CharField(max_length=32, blank=True)  # keyed; an IPv6 one by its /64
    user_agent = models.CharField(max_length=300, blank=True)
    sent_once = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001, absent ones are not equal
    silently = models.BooleanField(default=False)  # rejected without telling the author
    held_because = models.CharField(max_length=200, blank=True)  # in words for the author
    work_bits = models.PositiveSmallIntegerField(
        default=0
    )  # a proof of so much work publishes it; 0: none
    rule = models.CharField(max_length=400, blank=True)  # the rule that decided, for the desk
    reason = models.CharField(max_length=200, blank=True)  # for the author, when rejected
    judgement = models.OneToOneField(
        "learning.LoggedJudgement", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    source = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001, only what was imported has one

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["page", "sheet"], name="comments_page_sheet"),
            models.Index(fields=["status", "created_at"], name="comments_status_time"),
            models.Index(fields=["address_hash", "created_at"], name="comments_address_time"),
            models.Index(fields=["network", "created_at"], name="comments_network_time"),
        ]
        permissions = [("moderate", _("Can moderate readers' comments"))]
        verbose_name = _("reader's comment")
        verbose_name_plural = _("readers' comments")

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class Revision(models.Model):
    """What a comment said before its author changed it."""

    comment = models.ForeignKey(ReaderComment, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    until = models.DateTimeField()
    judgement = models.OneToOneField(
        "learning.LoggedJudgement", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Event(models.Model):
    """One change of a comment's status: the log of who decided what."""

    comment = models.ForeignKey(ReaderComment, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(max_length=9, choices=Status.choices)
    after = models.CharField(max_length=9, choices=Status.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # null: the author
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    decided_before = models.CharField(
        max_length=4, choices=Decision.choices, default=Decision.NONE, db_default=Decision.NONE
    )  # what the filter had been taught of the comment
    silently = models.BooleanField(default=False, db_default=False)  # the comment was so before

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
