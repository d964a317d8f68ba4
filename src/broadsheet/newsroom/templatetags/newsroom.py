"""The few tags and filters that the newspaper's templates use."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from wagtail.blocks import StreamValue
from wagtail.models import Site

from broadsheet.comments.memory import once
from broadsheet.newsroom import body, embeds, structured
from broadsheet.newsroom import masthead as mastheads
from broadsheet.newsroom.addresses import absolute as absolute_address
from broadsheet.newsroom.models import (
    ArticlePage,
    ContributorPage,
    FrontPage,
    Photo,
    PhotoRendition,
)
from broadsheet.newsroom.models.stories import Story
from broadsheet.newsroom.sizes import SIZES, Size

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
    if site is None:
        return None
    return once(("masthead", site.pk), lambda: mastheads.masthead(site, request))


class Shared(template.Node):
    """Words that stand on many pages."""

    def __init__(self, nodes: template.NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodes
        self.values = values

    def render(self, context: template.Context) -> SafeString:
        values = (value.resolve(context) for value in self.values)
        key = ("shared", get_language(), *values)
        return once(key, lambda: self.nodelist.render(context))


@register.tag
def shared(parser: Parser, token: Token) -> Shared:
    """`{% shared "name" a b %}…{% endshared %}`: made once for all pages in a row with the same `a` and `b` (and language).

    What is inside may depend on nothing else but the newspaper.
    """
    values = [parser.compile_filter(value) for value in token.split_contents()[1:]]
    nodes = parser.parse(("endshared",))
    parser.delete_first_token()
    return Shared(nodes, values)


@register.simple_tag
def picture_of(photo: Photo, size: str, *, decorative: bool = False) -> SafeString:
    """An `<img>` of `photo` with its widths as AVIF and WebP and its dimensions; with alternative text unless words beside it say all."""
    return _image(photo, SIZES[size], text="" if decorative else photo.description)


@register.simple_tag
def photo_of(photo: Photo, size: str) -> SafeString:
    """The same in a link that opens the photo at its largest. Without alternative text it would be a link without a name."""
    picture = picture_of(photo, size)
    if not photo.description:
        return picture
    widest = SIZES[size].specs_for(photo.width, "avif")[-1]
    url = photo.get_renditions(widest)[widest].url
    return format_html('<a class="photo-large" href="{}">{}</a>', url, picture)


@register.simple_tag
def logo_of(paper: mastheads.Masthead) -> SafeString:
    """The newspaper's logo, which reads as the newspaper's name."""
    return _image(paper.logo, SIZES["logo"], text=paper.name) if paper.logo else SafeString("")


def _image(photo: Photo, wanted: Size, *, text: str) -> SafeString:
    small, common = (wanted.specs_for(photo.width, kind) for kind in ("avif", "webp"))
    found = photo.get_renditions(*small, *common)
    space = wanted.space if wanted.is_first else f"auto, {wanted.space}"
    largest, fallback = found[small[-1]], found[common[-1]]
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}">'
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}></picture>',
        _source_set(found[spec] for spec in small),
        space,
        fallback.url,
        _source_set(found[spec] for spec in common),
        space,
        largest.width,
        largest.height,
        text,
        FETCHED_FIRST if wanted.is_first else FETCHED_LATER,
    )


def _source_set(renditions: Iterable[PhotoRendition]) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


@register.simple_tag
def body_of(value: StreamValue) -> SafeString:
    """An article's body as HTML."""
    return body.html_of(value)


@register.simple_tag
def mail_link(title: str, address: str) -> str:
    """A `mailto:` without a recipient, that carries a headline and its address."""
    return f"mailto:?subject={quote(title)}&body={quote(address)}"


@register.inclusion_tag("newsroom/card.html")
def article_card(page: ArticlePage, story: Story, paper: mastheads.Masthead) -> dict[str, Any]:
    return {"card": structured.article_card(page, story, paper), "paper": paper}


@register.inclusion_tag("newsroom/card.html")
def front_card(page: FrontPage, paper: mastheads.Masthead) -> dict[str, Any]:
    return {"card": structured.front_card(page, paper), "paper": paper}


@register.inclusion_tag("newsroom/card.html")
def contributor_card(page: ContributorPage, paper: mastheads.Masthead) -> dict[str, Any]:
    return {"card": structured.contributor_card(page), "paper": paper}


@register.filter(expects_localtime=True)
def machine_time(time: datetime) -> str:
    """“2026-03-01T14:05:00+0100”, for the attribute `datetime`: a fiftieth of the time that the filter `date` takes."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")


@register.filter(expects_localtime=True)
def day(time: datetime) -> str:
    """The date as one writes it in the language that is active. Lists show many articles of each day."""
    date = time.date()
    return once(("day", get_language(), date), lambda: date_format(date, "DATE_FORMAT"))


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


@register.filter
def host(url: str) -> str:
    """The host of an address, for a reader who wants to know where a link goes."""
    return embeds.host_of(url)


@register.filter
def player(url: str) -> str:
    """The address of a frame that plays it, or an empty string."""
    return embeds.frame_of(url)


@register.filter
def absolute(path: str) -> str:
    """A path at the newspaper's public address."""
    return absolute_address(path)
