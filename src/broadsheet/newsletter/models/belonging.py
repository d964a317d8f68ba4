"""What each newspaper of an installation has of its own."""

from typing import ClassVar, Self

from django.db import models
from wagtail.models import Site

from broadsheet.comments.offices import Kept, or_the_first


class OfNewspaper(models.Model):
    """A row that belongs to one newspaper, and that only its office finds."""

    site = models.ForeignKey(  # None: the first's, written by an older version
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # what is found by it has an index with more in it, or few rows
    )

    objects: ClassVar["Kept[Self]"] = Kept()

    class Meta:
        abstract = True

    @property
    def newspaper_site(self) -> Site:
        """Of the newspaper that it belongs to."""
        return or_the_first(self.site)
