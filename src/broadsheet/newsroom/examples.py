"""What the picker of blocks shows of each kind: a small example, and a sentence on what it is for."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

_VALUES: Final[dict[str, Callable[[], Any]]] = {
    "heading": lambda: {"text": _("The ferry is back"), "level": "2"},
    "quote": lambda: {"text": f"<p>{_('We counted the boats twice.')}</p>", "source": _("A pilot")},
    "pullquote": lambda: {"text": _("We counted the boats twice."), "source": _("A pilot")},
    "table": lambda: {
        "data": [[_("Day"), _("Boats")], [_("Monday"), "12"], [_("Tuesday"), "15"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    },
    "code": lambda: {"language": "Python", "code": "for boat in harbour:\n    greet(boat)"},
    "verse": lambda: _("The tide comes in,\nthe tide goes out."),
    "embed": lambda: {"url": "https://video.example/harbour", "title": _("A morning at the quay")},
    "aside": lambda: {
        "title": _("Good to know"),
        "text": f"<p>{_('The ferry sails every hour.')}</p>",
    },
    "timeline": lambda: {
        "title": "",
        "events": [
            {"when": "1998", "text": f"<p>{_('The quay is built.')}</p>"},
            {"when": "2014", "text": f"<p>{_('The first ferry sails.')}</p>"},
        ],
    },
    "interview": lambda: {
        "exchanges": [
            {
                "question": _("When does the ferry sail?"),
                "answer": f"<p>{_('The ferry sails every hour.')}</p>",
            }
        ]
    },
    "divider": lambda: None,
}
_PURPOSES: Final = {
    "heading": gettext_lazy("Divides a long text, in three sizes."),
    "photo": gettext_lazy("A photo with its caption and credit; the newest one is shown here."),
    "gallery": gettext_lazy("Several photos beside each other; the newest are shown here."),
    "quote": gettext_lazy("Somebody's words, with who said them."),
    "pullquote": gettext_lazy("A sentence of the text, set large."),
    "table": gettext_lazy("Rows and columns, with headings."),
    "code": gettext_lazy("A program, letter for letter."),
    "verse": gettext_lazy("Lines that break where you break them."),
    "embed": gettext_lazy("A link as a card; nothing is requested from there before a click."),
    "aside": gettext_lazy("What stands beside the story, in a box."),
    "timeline": gettext_lazy("What happened when."),
    "interview": gettext_lazy("Questions and their answers."),
    "divider": gettext_lazy("A line between two parts."),
}


class Shown(blocks.Block):
    """A block of which the picker shows an example; which one, says its name in the body."""

    def get_preview_value(self) -> Any:
        return self.normalize(_VALUES[self.name]())

    def get_description(self) -> str:
        return str(_PURPOSES[self.name])


class ShownWithPhotos(Shown):
    """One whose example is made of the newest photos of the library; without any, of none."""

    PHOTOS = 3  # at most

    def newest(self, chooser: Any) -> list[Any]:
        """Described photos that `chooser` could choose; no portraits, which are high."""
        found = chooser.model_class.objects.filter(width__gt=F("height")).exclude(description="")
        return list(found.order_by("-pk")[: self.PHOTOS])
