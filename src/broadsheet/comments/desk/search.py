"""Finding comments on the desk: by words, author, host, article, network and time."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from broadsheet.comments.models import ReaderComment

FIELDS = ("words", "author", "host", "article", "network", "since", "until")


def wanted(query: Mapping[str, str]) -> dict[str, str]:
    """What of a query string is a search, without what is empty."""
    return {name: query[name].strip()[:200] for name in FIELDS if query.get(name, "").strip()}


def narrowed(
    comments: "QuerySet[ReaderComment]", search: Mapping[str, str]
) -> "QuerySet[ReaderComment]":
    """Those of `comments` that fit every part of `search`; a part that makes no sense fits nothing."""
    for name, value in search.items():
        comments = comments.filter(_condition(name, value))
    return comments


def _condition(name: str, value: str) -> Q:
    match name:
        case "words":
            return Q(text__icontains=value)
        case "author":
            return Q(author__icontains=value) | Q(email__iexact=value)
        case "host":
            return (
                Q(text__icontains=value)
                | Q(web_address__icontains=value)
                | Q(email__iendswith=f"@{value}")
            )
        case "article":
            return Q(page__title__icontains=value)
        case "network":
            return Q(network__startswith=value)
        case _:
            return _in_time(name, value)


def _in_time(name: str, value: str) -> Q:
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    if day is None:
        return Q(pk__in=())
    if name == "since":
        return Q(created_at__date__gte=day)
    return Q(created_at__date__lt=day + timedelta(days=1))
