"""Answers from memory without a detour through asyncio. Plain Python.

granian hands every request to the event loop in another thread, which costs more than an answer that is in memory
already (`python -m bench.serve` shows both ways). It has no public hook before that hand-over, so `install` wraps the
one function of granian's inside that makes it. Where a later granian has no such function, nothing is wrapped: the same
application gives the same answers the longer way.
"""

import importlib
import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)

_MODULE, _FUNCTION = "granian._futures", "_cbsched_aioschedule"


def install(answer: Callable[[Any, Any], bool]) -> bool:
    """Have this process's granian worker ask `answer(scope, proto)` before the event loop; False if that can't be.

    `answer` runs in granian's own thread and must not wait; it returns False, with nothing sent, to pass a request on.
    """
    futures = importlib.import_module(_MODULE)
    make_schedule = getattr(futures, _FUNCTION, None)
    if make_schedule is None:
        logger.warning("This version of granian is not known: pages are served the slower way.")
        return False

    def make_direct_schedule(*arguments: Any) -> Callable[[Any], None]:
        return _direct(answer, make_schedule(*arguments))

    setattr(futures, _FUNCTION, make_direct_schedule)
    return True


def _direct(
    answer: Callable[[Any, Any], bool], pass_on: Callable[[Any], None]
) -> Callable[[Any], None]:
    def schedule(watcher: Any) -> None:
        try:
            answered = answer(watcher.scope, watcher.proto)
        except Exception:  # an exception here would end the process
            logger.exception("An answer from memory failed")
            answered = False
        if answered:
            watcher.done()
        else:
            pass_on(watcher)

    return schedule
