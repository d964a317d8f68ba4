"""Lists of articles that are no page of the tree: by tag and by month."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from taggit.models import Tag

from .models import pagination, queries
from .papers import root_of
from .syndication import Kind


def tag(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Articles with a tag; older pages numbered from the oldest."""
    found, root = get_object_or_404(Tag, slug=slug), root_of(request)
    listing = pagination.listing(
        queries.articles_tagged(found, root=root),
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


def month(request: HttpRequest, year: int, month: int, number: int | None = None) -> HttpResponse:
    """Articles of a month in the newspaper's time zone; older pages numbered from the oldest."""
    try:
        start = queries.first_of_month(year, month)
        articles = queries.articles_of_month(year, month, root=root_of(request))
    except ValueError as error:  # no such month
        raise Http404 from error
    base = reverse("month", args=[year, month])
    listing = pagination.listing(articles, base=base, number=number, request=request)
    if listing is None or not listing.teasers:
        raise Http404
    return render(request, "newsroom/list.html", {"month": start, "listing": listing})


def archive(request: HttpRequest) -> HttpResponse:
    """The months in which something was published."""
    months = queries.months_of(queries.articles_below(root_of(request)))
    return render(request, "newsroom/archive_index.html", {"months": months[::-1]})
