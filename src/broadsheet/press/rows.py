"""Many paths printed in a row: what they show is read for all of them together, and what all show only once.

So a page is made of what was read a moment before. What someone else prints in that moment may be newer: where the
store's mark of a path tells of that, the page is made anew from what the database holds now.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from broadsheet.comments.memory import asking_anew, asking_once

from . import printing
from .store import PageStore

Printing = Callable[[str], AbstractContextManager[None]]


@contextmanager
def in_a_row(pages: PageStore, paths: Collection[str]) -> Iterator[Printing]:
    """Gives what to hold, instead of `pages.printing`, while each of these paths is printed."""
    marks = {path: pages.mark(path) for path in paths}  # before anything is read

    @contextmanager
    def holding(path: str) -> Iterator[None]:
        with pages.printing(path):
            if pages.mark(path) == marks.get(path):
                yield
            else:
                with asking_anew():
                    yield

    with asking_once():
        facts = printing.facts(paths)
    with asking_once(facts):
        yield holding
