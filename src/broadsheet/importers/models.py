"""Where everything that was imported came from: what makes an import repeatable, and lets it go on after a stop."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Archive(models.Model):
    """An old site that something was imported from."""

    address = models.CharField(max_length=200)  # without scheme: "old.example/news"
    site = models.ForeignKey(  # whose newspaper; None: the first's, brought by an older version
        "wagtailcore.Site", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    is_unfinished = models.BooleanField(default=False)  # a run is under way, or was cut off

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address", "site"], name="importers_archive_of_paper")
        ]

    def __str__(self) -> str:
        return self.address


class Imported(models.Model):
    """One thing of an archive, and what it became here. What was deleted here since stays deleted."""

    class Kind(models.TextChoices):
        CONTRIBUTOR = "CONTRIBUTOR", _("Contributor")
        SECTION = "SECTION", _("Section")
        PHOTO = "PHOTO", _("Photo of the library")
        PHOTO_ADDRESS = "PHOTO_ADDRESS", _("Photo known by its address only")
        FILE = "FILE", _("File")
        ARTICLE = "ARTICLE", _("Article")
        PAGE = "PAGE", _("Page")
        LINK = "LINK", _("Link")  # of a menu; its object is the newspaper
        LESSON = "LESSON", "Lesson"  # of the spam filter; it names no object

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="imported")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    source_id = models.CharField(max_length=191)
    object_id = models.BigIntegerField()
    is_placeholder = models.BooleanField(default=False)  # of a photo: its file was not at hand
    changed_at = models.DateTimeField(null=True)  # of a story: on the old site, when it was brought

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["archive", "kind", "source_id"], name="importers_once_each"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "object_id"], name="importers_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
