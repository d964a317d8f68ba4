"""Addresses of the comments' own pages, all below `comments/`."""

from django.urls import path

from .views import about, receipts, reports, subjects, writing

app_name = "comments"
urlpatterns = [
    path("on/<int:page_id>/", writing.post, name="post"),
    path("on/<int:page_id>/newest/", about.newest, name="newest"),
    path("on/<int:page_id>/feed.xml", about.article_feed, name="article-feed"),
    path("feed.xml", about.paper_feed, name="feed"),
    path("how/", about.how, name="how"),
    path("data/", subjects.ask, name="data"),
    path("data/<str:key>/", subjects.subject, name="subject"),
    path("data/<str:key>/export/", subjects.export, name="subject-export"),
    path("data/<str:key>/erase/", subjects.erase, name="subject-erase"),
    path("<int:comment_id>/", writing.permalink, name="comment"),
    path("<int:comment_id>/reply/", writing.reply, name="reply"),
    path("<int:comment_id>/report/", reports.report, name="report"),
    path("receipt/<str:key>/", receipts.receipt, name="receipt"),
    path("receipt/<str:key>/edit/", receipts.edit, name="edit"),
    path("receipt/<str:key>/withdraw/", receipts.withdraw, name="withdraw"),
    path("receipt/<str:key>/work/", receipts.work, name="work"),
    path("receipt/<str:key>/appeal/", receipts.appeal, name="appeal"),
    path("receipt/<str:key>/export/", receipts.export, name="export"),
    path("receipt/<str:key>/erase/", receipts.erase, name="erase"),
    path("receipt/<str:key>/revoke/", receipts.revoke, name="revoke"),
    path("replies/<str:key>/confirm/", reports.confirm, name="confirm"),
    path("replies/<str:key>/stop/", reports.unsubscribe, name="unsubscribe"),
]
