"""The pictures drawn on all cores. Drawing needs no database, so that its processes begin quickly."""

import multiprocessing
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor

from .pictures.catalogue import jpeg


def draw(names: Iterable[str]) -> Mapping[str, bytes]:
    """Picture name → JPEG file. Raises KeyError for a name that the catalogue does not have."""
    names = list(names)
    spawn = multiprocessing.get_context("spawn")  # a fork would share the open database
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=spawn) as processes:
        return dict(zip(names, processes.map(jpeg, names), strict=True))
