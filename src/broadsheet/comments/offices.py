"""Each newspaper of an installation has an office of its own, at its own host: who works there, and what is kept there.

Wagtail's views list, choose, count and delete all that a model's manager finds. So that they mean what is kept in the
office that is asked, a model whose rows belong to newspapers has `Kept` for its manager, and `entering` says which office
that is. Outside an office such a manager finds all there is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Manager, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import GroupPagePermission, GroupSitePermission, Page, Site
from wagtail.permission_policies import ModelPermissionPolicy

from broadsheet.learning.models import FIRST

_EDITOR = "/editor/"
_PAGES = (
    "page_id",
    "parent_page_id",
    "page_to_move_id",
    "destination_id",
)  # in Wagtail's addresses
_Row = TypeVar("_Row", bound=Model)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Office:
    """What is whose, to who asks."""

    site: Site | None  # the newspaper's; None: there is but one, which has all there is
    is_open: bool = True  # does who asks work here?
    others: tuple[Site, ...] = ()  # of the newspapers that who asks works for, too
    is_everywhere: bool = True  # does who asks work for all newspapers?

    def has(self, field: str = "site") -> Q:
        """The condition that a row lies here; `field` leads to its site."""
        if not self.is_open:
            return Q(pk__in=[])
        return belonging_to(self.site, field) if self.site is not None else Q()

    def has_page(self, field: str = "page__") -> Q:
        """The condition that a page is of this newspaper; `field` leads to it, "" for pages themselves."""
        if not self.is_open:
            return Q(pk__in=[])
        if self.site is None:
            return Q()
        return Q(**{f"{field}path__startswith": self.site.root_page.path})


_asked: ContextVar[Callable[[], Office] | None] = ContextVar("office", default=None)


@contextmanager
def at(office: Callable[[], Office]) -> Iterator[None]:
    """Within, managers find what is kept in an office, which is looked for when it is needed."""
    token = _asked.set(office)
    try:
        yield
    finally:
        _asked.reset(token)


class Entering:
    """Middleware: whoever asks for a page of the editor is in the office at the request's host.

    Pages of newspapers that they do not work for are refused, whatever view of Wagtail's they are asked of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_EDITOR):
            return self._get_response(request)
        with at(lambda: office_of(request)):
            return self._get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        """Two queries for who works for some newspapers only, none for others."""
        numbers = {named[name] for name in _PAGES if name in named}
        if not numbers or not request.path.startswith(_EDITOR) or not request.user.is_active:
            return None
        if office_of(request).is_everywhere:
            return None
        pages = Page.objects.filter(pk__in=numbers)
        if pages.count() != pages.filter(own_pages(request)).count():
            return cast(HttpResponse, permission_denied(request))
        return None


def office_of(request: HttpRequest) -> Office:
    """The office at the request's host. At most three queries, however many newspapers there are, once for a request."""
    found: Office | None = getattr(request, "_office", None)
    if found is None:
        found = _office(request.user, Site.find_for_request(request))
        request._office = found  # type: ignore[attr-defined]
    return found


def own_pages(request: HttpRequest) -> Q:
    """The condition that a page is of a newspaper that who asks works for, or above one."""
    office = office_of(request)
    if office.is_everywhere:
        return Q()
    own = (*([office.site] if office.is_open and office.site else []), *office.others)
    found = Q(depth=1)
    for site in own:
        found |= Q(path__startswith=site.root_page.path)
    return found


def belonging_to(site: Site, field: str = "site") -> Q:
    """What is a newspaper's, by a field that leads to its site.

    What names none is the first one's: an older version has written it.
    """
    own = Q(**{field: site.pk})
    return own | Q(**{field: None}) if site.is_default_site else own


def paper_of(site: Site | None) -> int:
    """By which number the filter knows a newspaper."""
    return FIRST if site is None or site.is_default_site else int(site.pk)


def or_the_first(site: Site | None) -> Site:
    """The newspaper that a row names, or the first one where it names none."""
    return site or Site.objects.select_related("root_page").get(is_default_site=True)


class Kept(Manager[_Row]):
    """In an office, finds what is kept there; nothing where who asks does not work."""

    def __init__(self, kept: Callable[[Office], Q] = Office.has) -> None:
        super().__init__()
        self._kept = kept

    def get_queryset(self) -> "QuerySet[_Row]":
        found = super().get_queryset()
        asked = _asked.get()
        return found.filter(self._kept(asked())) if asked is not None else found


class KeptPolicy(ModelPermissionPolicy):
    """Nobody may do anything in an office where they do not work."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        asked = _asked.get()
        return bool(super().user_has_permission(user, action)) and (
            asked is None or asked().is_open
        )


def works_everywhere() -> bool:
    """Does who is in this office work for all newspapers of the installation?"""
    asked = _asked.get()
    return asked is None or asked().is_everywhere


def own_papers() -> "QuerySet[Site]":
    """The newspapers that who is in this office works for, this one before the others."""
    asked = _asked.get()
    office = asked() if asked is not None else Office(None)
    if office.is_everywhere or office.site is None:
        return cast("QuerySet[Site]", Site.objects.all())
    numbers = [site.pk for site in (*([office.site] if office.is_open else []), *office.others)]
    return cast("QuerySet[Site]", Site.objects.filter(pk__in=numbers))


def may(request: HttpRequest, permission: str) -> bool:
    """Whether who asks has a permission, and works at this office."""
    return request.user.has_perm(permission) and office_of(request).is_open


def needs(permission: str) -> Callable[[View], View]:
    """A page of the editor for those who have a permission, and work at this office."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if may(request, permission):
                return view(request, *args, **kwargs)
            return cast(HttpResponse, permission_denied(request))

        return checked

    return decorate


def _office(user: Any, site: Site | None) -> Office:
    sites = list(Site.objects.select_related("root_page"))
    if site is None or len(sites) < 2:
        return Office(None)
    own = tuple(_worked_for(user, sites))
    return Office(
        site=site,
        is_open=site in own,
        others=tuple(each for each in own if each != site),
        is_everywhere=len(own) == len(sites),
    )


def _worked_for(user: AbstractBaseUser, sites: list[Site]) -> list[Site]:
    """The newspapers of which somebody may edit pages or settings; all of them for who may edit neither of any.

    (Who only moderates, or sends, does so for the installation.)
    """
    if not user.is_active:
        return []
    if getattr(user, "is_superuser", False):
        return sites
    pages = GroupPagePermission.objects.filter(group__user=user).order_by()
    paths = set(pages.values_list("page__path", flat=True))
    settings = GroupSitePermission.objects.filter(group__user=user).order_by()
    numbers = set(settings.values_list("site_id", flat=True))
    if not paths and not numbers:
        return sites
    return [
        site
        for site in sites
        if site.pk in numbers or any(_is_in_one(path, site.root_page.path) for path in paths)
    ]


def _is_in_one(path: str, root: str) -> bool:
    """Is one of two places in the tree of pages above the other, or the same?"""
    return path.startswith(root) or root.startswith(path)
