"""How other sites show a link to an article: https://oembed.com, as a link with title, author and picture."""

from typing import Any
from urllib.parse import unquote, urlencode
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from wagtail.models import Site

from .addresses import absolute
from .models import ArticlePage, Newspaper
from .models.stories import signatures

THUMBNAIL = "fill-480x320|format-jpeg"
CACHED = 3600  # seconds


def address_for(url: str) -> str:
    """Where to ask for the card of the page at the absolute address `url`."""
    return f"{absolute(reverse('oembed'))}?{urlencode({'url': url})}"


def provide(request: HttpRequest) -> HttpResponse:
    """`?url=…&format=json|xml`; not found for what is no public article, 501 for another format."""
    kind = request.GET.get("format", "json")
    if kind not in {"json", "xml"}:
        return HttpResponse("json or xml\n", status=501, content_type="text/plain")
    card = _card(_article(request, request.GET.get("url", "")), request)
    response = JsonResponse(card) if kind == "json" else _xml(card)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={CACHED}"
    return response


def _article(request: HttpRequest, url: str) -> ArticlePage:
    site = Site.find_for_request(request)
    path = unquote(url.partition("?")[0].partition("#")[0].removeprefix(absolute("")))
    if site is None or not url.startswith(absolute("/")) or len(url) > 2000 or "\0" in path:
        raise Http404
    url_path = site.root_page.url_path.rstrip("/") + path.rstrip("/") + "/"
    found: ArticlePage | None = (
        ArticlePage.objects.live().public().filter(url_path=url_path).select_related("hero").first()
    )
    if found is None:
        raise Http404
    return found


def _card(article: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    newspaper = Newspaper.for_site(Site.find_for_request(request))
    signed = signatures(article, request, portraits=False)
    card: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": article.title,
        "author_name": ", ".join(signature.name for signature in signed),
        "author_url": absolute(signed[0].url) if signed and signed[0].url else "",
        "provider_name": newspaper.name,
        "provider_url": absolute("/"),
        "cache_age": CACHED,
    }
    if article.hero:
        rendition = article.hero.get_rendition(THUMBNAIL)
        card |= {
            "thumbnail_url": absolute(rendition.url),
            "thumbnail_width": rendition.width,
            "thumbnail_height": rendition.height,
        }
    return {name: value for name, value in card.items() if value}


def _xml(card: dict[str, Any]) -> HttpResponse:
    fields = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in card.items())
    body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{fields}</oembed>'
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
