"""Libraries that nothing here uses, and that Wagtail loads all the same: kept out, they leave 11 MB to a served site.

- Wagtail's interface for other programs, version 3: every part of Wagtail adds its routes to it, and only a site that
  names it among its addresses has them. What is added here, is added to nothing.
- What REST framework, which the editor's own choosers need, would take along where it is installed: it does without.
"""

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_INTERFACE = re.compile(r"wagtail\.(\w+\.)*api\.v3(\.\w+)*")
_COMPANIONS = (
    "django.contrib.postgres",
    "docutils",
    "markdown",
    "pygments",
    "requests",
    "uritemplate",
    "yaml",
)


def leave_out() -> None:
    """To be called before any part of Wagtail gets ready."""
    sys.meta_path.insert(0, _Nowhere())
    with _hidden(_COMPANIONS):
        for name in ("rest_framework.compat", "django.contrib.admindocs.utils"):
            importlib.import_module(name)


class _Nothing(ModuleType):
    """A module whose every name is something that can be called, and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(name)

    def __call__(self, *_: Any, **__: Any) -> None:
        """Done."""


class _Nowhere(MetaPathFinder, Loader):
    """Finds that interface, empty."""

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        found = _INTERFACE.fullmatch(fullname)
        return ModuleSpec(fullname, self, is_package=True) if found else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Nothing(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


@contextmanager
def _hidden(names: Sequence[str]) -> Iterator[None]:
    """Within, these can't be imported; what is loaded already is back afterwards."""
    loaded = {name: sys.modules.get(name) for name in names}
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]  # None: what Python's documentation provides for
    try:
        yield
    finally:
        for name, module in loaded.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module
