"""Content as WordPress keeps it, and the blocks that it becomes."""

from typing import Any

from broadsheet.importers.blocks import PhotoReference
from broadsheet.importers.wordpress.convert import convert


def blocks(content: str, **options: Any) -> list[tuple[str, Any]]:
    return [(block.type, block.value) for block in convert(content, **options).blocks]


def a_photo(photo: PhotoReference, caption: str = "", width: str = "column") -> tuple[str, Any]:
    return ("photo", {"photo": photo, "caption": caption, "width": width})


PIER = PhotoReference("https://old.example/pier.jpg", source_id=7, alt="The pier")


PIER_TAG = '<img class="size-full wp-image-7" src="https://old.example/pier.jpg" alt="The pier" />'


WITH_CAPTION = PhotoReference(PIER.url, 7, PIER.alt, caption="The pier at dawn")


def block(name: str, inner: str, notes: str = "") -> str:
    return f"<!-- wp:{name} {notes + ' ' if notes else ''}-->\n{inner}\n<!-- /wp:{name} -->"
