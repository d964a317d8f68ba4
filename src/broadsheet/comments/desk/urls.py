"""Addresses of the desk, below the editor's."""

from django.urls import path

from . import author_views, figure_views, log_views, rule_views, views

app_name = "comments_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("decide/", views.decide, name="decide"),
    path("erase/<int:comment_id>/", author_views.erase, name="erase_author"),
    path("log/", log_views.show, name="log"),
    path("figures/", figure_views.show, name="figures"),
    path("rules/exchange/", rule_views.exchange, name="rules"),
    path("rules/export/", rule_views.export, name="rules_export"),
]
