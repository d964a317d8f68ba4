"""Addresses of the desk, below the editor's."""

from django.urls import path

from . import views

app_name = "comments_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("decide/", views.decide, name="decide"),
]
