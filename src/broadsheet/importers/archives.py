"""The old sites from which the newspaper in hand was filled: two newspapers may take the same one over, each for itself."""

from django.db.models import QuerySet

from broadsheet.comments.offices import belonging_to
from broadsheet.newsroom.papers import paper

from .models import Archive


def of(address: str) -> Archive:
    """The newspaper's archive of the old site at `address`, made if need be."""
    known = own().filter(address=address).order_by("pk").first()
    return known or Archive.objects.get_or_create(address=address, site=paper())[0]


def own() -> "QuerySet[Archive]":
    """All of the newspaper's."""
    return Archive.objects.filter(belonging_to(paper()))
