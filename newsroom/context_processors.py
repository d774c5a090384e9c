"""What the frame of the desk shows on pages that are not the admin's own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.url_kinds import is_account_page


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the menu and names of the desk for a page about a person's own account."""
    return admin.site.each_context(request) if is_account_page(request) else {}
