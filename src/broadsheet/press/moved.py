"""Old addresses, answered without the page "not found" that Django would make first, at ten times the cost."""

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from broadsheet.comments.memory import is_asking_once, once


def location(request: HttpRequest) -> str:
    """Where a permanent redirect leads from this path, as Wagtail's middleware would; "" where a page or a view stands."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    if is_asking_once() and not {path, uri_to_iri(path)} & once("redirects", _old_paths):
        return ""
    found = get_redirect(request, path)
    if found is None or not found.is_permanent or not found.link or _stands(request):
        return ""
    return str(found.link)


def _old_paths() -> set[str]:
    return set(Redirect.objects.values_list("old_path", flat=True).iterator())


def _stands(request: HttpRequest) -> bool:
    try:
        if resolve(request.path_info).url_name != "wagtail_serve":
            return True
        site = Site.find_for_request(request)
        components = [part for part in request.path.split("/") if part]
        site.root_page.localized.specific.route(request, components)
    except (Http404, Resolver404):
        return False
    return True
