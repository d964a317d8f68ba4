"""The draft as its link shows it, and the editor's page of an article's links."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from broadsheet.newsroom.models import ArticlePage, DraftLink

from . import links

PRIVATE = {
    "Cache-Control": "no-store, private",  # which also keeps it out of the printed pages
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",  # the address is the key
}


@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The article's newest draft, in the paper's dress; 410 once the link is revoked or has expired."""
    link = links.find(key)
    if link is None:
        raise Http404
    now = timezone.now()  # noqa: TID251, the edge
    if not link.is_open(now=now):
        return _private(render(request, "newsroom/sharing/gone.html", status=410))
    article = link.article.get_latest_revision_as_object()
    response = article.render(
        request, template="newsroom/sharing/draft.html", context_overrides={"link": link}
    )
    return _private(response.render())


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


class LinkForm(forms.Form):
    """A new link."""

    name = forms.CharField(
        label=_("For whom"), max_length=120, help_text=_("So that you know which link to revoke.")
    )
    days = forms.TypedChoiceField(
        label=_("It works for"),
        coerce=int,
        choices=[(1, _("1 day")), (7, _("7 days")), (30, _("30 days")), (90, _("90 days"))],
        initial=7,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A link as the editor sees it."""

    link: DraftLink
    address: str
    is_open: bool


def office(request: HttpRequest, page_id: int) -> HttpResponse:
    """An article's links; POST makes a new one."""
    article = _article(request, page_id)
    now = timezone.now()  # noqa: TID251, the edge
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lasts = timedelta(days=form.cleaned_data["days"])
        name = form.cleaned_data["name"]
        links.create(article, name=name, by=request.user, lasts=lasts, now=now)
        return redirect("newsroom-sharing", page_id)
    rows = [_row(link, now) for link in article.draft_links.all()]
    return render(
        request,
        "newsroom/sharing/office.html",
        {"article": article, "form": form, "rows": rows},
        status=422 if form.errors else 200,
    )


@require_POST
def revoke(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    article = _article(request, page_id)
    links.revoke(link_id, article=article, now=timezone.now())  # noqa: TID251, the edge
    return redirect("newsroom-sharing", page_id)


def _row(link: DraftLink, now: datetime) -> Row:
    return Row(link, links.address_of(link), link.is_open(now=now))


def _article(request: HttpRequest, page_id: int) -> ArticlePage:
    """Raises PermissionDenied for who may not edit it."""
    article: ArticlePage = get_object_or_404(ArticlePage, pk=page_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return article
