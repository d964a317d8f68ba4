"""Take over the comments of another system: each goes below the page that its old or present address leads to."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.newsroom.papers import paper

from . import addresses, archives, census, discussions
from .announcing import announced
from .discussions import Thread
from .others.holdings import OldThread
from .records import Comment, CommentState
from .report import Report
from .tally import Tally

_BATCH = 100  # threads in one transaction
_REASONS = {
    CommentState.SPAM: "Spam; --with-spam brings it.",
    CommentState.TRASHED: "They were in the bin; --with-trash brings them.",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator asked for."""

    now: datetime
    left_out: frozenset[CommentState]
    dry_run: bool = False


def bring(system: str, file: Path, threads: Iterable[OldThread], wishes: Wishes) -> Report:
    """Bring what is new, and tell why the rest stays behind. Raises what reading `threads` raises."""
    began = time.monotonic()
    archive = None if wishes.dry_run else archives.of(system)
    tally, source = Tally(), Counter[str]()
    with announced(archive, tally) if archive else nullcontext():
        rest = iter(threads)
        while batch := list(islice(rest, _BATCH)):
            source.update(comment.state for thread in batch for comment in thread.comments)
            wanted = list(_wanted(batch, wishes, tally))
            if archive:
                with transaction.atomic():
                    discussions.bring(wanted, origin=str(archive.pk), now=wishes.now, tally=tally)
    return Report(
        file=str(file),
        archive=system,
        source={"comments": dict(source)},
        source_as_written={},
        site={"comments": census.count(archive)["comments"]} if archive else {},
        tally=tally,
        seconds=time.monotonic() - began,
        dry_run=wishes.dry_run,
    )


def _wanted(batch: Sequence[OldThread], wishes: Wishes, tally: Tally) -> Iterator[Thread]:
    pages = _pages({thread.address for thread in batch})
    for thread in batch:
        page = pages.get(thread.address)
        kept: list[Comment] = []
        for comment in thread.comments:
            if page is None:
                reason = "No page here has, or had, the address that they stand below."
                tally.left_out["comments", comment.state, reason] += 1
            elif comment.state in wishes.left_out:
                tally.left_out["comments", comment.state, _REASONS[comment.state]] += 1
            else:
                kept.append(comment)
        if page is None:
            tally.homeless.add(address=thread.address, comments=str(len(thread.comments)))
        else:
            yield Thread(page, "", tuple(kept))


def _pages(old: set[str]) -> dict[str, int]:
    """Address → the page that stands there, or that it redirects to; two statements whatever their number."""
    paths = {address: addresses.normal(path_of(address)) for address in old}
    site = paper()
    root = site.root_page.url_path
    wanted = {path for path in paths.values() if path}
    moved = Redirect.get_for_site(site).filter(old_path__in=wanted, redirect_page__isnull=False)
    found = dict(moved.values_list("old_path", "redirect_page_id"))
    here = Page.objects.filter(url_path__in=[f"{root}{path.lstrip('/')}/" for path in wanted])
    for url_path, page_id in here.values_list("url_path", "pk"):
        found[f"/{url_path.removeprefix(root).rstrip('/')}"] = page_id
    return {address: found[path] for address, path in paths.items() if path in found}


def path_of(address: str) -> str:
    """The path and query of an address or path; "" for what is neither."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = unquote(parts.path) or "/"
    return f"{path}?{parts.query}" if parts.query and path == "/" else path
