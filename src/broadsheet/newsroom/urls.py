"""The newspaper's addresses that are no page of the tree: feeds, tags, months, and what machines ask for."""

import re

from django.urls import path, re_path

from . import announcing, corrections, feeds, machines, oembed, statements, views
from .contributed import views as contributed
from .search.views import search
from .sharing import views as sharing
from .syndication import Kind

urlpatterns = [
    path("drafts/<str:key>/", sharing.draft, name="draft"),
    path("contribute/", contributed.offer, name="contribute"),
    path("contribute/send/", contributed.send, name="contribute-send"),
    path("contribute/<str:key>/", contributed.contribution, name="contribution"),
    path("robots.txt", statements.robots),
    path(".well-known/security.txt", statements.security),
    path("humans.txt", statements.humans),
    path("llms.txt", statements.llms),
    path("oembed/", oembed.provide, name="oembed"),
    re_path(r"^(?P<key>[0-9a-f]{32})\.txt$", announcing.key_file),
    path("sitemap.xml", machines.sitemap_index),
    path("sitemap-pages.xml", machines.pages_sitemap, name="pages-sitemap"),
    path("sitemap-<int:year>-<int:month>.xml", machines.month_sitemap, name="month-sitemap"),
    path("sitemap-news.xml", machines.news_sitemap),
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("tags/<str:slug>/page/<int:number>/", views.tag, name="tag-page"),
    path("search/", search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("corrections/", corrections.page, name="corrections"),
    path("corrections/<int:year>/<int:month>/", corrections.month_page, name="corrections-month"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("archive/<int:year>/<int:month>/page/<int:number>/", views.month, name="month-page"),
    *(
        pattern
        for kind in Kind
        for pattern in (
            path(f"tags/<str:slug>/{kind.value}", feeds.of_tag, {"kind": kind}),
            path(f"corrections/{kind.value}", feeds.of_corrections, {"kind": kind}),
            re_path(
                rf"^(?P<path>(?:[\w-]+/)*){re.escape(kind.value)}$", feeds.feed, {"kind": kind}
            ),
        )
    ),
]
