"""Distinguishes the desk, where staff work, from public pages, and both from URLs that show no story."""

from django.conf import settings
from django.http import HttpRequest

DESK = "/admin/"
ACCOUNT = ("/admin/account/", "/admin/login/")
HEALTH = "/health/"
LIVE = "/health/live/"  # asks nothing, and so waits for no database


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(DESK)


def is_account_page(request: HttpRequest) -> bool:
    """Return whether this is a page of signing in, or about a person's own account."""
    return request.path_info.startswith(ACCOUNT)


def is_file(path: str) -> bool:
    return path.startswith((settings.MEDIA_URL, settings.STATIC_URL))


def reads_stories(request: HttpRequest) -> bool:
    """Return whether this request may read stories: it asks neither for a file nor for the site's health."""
    return not (is_file(request.path_info) or request.path_info.startswith(HEALTH))
