"""Addresses of the desk, below the editor's."""

from django.urls import path

from . import figure_views, rule_views, views

app_name = "comments_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("decide/", views.decide, name="decide"),
    path("figures/", figure_views.show, name="figures"),
    path("rules/exchange/", rule_views.exchange, name="rules"),
    path("rules/export/", rule_views.export, name="rules_export"),
]
