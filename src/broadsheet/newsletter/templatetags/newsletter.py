"""The newsletter's place on the newspaper's pages."""

from typing import Any

from django import template
from django.utils import timezone
from wagtail.models import Site

from broadsheet.newsletter import composing
from broadsheet.newsletter.forms import SubscribeForm
from broadsheet.newsletter.models import Edition, NewsletterSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def newsletter_settings(context: template.Context) -> NewsletterSettings | None:
    """The settings of the newspaper that the request belongs to; None where there is none."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    found: NewsletterSettings = NewsletterSettings.for_request(request)  # kept on the request
    return found


@register.inclusion_tag("newsletter/form.html")
def newsletter_form(promise: str) -> dict[str, Any]:
    """The form as it is printed for all readers."""
    return {"form": SubscribeForm(is_printed=True), "promise": promise, "number": "below"}


@register.simple_tag
def letter_of(edition: Edition) -> composing.Letter:
    """The letter as it would be sent now."""
    return composing.compose(edition, now=timezone.now())  # noqa: TID251, the edge: a preview
