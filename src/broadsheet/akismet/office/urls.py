"""Addresses of the office, below the editor's."""

from django.urls import path

from . import views

app_name = "akismet_office"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("try/", views.try_it, name="try"),
    path("keys/<int:key_id>/", views.key, name="key"),
    path("keys/<int:key_id>/rotate/", views.rotate, name="rotate"),
    path("keys/<int:key_id>/revoke/", views.revoke, name="revoke"),
    path("keys/<int:key_id>/sites/", views.sites, name="sites"),
    path("checks/", views.find, name="find"),
    path("checks/<str:guid>/", views.check, name="check"),
]
