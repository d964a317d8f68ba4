"""Every address that Django answers; what is printed never gets here."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import mirror, notices
from .set_up import set_up

urlpatterns: list[URLPattern | URLResolver] = [
    path("404.html", notices.not_found),
    path("away.html", notices.away),
    path("search.html", notices.search),
    path("set-up/<str:token>/", set_up, name="set-up"),
    path("editor/", include(wagtailadmin_urls)),
    path("media/<path:name>", mirror.fetch),
    path("documents/", include(wagtaildocs_urls)),
    path("comments/", include("broadsheet.comments.urls")),
    path("newsletter/", include("broadsheet.newsletter.urls")),
    path("", include("broadsheet.akismet.urls")),
    path("", include("broadsheet.newsroom.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "broadsheet.web.failing.failed"  # by name: the press is not loaded for addresses alone
