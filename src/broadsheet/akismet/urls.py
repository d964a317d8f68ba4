from django.urls import re_path

from . import views

urlpatterns = [re_path(r"^1\.[12]/", views.api, name="akismet")]
