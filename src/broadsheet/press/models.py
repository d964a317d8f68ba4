"""What the press keeps in the database: who prints, what is to be printed, and where each page stood when it was."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Node(models.Model):
    """A folder of printed pages somewhere: one for each newspaper on each machine that serves it."""

    name = models.CharField(max_length=64, unique=True)
    machine = models.CharField(max_length=64, db_default="")  # what its first folder is called
    site = models.ForeignKey(  # whose newspaper it is; None while there is none yet
        "wagtailcore.Site", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(help_text=_("When it last looked for orders."))

    def __str__(self) -> str:
        return self.name


class Subject(models.TextChoices):
    """What an order is about."""

    PATH = "PATH", _("What belongs at a URL path")
    PAGE = "PAGE", _("Every path that shows a page of the tree")
    EVERYTHING = "EVERYTHING", _("Every path there is")
    FORMS = "FORMS", _("Smaller compressed forms of a printed page")
    PURGE = "PURGE", _("Copies of a printed page in caches")


class Turn(models.IntegerChoices):
    """When it is an order's turn."""

    NEXT = 0, _("Next")
    AFTER = 1, _("After all others")  # one of very many


class PrintOrder(models.Model):
    """Something that one node has to print again.

    Written in the transaction of the change: a second order for the same path is a second row. So writers don't wait for
    each other, and an order that arrives while its path is being printed is not lost. Whoever prints a path takes those of
    its rows that it saw before it began: a page that was printed in haste is then ordered in smaller forms.
    """

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="orders")
    subject = models.CharField(max_length=10, choices=Subject.choices)
    path = models.CharField(max_length=1000, blank=True)
    page_id = models.BigIntegerField(
        null=True, blank=True
    )  # with a path: only its discussion changed
    turn = models.SmallIntegerField(choices=Turn.choices, default=Turn.NEXT)
    ordered_at = models.DateTimeField(db_default=Now())
    failures = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)  # set when printing has failed

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node", "subject", "turn", "id"], name="press_next"),
            models.Index(fields=["node", "path"], name="press_by_path"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.path or self.page_id or ''}".strip()


class Placement(models.Model):
    """Where a page stood, and who listed it, when its node last looked: what to print again when that changes."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="placements")
    page_id = models.BigIntegerField()
    path = models.CharField(max_length=1000)
    lists = models.JSONField(default=list)  # URL paths of the lists that it is on
    month = models.CharField(max_length=20, blank=True)  # URL path of its month's archive
    published_at = models.DateTimeField(null=True)  # its place on those lists
    face = models.TextField(blank=True)  # what every page shows of it, or ""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "page_id"], name="press_one_placement")
        ]
        indexes: ClassVar = [models.Index(fields=["node", "path"], name="press_placement_path")]

    def __str__(self) -> str:
        return self.path


class Withdrawn(models.Model):
    """An address of a page that was public and is no more: asked for it, we say that it is gone (410), not unknown (404).

    By the place in Wagtail's tree, which tells several newspapers apart. It goes when a page is published there again.
    """

    url_path = models.CharField(max_length=500, unique=True)
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.url_path


class ListLength(models.Model):
    """How many articles a list has, by the placements that its node has noted."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="list_lengths")
    path = models.CharField(max_length=1000)  # the list's URL path
    articles = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "path"], name="press_one_length")
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.articles}"
