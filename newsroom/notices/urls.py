"""Addresses of a person's own notices."""

from django.contrib import admin
from django.urls import path

from newsroom.notices.pages import open_notice, show_notices

urlpatterns = [
    path("", admin.site.admin_view(show_notices), name="notices"),
    path("<int:notice_id>/", admin.site.admin_view(open_notice), name="notices_open"),
]
