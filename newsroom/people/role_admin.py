"""The roles and their permissions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.admin.saved_message import SavedMessageAdmin
from articles.users import signed_in
from newsroom.accounts.signed_out import sign_out_for_new_rights
from newsroom.models import User
from newsroom.people.permission_admin import PermissionAdmin
from newsroom.people.permissions import may_change_role

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(PermissionAdmin, GroupAdmin, SavedMessageAdmin):  # type: ignore[misc]
    """The roles and their permissions."""

    holder = "group"

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change_role(signed_in(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or may_change_role(signed_in(request), obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the permissions, and sign out whose rights they are; the one who changes them stays."""
        super().save_related(request, form, formsets, change)
        if change and "permissions" in form.changed_data:
            for person in User.objects.filter(groups=form.instance).exclude(pk=signed_in(request).pk):
                sign_out_for_new_rights(person)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the roles, and how many people lose each, in place of every permission that goes with them."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        people = Counter(User.groups.through.objects.filter(group__in=objs).values_list("group", flat=True))
        return [part for role in objs for part in _describe_deletion(role, people[role.pk])], {}, lacking, protected


def _describe_deletion(role: Group, people: int) -> list[Any]:
    """Return the role, and below it how many people lose it."""
    text = ngettext("%(count)d person loses this role", "%(count)d people lose this role", people) % {"count": people}
    return [role.name, [text]] if people else [role.name]
