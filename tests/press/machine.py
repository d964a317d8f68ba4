"""A newspaper to which things happen in any order, while every stored page must be what Django would answer."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    run_state_machine_as_test,
)
from wagtail.models import Page

from broadsheet.newsroom.models import pagination
from broadsheet.press import folders, lists, tree
from broadsheet.press.names import gone_path
from broadsheet.press.store import PageStore
from tests import builders
from tests.press.builders import NONE, difference, print_what_is_ordered

THOROUGH = int(os.environ.get("BROADSHEET_THOROUGH", 0))  # examples; each run draws new ones
EXAMPLES = THOROUGH or (6 if connection.vendor == "sqlite" else 3)

WORDS = ["Ferry", "Harbour", "Lantern", "Night market", "Orchard", "Tide", "Winter fair"]
NAMES = ["Amal Haddad", "Ines Okafor", "Tomas Lind"]
TAGS = ["ships", "weather", "town hall"]

words, names, tags = map(st.sampled_from, (WORDS, NAMES, TAGS))
which = st.integers(min_value=0, max_value=50)
days = st.integers(min_value=0, max_value=90)


@contextmanager
def one_event() -> Iterator[None]:
    """As in a request of its own: what waits for the commit runs at the end."""
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        yield


class Machine(RuleBasedStateMachine):
    """A newspaper with pages of two articles, to which nothing happens yet."""

    store: ClassVar[PageStore]
    clean: ClassVar[Callable[[], None]]

    def __init__(self) -> None:
        super().__init__()
        self.outside = transaction.atomic()
        self.outside.__enter__()
        self.count = 0
        self.withdrawn: set[str] = set()  # addresses, while no page stands there again

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outside.__exit__(None, None, None)
        type(self).clean()

    @initialize()
    def the_paper_begins(self) -> None:
        builders.a_paper()
        print_what_is_ordered()

    @invariant()
    def every_stored_page_is_true(self) -> None:
        print_what_is_ordered()
        assert difference(self.store) == NONE

    @invariant()
    def what_was_withdrawn_is_gone_until_something_stands_there(self) -> None:
        self.withdrawn -= {path for path in self.withdrawn if self.store.find(path) is not None}
        for path in self.withdrawn:
            record = self.store.find(gone_path(path))
            assert record is not None, path
            assert record.status == 410

    def note_withdrawal(self, page: Page) -> None:
        """It is about to be withdrawn; what the public never saw will not be gone."""
        paper = tree.paper()
        assert paper is not None
        self.withdrawn.update(position.path for position in tree.positions(paper, [page.pk]))

    def pick(self, model: Any, number: int, **having: Any) -> Any:
        found = list(model.objects.filter(**having).order_by("pk"))
        return found[number % len(found)] if found else None


def run(machine: type[Machine], folder: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let things happen to papers of this kind that print into `folder`."""
    for module in (pagination, lists):
        monkeypatch.setattr(module, "PER_PAGE", 2)  # so that few articles fill many pages

    def clean() -> None:
        cache.clear()  # Wagtail's own, of the sites
        for path in list(folder.paths()):
            folder.remove(path)
        shutil.rmtree(folder.root.with_name("papers"), ignore_errors=True)  # of further papers
        folders.store_at.cache_clear()

    machine.store, machine.clean = folder, clean
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=12,
            deadline=None,
            derandomize=not THOROUGH,
            suppress_health_check=list(HealthCheck),
        ),
    )
