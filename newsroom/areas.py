"""Tells the desk, where staff work, from the pages that everybody may see, and both from what shows no story."""

from django.conf import settings
from django.http import HttpRequest

DESK = "/admin/"
HEALTH = "/health/"
LIVE = "/health/live/"  # asks nothing, and so waits for no database


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(DESK)


def is_file(path: str) -> bool:
    return path.startswith((settings.MEDIA_URL, settings.STATIC_URL))


def reads_stories(request: HttpRequest) -> bool:
    """Whether this is neither a file nor the answer to a machine that asks how we are."""
    return not (is_file(request.path_info) or request.path_info.startswith(HEALTH))
