"""Addresses of the newsletter's own pages, all below `newsletter/`."""

from django.urls import path

from . import views

app_name = "newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("confirm/<str:key>/", views.confirm, name="confirm"),
    path("stop/<str:key>/", views.stop, name="stop"),
    path("stop/<str:key>/export/", views.export, name="export"),
]
