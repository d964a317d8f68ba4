"""What search engines ask for: sitemaps (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable
from datetime import timedelta
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Site

from .addresses import absolute
from .models import ArticlePage, Newspaper, queries
from .papers import root_of

NEWS_FOR = timedelta(days=2)  # what the news sitemap's readers want
NEWS_LENGTH = 1_000


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """A sitemap for each month's articles, one for all other pages, one for news: a new article changes few, and none grows."""
    months = queries.months_of(queries.articles_below(root_of(request)))
    names = [
        "/sitemap-pages.xml",
        *(reverse("month-sitemap", args=[month.year, month.month]) for month in months),
        "/sitemap-news.xml",
    ]
    entries = "".join(f"<sitemap><loc>{escape(absolute(name))}</loc></sitemap>" for name in names)
    return _xml(
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
    )


def pages_sitemap(request: HttpRequest) -> HttpResponse:
    """All live pages that are no articles."""
    below = Page.objects.live().public().descendant_of(root_of(request), inclusive=True)
    return _sitemap(below.not_type(ArticlePage).order_by("pk"), request)


def month_sitemap(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The live articles of one month."""
    articles = queries.articles_below(root_of(request))
    try:
        found = list(queries.published_in(articles, year=year, month=month).order_by("pk"))
    except ValueError as error:  # no such month
        raise Http404 from error
    if not found:
        raise Http404
    return _sitemap(found, request)


def _sitemap(pages: Iterable[Page], request: HttpRequest) -> HttpResponse:
    entries = "".join(_entry(page, request) for page in pages)
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>')


def _entry(page: Page, request: HttpRequest) -> str:
    changed = (
        f"<lastmod>{page.last_published_at.isoformat()}</lastmod>" if page.last_published_at else ""
    )
    return f"<url><loc>{escape(absolute(page.get_url(request) or '/'))}</loc>{changed}</url>"


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Articles of the last two days before the newest one (a printed page has no clock)."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    newspaper = Newspaper.for_site(site)
    articles = queries.articles_below(site.root_page).exclude(first_published_at=None)
    newest = queries.newest(articles, 1).values_list("first_published_at", flat=True).first()
    if newest is not None:
        articles = articles.filter(first_published_at__gt=newest - NEWS_FOR)[:NEWS_LENGTH]
    entries = "".join(
        f"<url><loc>{escape(absolute(article.get_url(request) or '/'))}</loc><news:news><news:publication>"
        f"<news:name>{escape(newspaper.name)}</news:name>"
        f"<news:language>{article.language or translation.get_language()}</news:language></news:publication>"
        f"<news:publication_date>{timezone.localtime(article.first_published_at).isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news></url>"
        for article in articles
    )
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n',
        content_type="application/xml; charset=utf-8",
    )
