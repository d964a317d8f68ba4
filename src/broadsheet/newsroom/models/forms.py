"""The forms in which editors write articles, and name sections and other pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.models import Site

from broadsheet.newsroom.reserved import is_the_applications

from .photos import Photo
from .readiness import embargoed, missing
from .settings import Newspaper


class TopPageForm(WagtailAdminPageForm):
    """Refuses an address below which no reader would ever see a page."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        is_top = self.parent_page is not None and self.parent_page.is_site_root()
        if is_top and "slug" in self.changed_data and is_the_applications(slug):
            raise ValidationError(_("The application has this address for itself. Choose another."))
        return slug


class ArticleForm(WagtailAdminPageForm):
    """Forgets what was said about the last publication only; refuses to publish photos without credit or description."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_typographical"] = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:  # a draft may lack what it likes
            self._check_photos(cleaned)
            self._check_embargo(cleaned)
        if cleaned.get("translation_of"):
            cleaned["translation_of"] = self._original(cleaned)
        return cleaned

    def _original(self, cleaned: dict[str, Any]) -> Any:
        """Translations of a translation are of its original."""
        named = cleaned["translation_of"].specific
        original = named.translation_of or named
        if original.pk == self.instance.pk:
            self.add_error("translation_of", _("An article can't be a translation of itself."))
        elif self.instance.pk and self.instance.translations.exists():
            self.add_error("translation_of", _("Other articles are translations of this one."))
        return original

    def _check_embargo(self, cleaned: dict[str, Any]) -> None:
        now = timezone.now()  # noqa: TID251, the edge: an editor publishes
        until, go_live_at = cleaned.get("embargo_until"), cleaned.get("go_live_at")
        if problem := embargoed(until, go_live_at, now=now):
            self.add_error("embargo_until", problem)

    def _check_photos(self, cleaned: dict[str, Any]) -> None:
        site = self.parent_page.get_site() if self.parent_page else self.instance.get_site()
        newspaper = Newspaper.for_site(site or Site.objects.get(is_default_site=True))
        hero, body = cleaned.get("hero"), cleaned.get("body")
        if hero is not None and (problem := missing(hero, newspaper)):
            self.add_error("hero", problem)
        errors = _in_body(body, newspaper) if body else {}
        if errors:
            self.add_error("body", StreamBlockValidationError(block_errors=errors))


def _in_body(body: StreamValue, newspaper: Newspaper) -> dict[int, ValidationError]:
    """Block number → the error to show beside its photo."""
    errors: dict[int, ValidationError] = {}
    for number, block in enumerate(body):
        if block.block_type == "photo":
            error = _beside_photo(block.value["photo"], newspaper)
        elif block.block_type == "gallery":
            error = _in_gallery(block.value["photos"], newspaper)
        else:
            continue
        if error is not None:
            errors[number] = error
    return errors


def _beside_photo(photo: Photo | None, newspaper: Newspaper) -> ValidationError | None:
    problem = missing(photo, newspaper) if photo else ""
    return _beside("photo", ValidationError(problem)) if problem else None


def _beside(field: str, error: ValidationError) -> ValidationError:
    found: ValidationError = StructBlockValidationError(block_errors={field: error})
    return found


def _in_gallery(items: Any, newspaper: Newspaper) -> ValidationError | None:
    found = {
        number: error
        for number, item in enumerate(items)
        if (error := _beside_photo(item["photo"], newspaper)) is not None
    }
    return _beside("photos", ListBlockValidationError(block_errors=found)) if found else None
