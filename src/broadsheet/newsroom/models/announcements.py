"""What has to be told to others: that a feed or an article is new."""

from typing import ClassVar

from django.db import models


class Channel(models.TextChoices):
    """Whom to tell."""

    HUB = "HUB", "WebSub"
    INDEXNOW = "INDEXNOW", "IndexNow"


class Announcement(models.Model):
    """One address of a newspaper that one of them has to hear of. Told twice it is only once."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    path = models.CharField(max_length=1000)
    site = models.ForeignKey(  # whose newspaper; None: the first's, noted by an older version
        "wagtailcore.Site", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # that failed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "path", "site"], name="newsroom_announced_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "due_at"], name="newsroom_announcement_due")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.path}"
