"""Every address of the site: the desk, the machine's own pages, then the reader's."""

import re

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog

from articles.admin.finder import find
from articles.admin.site import view_on_site
from articles.urls import site_patterns
from newsroom.error_pages import answer_forbidden, answer_not_found
from newsroom.health import show_health, show_liveness, show_readiness, show_unknown
from newsroom.media import answer_missing, serve_picture
from newsroom.server_error import answer_failure
from newsroom.signin import show_session
from newsroom.signout import sign_out

handler403 = answer_forbidden
handler404 = answer_not_found
handler500 = answer_failure

# With a CDN or other storage in MEDIA_URL, pictures are not asked for here.
pictures = (
    [path(f"{settings.MEDIA_URL[1:]}<path:path>", serve_picture, name="picture")]
    if settings.MEDIA_URL.startswith("/")
    else []
)
# Whitenoise has answered for the styles and scripts that are there.
no_files = [
    re_path(f"^{re.escape(prefix[1:])}", answer_missing, name=name)
    for name, prefix in (("missing_picture", settings.MEDIA_URL), ("missing_file", settings.STATIC_URL))
    if prefix.startswith("/")
]

# Of the two catalogs, the newsroom's wins.
admin_phrases = JavaScriptCatalog.as_view(packages=["django.contrib.admin", "newsroom"])

urlpatterns = [
    path("admin/", include("newsroom.accounts.urls")),
    path("admin/logout/", sign_out),
    path("admin/session/", show_session, name="desk_session"),
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(view_on_site)),
    path("admin/jsi18n/", admin.site.admin_view(admin_phrases, cacheable=True)),
    path("admin/notices/", include("newsroom.notices.urls")),
    path("admin/find/", admin.site.admin_view(find), name="find_on_desk"),
    path("admin/", admin.site.urls),
    path("health/", show_health, name="health"),
    path("health/ready/", show_readiness, name="ready"),
    path("health/live/", show_liveness, name="live"),
    re_path("^health/", show_unknown, name="unknown_health"),
    *pictures,
    *no_files,
    *site_patterns,
    *i18n_patterns(path("", include("articles.urls")), prefix_default_language=False),
]
