"""Every address of the site: the desk, the machine's own pages, then the reader's."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from newsroom.health import health
from newsroom.signin import sign_in

urlpatterns = [
    path("admin/login/", sign_in),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    *i18n_patterns(path("", include("articles.urls")), prefix_default_language=False),
]
