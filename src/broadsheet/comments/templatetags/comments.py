"""The discussion below an article."""

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from broadsheet.comments import printed, queries
from broadsheet.comments.forms import CommentForm, printed_token
from broadsheet.comments.memory import once
from broadsheet.comments.places import Place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said below a page."""

    place: Place
    thread: queries.Thread | None  # None where there is no such sheet


@register.simple_tag(takes_context=True)
def talk_below(context: template.Context, page: Any) -> Talk:
    """The first sheet of the discussion of `page`, a DiscussedPage; or the sheet that the context names."""
    place = Place.of(page)
    found = queries.thread(
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
    return {
        "discussion": printed.printed(found) if found else "",
        "is_open": found is not None and found.frame.is_open,
        "form": _form(talk.place),
    }


def _form(place: Place) -> SafeString:
    """The same form below all pages, made once for all that are printed in a row, and told the page's number."""
    no_page = replace(place, page_id=0, title="", url="")
    html = once(
        ("comment form", get_language(), place.settings.pk),
        lambda: render_to_string(
            "comments/form.html", {"form": CommentForm(place=no_page), "place": no_page}
        ),
    )
    pk = place.page_id
    told = html.replace(printed_token(0), printed_token(pk)).replace(_address(0), _address(pk))
    return mark_safe(told)  # noqa: S308, a template, in which numbers were replaced


def _address(page_id: int) -> str:
    return reverse("comments:post", args=[page_id])
