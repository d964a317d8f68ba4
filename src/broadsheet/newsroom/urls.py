"""The newspaper's addresses that are no page of the tree: feeds, tags, months, and what machines ask for."""

from django.urls import path, re_path

from . import feeds, machines, views
from .search.views import search

urlpatterns = [
    path("robots.txt", machines.robots),
    path("sitemap.xml", machines.sitemap_index),
    path("sitemap-pages.xml", machines.pages_sitemap, name="pages-sitemap"),
    path("sitemap-<int:year>-<int:month>.xml", machines.month_sitemap, name="month-sitemap"),
    path("sitemap-news.xml", machines.news_sitemap),
    re_path(r"^(?P<path>(?:[\w-]+/)*)feed\.xml$", feeds.feed, {"kind": feeds.Kind.RSS}),
    re_path(r"^(?P<path>(?:[\w-]+/)*)atom\.xml$", feeds.feed, {"kind": feeds.Kind.ATOM}),
    re_path(r"^(?P<path>(?:[\w-]+/)*)feed\.json$", feeds.feed, {"kind": feeds.Kind.JSON}),
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("tags/<str:slug>/page/<int:number>/", views.tag, name="tag-page"),
    path("search/", search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
]
