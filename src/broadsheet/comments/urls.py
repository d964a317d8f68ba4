"""Addresses of the comments' own pages, all below `comments/`."""

from django.urls import path

from . import views

app_name = "comments"
urlpatterns = [
    path("on/<int:page_id>/", views.post, name="post"),
    path("receipt/<str:key>/", views.receipt, name="receipt"),
    path("receipt/<str:key>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:comment_id>/", views.permalink, name="comment"),
    path("<int:comment_id>/reply/", views.reply, name="reply"),
]
