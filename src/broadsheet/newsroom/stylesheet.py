"""The newspaper's style sheet: readable sources, joined when static files are gathered.

A page asks for one file, `newsroom/sheet.css`; the front page for its own rules besides, `newsroom/front.css`. The last part of it is the owner's own `theme.css` from the site's folder.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

NAME = "newsroom/sheet.css"
SOURCES = (
    ("newsroom", "paper"),  # first: it names the layers in their order
    ("newsroom", "looks"),
    ("comments", "comments"),
)
OWNERS = "theme.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")
_AROUND = re.compile(r"\s*([{};,])\s*")
_SPACE = re.compile(r"\s+")


def joined(sources: Iterable[Path]) -> str:
    """The sources one after the other, without comments and needless spaces. Only strings keep theirs."""
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    pieces = _STRING.split(_COMMENT.sub("", text))  # every second one is a string
    pieces[::2] = (_SPACE.sub(" ", _AROUND.sub(r"\1", piece)) for piece in pieces[::2])
    return "".join(pieces).strip() + "\n"


def sources() -> Iterator[Path]:
    """The parts in the order in which they are joined."""
    for app, name in SOURCES:
        yield Path(apps.get_app_config(app).path, "static", app, f"{name}.css")
    owners = Path(settings.SITE_FOLDER, OWNERS)
    if owners.is_file():
        yield owners


class JoinedStylesheet(Storage):
    """A storage of the one file, as collectstatic reads it."""

    prefix = ""

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:  # noqa: ARG002, the parent class's
        return ContentFile(joined(sources()).encode(), name=name)

    def exists(self, name: str) -> bool:
        return name == NAME

    def get_modified_time(self, name: str) -> Any:
        raise NotImplementedError  # collectstatic then always copies

    def path(self, name: str) -> str:
        return name  # for collectstatic's log; there is no such file


class StylesheetFinder(BaseFinder):
    """Gives collectstatic the joined style sheet, beside the files that other finders find."""

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002, the parent class's
        return []  # it is nowhere before it is gathered

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        yield NAME, JoinedStylesheet()
