"""The links of articles to other sites, with what was found when they were last followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.comments.addresses import base_of

if TYPE_CHECKING:
    from .articles import ArticlePage

MOST = 200  # links of one article that are looked at
LONGEST = 1_000  # bytes of an address
_LINK = re.compile(r'<a [^>]*?\bhref="(https?://[^"]+)"', re.IGNORECASE)
_BARE = re.compile(r"https?://\S+", re.IGNORECASE)  # an embed's address


class Outcome(models.TextChoices):
    """What came of following a link."""

    WAITING = "WAITING", gettext_lazy("it was not followed yet")
    FOUND = "FOUND", gettext_lazy("it leads somewhere")
    GONE = "GONE", gettext_lazy("there is no such page")
    NO_HOST = "NO_HOST", gettext_lazy("there is no such host")
    SILENT = "SILENT", gettext_lazy("nobody answers")
    FAILS = "FAILS", gettext_lazy("the site answers with an error")
    UNTRUSTED = "UNTRUSTED", gettext_lazy("the site's certificate is not valid")
    PRIVATE = "PRIVATE", gettext_lazy("it leads into a private network")
    UNREADABLE = "UNREADABLE", gettext_lazy("it is no address that can be followed")


PASSING = frozenset((Outcome.SILENT, Outcome.FAILS))  # may be over in a minute
IN_ORDER = frozenset((Outcome.WAITING, Outcome.FOUND))


class LinkElsewhere(models.Model):
    """One address that one article links to, in its draft or as readers see it."""

    article = models.ForeignKey(
        "newsroom.ArticlePage", on_delete=models.CASCADE, related_name="links_elsewhere"
    )
    address = models.CharField(max_length=LONGEST)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.WAITING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(
        default=0
    )  # that nobody answered, one after another
    followed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_index=True)  # None: when somebody asks

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "address"], name="newsroom_one_link")
        ]
        indexes: ClassVar = [models.Index(fields=["address"], name="newsroom_link_address")]

    def __str__(self) -> str:
        return f"{self.address}: {self.outcome}"


def addresses_in(article: ArticlePage) -> set[str]:
    """Where its text leads on other sites; MOST of them, without what only the reader's browser looks at."""
    own = f"{base_of(article.get_site())}/"
    blocks = article.body.get_prep_value()
    found = (
        unescape(address).partition("#")[0]
        for block in blocks
        if block["type"] != "code"
        for text in strings_of(block["value"])
        for address in ([text] if _BARE.fullmatch(text) else _LINK.findall(text))
    )
    fitting = dict.fromkeys(
        address
        for address in found
        if len(address.encode()) <= LONGEST and not f"{address}/".startswith(own)
    )
    return set(list(fitting)[:MOST])


def strings_of(value: Any) -> Iterator[str]:
    """All texts in the stored form of a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_of(each)


def waiting(article: ArticlePage) -> int:
    """How many links of its are going to be followed for the first time, or once more."""
    if article.pk is None:
        return 0
    return LinkElsewhere.objects.filter(
        article_id=article.pk, outcome=Outcome.WAITING, address__in=addresses_in(article)
    ).count()


def dead_links(article: ArticlePage) -> Iterator[str]:
    """Those of its links that were followed in vain, in words for its editor."""
    if article.pk is None:
        return
    rows = LinkElsewhere.objects.filter(article_id=article.pk).exclude(outcome__in=IN_ORDER)
    shown = addresses_in(article)
    for row in rows.order_by("pk"):
        if row.address in shown:
            yield _("The link to %(address)s is dead: %(reason)s.") % {
                "address": Truncator(row.address).chars(120),
                "reason": Outcome(row.outcome).label,
            }
