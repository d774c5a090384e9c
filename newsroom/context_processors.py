"""What the frame of the desk shows: the bell on every page, and the menu on those that are not the admin's own."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.models import Notice
from newsroom.url_kinds import is_account_page, is_desk


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the menu and names of the desk for a page about a person's own account, and what the bell says.

    How many notices are unread is asked for where a template shows it.
    """
    context = admin.site.each_context(request) if is_account_page(request) else {}
    if is_desk(request) and hasattr(request, "user") and request.user.is_authenticated:
        context["count_unread_notices"] = partial(Notice.objects.count_unread, request.user)
    return context
