"""The discussion below an article."""

from typing import Any

from django import template
from django.utils import timezone

from broadsheet.comments import printed, queries
from broadsheet.comments.forms import CommentForm
from broadsheet.comments.places import Place

register = template.Library()


@register.inclusion_tag("comments/thread.html", takes_context=True)
def thread(context: template.Context, page: Any) -> dict[str, Any]:
    """The first sheet of the discussion of `page`, a DiscussedPage, with the form; or the sheet that the context names."""
    place = Place.of(page)
    found = queries.thread(
        place,
        sheet=int(context.get("sheet") or 1),
        now=timezone.now(),  # noqa: TID251, the edge: a page is printed
        corrected_at=page.corrected_at(),
    )
    return {
        "discussion": printed.printed(found) if found else "",
        "is_open": found is not None and found.frame.is_open,
        "form": CommentForm(place=place),
        "place": place,
    }
