"""Tells the desk, where staff work, from the pages that everybody may see, and both from what shows no story."""

from django.conf import settings
from django.http import HttpRequest

DESK = "/admin/"


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(DESK)


def reads_stories(request: HttpRequest) -> bool:
    """Whether this is neither a file nor the answer to a machine that asks how we are."""
    return not request.path_info.startswith((settings.MEDIA_URL, settings.STATIC_URL, "/health/"))
