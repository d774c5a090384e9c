"""Every address of the site: the desk, the machine's own pages, then the reader's."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
