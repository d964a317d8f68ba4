"""Photos carry their alternative text, caption, credit and rights wherever they go."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files import File
from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from broadsheet.newsroom import licences
from broadsheet.newsroom.pictures.metadata import Found
from broadsheet.newsroom.pictures.renditions import StampedFilter


class Photo(AbstractImage):
    """An uploaded picture. Wagtail's `description` is its alternative text."""

    caption = models.TextField(_("caption"), blank=True, help_text=_("Shown below the photo."))
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it, and for whom: “Photo: Amal Haddad / Harbour Agency”."),
    )
    copyright = models.CharField(_("copyright notice"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("What others may do with it. Your own words may be an address, too."),
    )
    licence_url = models.URLField(
        _("address of the licence"),
        blank=True,
        max_length=500,
        help_text=_("Where your own words are explained; common licences have theirs."),
    )
    source = models.URLField(
        _("source"), blank=True, max_length=500, help_text=_("Where it was published.")
    )

    found = models.JSONField(
        default=dict, editable=False, help_text=_("What the file says: a pictures.metadata.Found.")
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "copyright",
        "licence",
        "licence_url",
        "source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def licence_address(self) -> str:
        """Where its licence can be read, "" where nobody knows."""
        return licences.address_of(self.licence) or self.licence_url

    @property
    def licence_label(self) -> str:
        """How its licence is called, "" if that is only an address."""
        return licences.label_of(self.licence)

    def take_over(self, found: Found) -> None:
        """Fill what nobody wrote with what the file says, and remember that."""
        self.found = found.as_dict()
        for name, text in self.found.items():
            if not getattr(self, name):
                setattr(self, name, text[: self._meta.get_field(name).max_length])

    def generate_rendition_file(
        self,
        filter: Filter,
        *,
        source: "File[bytes] | None" = None,
    ) -> "File[bytes]":
        """With credit, copyright and licence in it, and nothing else that the original tells."""
        stamping = StampedFilter(filter.spec)
        rendition: File[bytes] = super().generate_rendition_file(stamping, source=source)
        return rendition

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")


def with_renditions() -> "QuerySet[Photo]":
    """Photos with all their sizes fetched along: one query more, whatever their number."""
    found: QuerySet[Photo] = Photo.objects.prefetch_renditions()
    return found


def fetch_renditions(photos: Sequence[Photo]) -> None:
    """The same for photos that are already here."""
    photos = [photo for photo in photos if not hasattr(photo, "prefetched_renditions")]
    if not photos:
        return
    renditions = models.Prefetch(
        "renditions", PhotoRendition.objects.all(), to_attr="prefetched_renditions"
    )
    prefetch_related_objects(photos, renditions)


class Renditions(models.Manager["PhotoRendition"]):
    """Where several processes or nodes make the same sizes, all of them show the files of whoever was first."""

    def bulk_create(
        self, objs: "Iterable[PhotoRendition]", *options: Any, **more: Any
    ) -> "list[PhotoRendition]":
        """The rows as they are afterwards. Files that were made here, and no row names, are removed.

        Wagtail looks for rows of others before it gets here, but not after. They are inserted in one order, so that two
        nodes never wait for each other.
        """
        made = super().bulk_create(sorted(objs, key=_of_what), *options, **more)
        images = {one.image_id for one in made}
        specs = {one.filter_spec for one in made}
        rows = self.filter(image__in=images, filter_spec__in=specs).select_related("image")
        kept = {_of_what(row): row for row in rows}
        for one in made:
            row = kept.get(_of_what(one), one)
            if row.file.name != one.file.name:
                one.file.delete(save=False)
        return [kept.get(_of_what(one), one) for one in made]


def _of_what(rendition: "PhotoRendition") -> tuple[int, str, str]:
    return rendition.image_id, rendition.filter_spec, rendition.focal_point_key


class PhotoRendition(AbstractRendition):
    """A size and format of a photo, made once."""

    objects = Renditions()

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("photo rendition")
        verbose_name_plural = _("photo renditions")
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="newsroom_one_rendition_per_filter",
            )
        ]
