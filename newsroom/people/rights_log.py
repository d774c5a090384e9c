"""Notes in the history of a person which rights the person has since a change, not only that they were changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from articles.log_messages import log_message
from newsroom.models import User


class RightsLogAdmin(admin.ModelAdmin):
    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Log the names of the changed fields as the admin does, then what the person may do now."""
        entry = super().log_change(request, obj, message)
        return super().log_change(request, obj, describe_rights(obj)) if _is_of_form(message) else entry


def describe_rights(person: User) -> str:
    """Return, for the log, whether this person works here, in which roles and for which sections. Two queries."""
    text = gettext_noop("Works here. Roles: %(roles)s. Sections: %(sections)s.")
    if not person.is_active:
        text = gettext_noop("Does not work here any more. Roles: %(roles)s. Sections: %(sections)s.")
    roles = [group.name for group in person.groups.order_by("name")] or [gettext_noop("none")]
    sections = ", ".join(section.label for section in person.sections.order_by("name"))
    if sections:
        return log_message(text, {"sections": sections}, {"roles": roles})
    return log_message(text, parts={"roles": roles, "sections": [gettext_noop("all")]})


def _is_of_form(message: Any) -> bool:
    """Return whether the message names changed fields, as that of a form does."""
    return isinstance(message, list) and any("changed" in part for part in message)
