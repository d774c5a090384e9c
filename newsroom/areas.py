"""Tells the desk, where staff work, from the pages that everybody may see."""

from django.http import HttpRequest

DESK = "/admin/"


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(DESK)
