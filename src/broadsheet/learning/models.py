"""The log of judgements: what the filter saw, what it said, and what a person decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.spam import Judgement

# Each newspaper of an installation has a filter of its own: the first one, whose filter the spam service begins with, too, is
# this; a further one is known by its site's id.
FIRST = 0


class Source(models.TextChoices):
    """Where a submission came from."""

    COMMENT = "COMMENT", _("A reader's comment")
    AKISMET = "AKISMET", _("Another site, through the Akismet interface")
    IMPORT = "IMPORT", _("An import")
    OFFER = "OFFER", _("A contribution to the paper")


class Decision(models.TextChoices):
    """What a person said about a submission."""

    NONE = "NONE", _("Nobody decided")
    HAM = "HAM", _("Not spam")
    SPAM = "SPAM", _("Spam")


class LoggedJudgement(models.Model):
    """One submission, the filter's verdict at the time, and the decision that the filter learns from."""

    source = models.CharField(max_length=8, choices=Source.choices)
    paper = models.BigIntegerField(default=FIRST, db_default=FIRST)  # whose filter learns from it
    origin = models.CharField(max_length=255, blank=True)  # which other site, for AKISMET
    submission = models.JSONField(null=True)  # a spam.Submission's fields; null once erased
    judgement = models.CharField(
        max_length=6, choices=[(judgement.value, judgement.value) for judgement in Judgement]
    )
    spam_probability = models.FloatField()  # 0.0 to 1.0
    clues = models.JSONField(default=list)  # spam.Clue's fields; emptied with the submission
    judged_at = models.DateTimeField()
    decision = models.CharField(max_length=4, choices=Decision.choices, default=Decision.NONE)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    lesson = models.BigIntegerField(null=True, unique=True)  # its place in the order of decisions

    class Meta:
        indexes = [models.Index(fields=["source", "judged_at"], name="learning_source_time")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.judgement}, {self.get_decision_display()}"


_ONLY = 1  # the key of the only row of Head


class Head(models.Model):
    """How far the log goes. One row; whoever writes a lesson holds its lock until the commit.

    So lessons become visible in the order of their numbers, and a process that has learnt up to `position`
    has missed nothing before it: with plain ids of rows that others are writing this would not hold.
    """

    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Lessons up to {self.position}"

    @classmethod
    def locked(cls) -> "Head":
        """The row, held until the transaction's end: meanwhile nobody else decides, takes back or erases anything."""
        head, _ = cls.objects.select_for_update().get_or_create(pk=_ONLY)
        return head

    def next(self) -> int:
        """The next position; to be saved."""
        self.position += 1
        return self.position


class Amendment(models.Model):
    """A lesson that was taken back: filters are to be rebuilt from before it. Lesson 0: from the filter that is kept instead."""

    position = models.BigIntegerField(unique=True)
    lesson = models.BigIntegerField()
    paper = models.BigIntegerField(default=FIRST, db_default=FIRST)  # the lesson's

    def __str__(self) -> str:
        return f"Lesson {self.lesson} was taken back"


class KeptFilter(models.Model):
    """A newspaper's filter as it was at a position of the log: what erased texts have taught is here alone.

    All rows hold: who takes a lesson back removes those that have learnt it.
    """

    paper = models.BigIntegerField(default=FIRST, db_default=FIRST)
    position = models.BigIntegerField()
    file = models.BinaryField()  # as spam.storage packs it: numbers, with a version and a checksum

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="learning_one_at_position")
        ]

    def __str__(self) -> str:
        return f"The filter at {self.position}"
