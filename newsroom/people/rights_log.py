"""Notes in the history of a person which rights the person has since a change, not only that they were changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.roles import role_label
from newsroom.models import User


class RightsLogAdmin(admin.ModelAdmin):
    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Log the names of the changed fields as the admin does, then what the person may do now."""
        entry = super().log_change(request, obj, message)
        return super().log_change(request, obj, describe_rights(obj)) if _is_of_form(message) else entry


def describe_rights(person: User) -> str:
    """Return whether this person works here, in which roles and for which sections. Two queries."""
    words = {
        "roles": ", ".join(role_label(group) for group in person.groups.order_by("name")) or _("none"),
        "sections": ", ".join(section.label for section in person.sections.order_by("name")) or _("all"),
    }
    if not person.is_active:
        return _("Does not work here any more. Roles: %(roles)s. Sections: %(sections)s.") % words
    return _("Works here. Roles: %(roles)s. Sections: %(sections)s.") % words


def _is_of_form(message: Any) -> bool:
    """Return whether the message names changed fields, as that of a form does."""
    return isinstance(message, list) and any("changed" in part for part in message)
