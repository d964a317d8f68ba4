"""Links of the old site's menus → the paper's own, at the foot of each page."""

from collections.abc import Sequence

from django.db import transaction

from broadsheet.newsroom.links import MOST
from broadsheet.newsroom.models import Newspaper
from broadsheet.newsroom.papers import paper

from .arrivals import Arrivals
from .ledger import Ledger, key
from .models import Imported
from .records import Link
from .tally import Tally

_NOWHERE = "They lead nowhere on this site."
_TOO_MANY = f"No more than {MOST} links stand at the foot of a page."


@transaction.atomic
def bring(links: Sequence[Link], ledger: Ledger, arrivals: Arrivals, tally: Tally) -> None:
    """Add those that never came, when all redirects are there: paths of the old site must lead on here."""
    newspaper = Newspaper.for_site(paper())
    here = ledger.all(Imported.Kind.LINK)
    new = [link for link in links if key(link.url) not in here]
    tally.known["links"] += len(links) - len(new)
    leading = [link for link in new if not link.url.startswith("/") or arrivals.leads_on(link.url)]
    kept = leading[: max(MOST - len(newspaper.links), 0)]
    for reason, number in (
        (_NOWHERE, len(new) - len(leading)),
        (_TOO_MANY, len(leading) - len(kept)),
    ):
        tally.left_out["links", "published", reason] += number
    if kept:
        _add(kept, newspaper)
        ledger.note(Imported.Kind.LINK, {link.url: newspaper.pk for link in kept})
        tally.added["links"] += len(kept)


def _add(links: Sequence[Link], newspaper: Newspaper) -> None:
    for link in links:
        newspaper.links.append(("link", {"title": link.title[:80], "address": link.url}))
    newspaper.save()
