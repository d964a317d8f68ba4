"""The discussion below an article."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from broadsheet.comments import printed, threads
from broadsheet.comments.addresses import path_of
from broadsheet.comments.forms import CommentForm, printed_token
from broadsheet.comments.memory import once
from broadsheet.comments.places import Place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said below a page."""

    place: Place
    thread: threads.Thread | None  # None where there is no such sheet


@register.simple_tag(takes_context=True)
def talk_below(context: template.Context, page: Any) -> Talk:
    """The first sheet of the discussion of `page`, a DiscussedPage; or the sheet that the context names."""
    place = Place.of(page)
    found = threads.thread(
        place,
        sheet=int(context.get("sheet") or 1),
        now=timezone.now(),  # noqa: TID251, the edge: a page is printed
        corrected_at=page.corrected_at(),
    )
    return Talk(place, found)


@register.simple_tag
def comment_count(talk: Talk) -> SafeString:
    """How many comments there are, in the language that is active; kept up to date with them."""
    return printed.counted(talk.thread.count if talk.thread else 0)


@register.inclusion_tag("comments/thread.html")
def thread(talk: Talk) -> dict[str, Any]:
    """The discussion, with the form."""
    found = talk.thread
    is_open = found is not None and found.frame.is_open
    return {
        "discussion": printed.printed(found) if found else "",
        "writing": _writing(talk.place) if is_open else "",
    }


@dataclass(frozen=True, slots=True)
class _Form:
    """What is below the discussions of all pages alike, made for a page that there is not."""

    html: str
    token: str
    address: str

    @classmethod
    def below(cls, place: Place) -> Self:
        nowhere = replace(place, page_id=0, title="", url="")
        context = {"form": CommentForm(place=nowhere), "place": nowhere}
        html = render_to_string("comments/writing.html", context)
        return cls(html, printed_token(0), reverse("comments:post", args=[0]))

    def told(self, page_id: int) -> SafeString:
        """The same below this page."""
        address = self.address.replace("/0/", f"/{page_id}/")
        told = self.html.replace(self.token, printed_token(page_id))
        return mark_safe(told.replace(self.address, address))  # noqa: S308, a template, in which numbers were replaced


def _writing(place: Place) -> SafeString:
    """The form, made once for all pages that are printed in a row."""
    key = ("comment form", get_language(), place.settings.pk)
    return once(key, lambda: _Form.below(place)).told(place.page_id)


@register.filter
def at_home(page: object) -> str:
    """The path of a page at its own newspaper, which `page.url` is only while there is one newspaper; "" for anything else."""
    return path_of(page) if isinstance(page, Page) else ""
