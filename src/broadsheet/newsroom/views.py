"""Lists of articles that are no page of the tree: by tag and by month."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Site

from .models import ArticlePage, queries
from .syndication import Kind


def tag(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Articles with a tag; older pages numbered from the oldest."""
    found = get_object_or_404(Tag, slug=slug)
    listing = queries.listing(
        queries.articles_tagged(found),
        base=reverse("tag", args=[slug]),
        number=number,
        request=request,
    )
    if listing is None or not listing.teasers:
        raise Http404
    return render(
        request,
        "newsroom/list.html",
        {
            "title": found.name,
            "listing": listing,
            "feed": f"{reverse('tag', args=[slug])}{Kind.RSS.value}",
        },
    )


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """All articles of a month in the newspaper's time zone, newest first."""
    published = ArticlePage.objects.live().public()
    try:
        articles = queries.published_in(published, year=year, month=month)
    except ValueError as error:  # no such month
        raise Http404 from error
    articles = queries.newest_first(articles)
    start = queries.first_of_month(year, month)
    teasers = queries.teasers(queries.with_what_teasers_show(articles), request)
    if not teasers:
        raise Http404
    listing = queries.Listing(teasers, None, older_url="", newer_url=reverse("archive"))
    return render(request, "newsroom/list.html", {"month": start, "listing": listing})


def archive(request: HttpRequest) -> HttpResponse:
    """The months in which something was published."""
    if Site.find_for_request(request) is None:
        raise Http404
    months = queries.months_of(ArticlePage.objects.live().public())
    return render(request, "newsroom/archive_index.html", {"months": months[::-1]})
