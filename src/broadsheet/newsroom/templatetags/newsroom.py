"""The few tags and filters that the newspaper's templates use."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from wagtail.models import Site

from broadsheet.newsroom import masthead as mastheads
from broadsheet.newsroom.models import Photo

register = template.Library()


@dataclass(frozen=True, slots=True)
class Size:
    """How a photo is printed: widths in pixels for `srcset`, and the space it takes as `sizes` wants it."""

    widths: tuple[int, ...]
    space: str
    lazy: bool = True


SIZES = {
    "hero": Size((640, 1080, 1600), "(min-width: 70rem) 66rem, 100vw", lazy=False),
    "full": Size((640, 1080, 1600), "100vw"),
    "wide": Size((640, 1080, 1600), "(min-width: 60rem) 58rem, 100vw"),
    "column": Size((480, 800, 1200), "(min-width: 42rem) 40rem, 100vw"),
    "gallery": Size((320, 640, 960), "(min-width: 42rem) 20rem, 50vw"),
    "teaser": Size((320, 640, 960), "(min-width: 60rem) 30rem, 100vw"),
    "portrait": Size((96, 192), "6rem"),
}


@register.simple_tag(takes_context=True)
def masthead(context: template.Context) -> mastheads.Masthead | None:
    """The masthead of the site that the request, or else the page, belongs to."""
    request = context.get("request")
    site = (
        Site.find_for_request(request)
        if request
        else Site.objects.filter(is_default_site=True).first()
    )
    return mastheads.masthead(site, request) if site else None


@register.simple_tag
def picture_of(photo: Photo, size: str) -> SafeString:
    """An `<img>` of `photo` with its widths as WebP, its alternative text, and its dimensions."""
    wanted = SIZES[size]
    specs = [f"width-{width}|format-webp" for width in wanted.widths if width <= photo.width] or [
        "original|format-webp"
    ]
    found = photo.get_renditions(*specs)
    renditions = [found[spec] for spec in specs]
    largest = renditions[-1]
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        largest.url,
        ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions),
        wanted.space,
        largest.width,
        largest.height,
        photo.description,
        SafeString(' loading="lazy" decoding="async"') if wanted.lazy else "",
    )


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


@register.filter
def host(url: str) -> str:
    """The host of an address, for a reader who wants to know where a link goes."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
