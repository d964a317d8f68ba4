"""The few tags and filters that the newspaper's templates use."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from wagtail.models import Site

from broadsheet.newsroom import masthead as mastheads
from broadsheet.newsroom.addresses import absolute as absolute_address
from broadsheet.newsroom.models import Photo
from broadsheet.newsroom.sizes import SIZES

register = template.Library()

FETCHED_FIRST = SafeString(' fetchpriority="high"')
FETCHED_LATER = SafeString(' loading="lazy" decoding="async"')


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
    specs = wanted.specs_for(photo.width)
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
        FETCHED_FIRST if wanted.is_first else FETCHED_LATER,
    )


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


@register.filter
def host(url: str) -> str:
    """The host of an address, for a reader who wants to know where a link goes."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def absolute(path: str) -> str:
    """A path at the newspaper's public address."""
    return absolute_address(path)
