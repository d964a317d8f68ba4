"""Wagtail's renditions, with the photo's notice in them and nothing private."""

from typing import TYPE_CHECKING, Any

from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from .notice import Notice, stamped

if TYPE_CHECKING:
    from broadsheet.newsroom.models import Photo


class Stamp(FilterOperation):
    """The last operation of every filter."""

    def construct(self) -> None:
        """It has no parameters."""

    def run(self, willow: Any, image: "Photo", env: dict[str, str]) -> Any:
        notice = Notice(image.credit, image.copyright, image.licence, image.licence_address)
        kind = env.get("output-format") or env["original-format"]
        return PillowImage(stamped(willow.image, notice, opaque=kind == "jpeg"))


class StampedFilter(Filter):
    """A filter that ends with the stamp."""

    @property
    def filter_operations(self) -> list[Any]:
        return [*super().filter_operations, Stamp("stamp")]
