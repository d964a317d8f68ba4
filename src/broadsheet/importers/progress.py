"""How far an import has come, for a person at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


class Display:
    """One bar after the other on stderr; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)

    @contextmanager
    def bar(
        self, words: str, total: int, *, in_bytes: bool = False
    ) -> Iterator[Callable[[int], None]]:
        """A bar with the time left; call what it yields with the number of things done since."""
        count = TaskProgressColumn() if in_bytes else MofNCompleteColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
        shown = self._console.is_terminal
        with Progress(*columns, console=self._console, disable=not shown) as progress:
            task = progress.add_task(words, total=total or None)
            yield lambda done: progress.update(task, advance=done)
