"""Addresses of the newsletter's office, below the editor's."""

from django.urls import path

from . import subscriber_views, views

app_name = "newsletter_office"
urlpatterns = [
    path("<int:edition_id>/", views.edition, name="edition"),
    path("<int:edition_id>/letter/<str:part>/", views.letter, name="letter"),
    path("<int:edition_id>/test/", views.test, name="test"),
    path("<int:edition_id>/act/", views.act, name="act"),
    path("subscribers/", subscriber_views.exchange, name="subscribers"),
    path("subscribers/export/", subscriber_views.export, name="export"),
]
