"""The dashboard's checklist for a new newspaper. It goes away when all is done, or when its owner has had enough of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from broadsheet.comments.models import CommentSettings
from broadsheet.newsroom.models import ArticlePage, Newspaper, SectionPage, StandardPage

from .demonstration import load

LOOKS = ("look", "accent", "paper", "logo", "motto")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that every newspaper needs once, and where it is done."""

    label: str
    url: str
    is_done: bool


def steps(newspaper: Newspaper) -> Iterator[Step]:
    """In the order in which they are best done. A query each."""
    comments = CommentSettings.for_site(newspaper.site)
    settings = reverse("wagtailsettings:edit", args=["newsroom", "newspaper"])
    root = newspaper.site.root_page
    sections = SectionPage.objects.descendant_of(root).order_by("path")
    about = StandardPage.objects.descendant_of(root)
    front = root.pk
    own = ArticlePage.objects.descendant_of(root).live().exclude(owner__username=load.OWNER)
    yield Step(_("Choose how the paper looks"), settings, _is_touched(newspaper, LOOKS))
    yield Step(
        _("Say whom readers write to about privacy and errors"), settings, bool(newspaper.contact)
    )
    yield Step(
        _("Name the sections"),
        reverse("wagtailadmin_explore", args=[front]),
        sections.filter(latest_revision__isnull=False).exists(),
    )
    yield Step(_("Publish the first article"), _writing(sections.first()), own.exists())
    yield Step(
        _("Say who you are: “About us”"),
        _editing(about.order_by("path").first(), front),
        about.filter(latest_revision__isnull=False).exists(),
    )
    yield Step(
        _("Decide which comments wait for you"),
        reverse("wagtailsettings:edit", args=["comments", "commentsettings"]),
        _is_touched(comments, [field.name for field in comments._meta.concrete_fields]),
    )


def _is_touched(settings: BaseSiteSetting, names: list[str] | tuple[str, ...]) -> bool:
    fields = [settings._meta.get_field(name) for name in names if name not in {"id", "site"}]
    return any(getattr(settings, field.attname) != field.get_default() for field in fields)


def _writing(section: SectionPage | None) -> str:
    if section is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=["newsroom", "articlepage", section.pk])


def _editing(page: StandardPage | None, front: int) -> str:
    if page is None:
        return reverse("wagtailadmin_explore", args=[front])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def has_samples() -> bool:
    return User.objects.filter(username=load.OWNER).exists()


class FirstSteps(Component):
    """The checklist, above everything else; the way to take the sample articles out, as long as there are any."""

    name = "first-steps"
    order = 40
    template_name = "web/first_steps.html"

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        newspaper = Newspaper.for_site(_site(self._request))
        shown = list(steps(newspaper)) if newspaper.shows_first_steps else []
        return {
            "steps": shown if not all(step.is_done for step in shown) else [],
            "has_samples": has_samples(),
            "csrf_token": parent_context["csrf_token"],
        }


@require_POST
def enough(request: HttpRequest) -> HttpResponse:
    """No checklist any more. Written past the model: nothing that readers see has changed."""
    _for_owners(request)
    Newspaper.objects.filter(site=_site(request)).update(shows_first_steps=False)
    return redirect("wagtailadmin_home")


@require_POST
def remove_samples(request: HttpRequest) -> HttpResponse:
    """Take out all that the demonstration made; what others wrote stays."""
    _for_owners(request)
    if load.remove():
        messages.success(request, _("The sample newspaper is gone."))
    return redirect("wagtailadmin_home")


def _site(request: HttpRequest) -> Site:
    """Of the newspaper at whose office we are."""
    found: Site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    return found


def _for_owners(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied
