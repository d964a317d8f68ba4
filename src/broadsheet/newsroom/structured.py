"""What search engines and messengers read in a page's head: cards, schema.org's NewsArticle.

https://schema.org/NewsArticle, https://ogp.me
"""

import json
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from broadsheet.comments.addresses import path_of

from .addresses import absolute
from .masthead import Masthead
from .models import ArticlePage, ContributorPage, FrontPage, Photo, stories
from .models.stories import Story
from .oembed import address_for
from .sizes import SIZES

MOST_IMAGES = 50  # photos of a text that are described
CARD = "fill-1200x630|format-jpeg"  # what messengers show; not all of them read WebP
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Card:
    """A page in the words of its head. Addresses are absolute."""

    kind: str  # "article", "profile" or "website"
    title: str
    description: str
    address: str
    image: str  # "" without one
    image_text: str
    oembed: str  # where others ask for its card, "" without one
    data: SafeString  # JSON-LD, safe between <script> tags


def script_safe(data: dict[str, Any]) -> SafeString:
    """JSON that can't end the `<script>` element it stands in, nor begin a comment there."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def article_card(page: ArticlePage, story: Story, paper: Masthead) -> Card:
    image = _image(page.hero)
    address = absolute(path_of(page))
    description = page.search_description or page.standfirst
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": description,
        "url": address,
        "mainEntityOfPage": address,
        "articleSection": story.section,
        "keywords": [tag.name for tag in story.tags],
        "inLanguage": page.language or get_language(),
        "isAccessibleForFree": True,
        "image": _image_objects(page),
        "author": _people(story, "TEXT", "REPORTING"),
        "translator": _people(story, "TRANSLATION"),
        "contributor": _people(story, "PHOTOS"),
        "publisher": _publisher(paper),
        "datePublished": page.first_published_at and page.first_published_at.isoformat(),
        "dateModified": page.updated_at and page.updated_at.isoformat(),
        "correction": _corrections(story),
    }
    return Card(
        kind="article",
        title=page.seo_title or page.title,
        description=description,
        address=address,
        image=image,
        image_text=page.hero.description if page.hero else "",
        oembed=address_for(address),
        data=script_safe({key: value for key, value in data.items() if value}),
    )


def _corrections(story: Story) -> list[dict[str, str]]:
    return [
        {
            "@type": "CorrectionComment",
            "text": correction.text,
            "datePublished": correction.corrected_at.isoformat(),
        }
        for correction in story.corrections
    ]


def front_card(page: FrontPage, paper: Masthead) -> Card:
    address = absolute(paper.home_url)
    description = page.search_description or paper.description or paper.motto
    data = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": paper.name,
        "url": address,
        "publisher": _publisher(paper),
    }
    return Card("website", paper.name, description, address, "", "", "", script_safe(data))


def contributor_card(page: ContributorPage) -> Card:
    """A person's, or a collective's. https://schema.org/ProfilePage"""
    address, image = absolute(path_of(page)), _image(page.portrait)
    description = page.search_description or " ".join(strip_tags(page.biography).split())
    told = {"description": description, "image": image, "jobTitle": page.role}
    if page.is_collective:
        del told["jobTitle"]
    data = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": address,
        "mainEntity": _somebody(page.title, address, page.profiles(), page.is_collective)
        | {key: value for key, value in told.items() if value},
    }
    text = page.portrait.description if page.portrait else ""
    return Card("profile", page.title, description, address, image, text, "", script_safe(data))


def _people(story: Story, *roles: str) -> list[dict[str, Any]]:
    """Those who had a part of one of these `Byline.Role`s in it."""
    return [
        _somebody(
            signature.name,
            absolute(signature.url) if signature.url else "",
            signature.profiles,
            signature.is_collective,
        )
        for credit in story.credits
        for signature in credit.signatures
        if signature.role in roles
    ]


def _somebody(
    name: str,
    address: str,
    profiles: tuple[str, ...],
    is_collective: bool,  # noqa: FBT001, one of two kinds
) -> dict[str, Any]:
    kind = "Organization" if is_collective else "Person"
    found = {"@type": kind, "name": name, "url": address, "sameAs": list(profiles)}
    return {key: value for key, value in found.items() if value}


def _publisher(paper: Masthead) -> dict[str, str]:
    return {
        "@type": "NewsMediaOrganization",
        "name": paper.name,
        "url": absolute(paper.home_url),
    }


def _image_objects(page: ArticlePage) -> list[dict[str, str]]:
    """The hero as messengers show it, then the photos of the text in a size that the page has anyway."""
    found = [_image_object(page.hero, page.hero_caption, _image(page.hero))] if page.hero else []
    for figure in islice(stories.figures(page.body), MOST_IMAGES):
        spec = SIZES[figure.size].specs_for(figure.photo.width, "webp")[-1]
        address = absolute(figure.photo.get_renditions(spec)[spec].url)
        found.append(_image_object(figure.photo, figure.caption, address))
    return found


def _image_object(photo: Photo, caption: str, address: str) -> dict[str, str]:
    found = {
        "@type": "ImageObject",
        "url": address,
        "caption": caption or photo.caption,
        "creditText": photo.credit,
        "copyrightNotice": photo.copyright,
        "license": photo.licence_address,
    }
    return {key: value for key, value in found.items() if value}


def _image(photo: Photo | None) -> str:
    return absolute(photo.get_rendition(CARD).url) if photo else ""
