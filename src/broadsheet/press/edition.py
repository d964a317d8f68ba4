"""The whole paper printed at once, by several processes: for a new folder, after a change of templates."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import connections
from wagtail.models import Site

from broadsheet.newsroom import papers

from . import extent, lists, tree, worker
from .folders import Folder
from .models import PrintOrder
from .orders import order_forms, order_paths, order_purges
from .orphans import end_with_parent
from .printing import PrintingFailed
from .rows import in_a_row
from .store import PageStore
from .unfolding import note_all
from .worker import Outcome, put

_CHUNK = 100  # paths handed to a process at once
_LISTS = 300  # of these: the more, the more often an article is on several of them

Progress = Callable[[int, int], None]  # paths done, paths in all


@dataclass(frozen=True, slots=True)
class Edition:
    """What came of printing everything."""

    pages: int  # in the folder now
    failed: tuple[str, ...]  # URL paths that Django could not answer
    new: tuple[str, ...]  # URL paths of pages that were written: in haste
    gone: tuple[str, ...]  # URL paths of pages that were removed


def print_everything(
    *, processes: int, progress: Progress, now: datetime, of: Site | None = None
) -> Edition:
    """Print every page of this machine anew: of all newspapers, or of one.

    Orders to print that wait meanwhile stay; those from before are done with it. Caches hear of what they wait to hear.
    """
    editions = [
        _print_folder(folder, processes=processes, progress=progress)
        for folder in worker.folders_here(now)
        if of is None or folder.node.site == of
    ]
    return Edition(
        pages=sum(edition.pages for edition in editions),
        failed=tuple(path for edition in editions for path in edition.failed),
        new=tuple(path for edition in editions for path in edition.new),
        gone=tuple(path for edition in editions for path in edition.gone),
    )


def _print_folder(folder: Folder, *, processes: int, progress: Progress) -> Edition:
    node, pages = folder.node, folder.pages
    to_print = PrintOrder.objects.filter(node=node, subject__in=worker.TO_PRINT)
    before = list(to_print.values_list("pk", flat=True))
    with folder.in_hand():
        edition = print_into(pages, put, processes=processes, progress=progress)
        paper = tree.paper()
        if paper is not None:
            with pages.unfolding():
                note_all(node, paper)
    order_paths(edition.failed, site_id=node.site_id)
    order_forms(node, edition.new)
    order_purges(node, (*edition.new, *edition.gone))
    PrintOrder.objects.filter(pk__in=before).delete()
    return edition


def print_into(
    pages: PageStore, put_page: Callable[..., Outcome], *, processes: int, progress: Progress
) -> Edition:
    """Print all there is of the newspaper in hand into the folder of `pages`, each path by `put_page(pages, path, flush=False)`."""
    paper = tree.paper()
    paths = extent.all_that_could_be(paper, pages) if paper is not None else set()
    listed = lists.by_time(paths)
    others = sorted(set(paths).difference(listed))
    chunks = [*_chunks(listed, _LISTS), *_chunks(others, _CHUNK)]
    failed: list[str] = []
    new: list[str] = []
    gone: list[str] = []
    done = 0
    print_chunk = partial(_print_chunk, papers.site(), pages.root, put_page)
    for result in in_processes(print_chunk, chunks, processes):
        failed += result.failed
        new += result.new
        gone += result.gone
        done += result.paths
        progress(done, len(paths))
    pages.flush_all()
    return Edition(sum(1 for _ in pages.paths()), tuple(failed), tuple(new), tuple(gone))


def _chunks(paths: Sequence[str], length: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), length):
        yield paths[start : start + length]


@dataclass(frozen=True, slots=True)
class Printed:
    """What one process did of it."""

    paths: int
    failed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def _print_chunk(
    site: Site | None, root: Path, put_page: Callable[..., Outcome], paths: Sequence[str]
) -> Printed:
    pages = PageStore(root)
    printed = Printed(len(paths))
    with papers.in_hand(site), in_a_row(pages, paths) as printing:
        for path in paths:
            try:
                with printing(path):
                    outcome = put_page(pages, path, flush=False)
                if outcome is Outcome.WRITTEN:
                    printed.new.append(path)
                elif outcome is Outcome.REMOVED:
                    printed.gone.append(path)
            except PrintingFailed:
                printed.failed.append(path)
    return printed


def in_processes(
    work: Callable[[Sequence[str]], Printed], chunks: Collection[Sequence[str]], processes: int
) -> Iterator[Printed]:
    if processes <= 1 or len(chunks) <= 1:
        yield from map(work, chunks)
        return
    connections.close_all()  # a connection can't be shared with a forked process
    context = multiprocessing.get_context("fork")
    gc.freeze()  # what there is now stays: no process looks through it again and again, nor copies it
    try:
        with ProcessPoolExecutor(processes, mp_context=context, initializer=_quietly) as pool:
            yield from pool.map(work, chunks)
    finally:
        gc.unfreeze()


def _quietly() -> None:
    """Leave the reporting to the first process: Ctrl-C ends this one without a word, and none is left when it is killed."""
    os.setpgrp()
    end_with_parent()
