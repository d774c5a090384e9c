"""Who may manage whom: nobody gives or takes more than they have themselves."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from newsroom.models import User


def may_manage(manager: User, person: User) -> bool:
    """Return whether one may change the other’s account: that of nobody who may do more, in more sections."""
    if manager.is_superuser:
        return True
    if person.is_superuser or not person.get_all_permissions() <= manager.get_all_permissions():
        return False
    limits, theirs = manager.section_limits, person.section_limits
    return not limits or bool(theirs and theirs <= limits)


def grantable_roles(manager: User) -> list[Group]:
    """Return the roles that this person may give: those without a permission that they lack. One query."""
    groups = Group.objects.order_by("name")
    if manager.is_superuser:
        return list(groups)
    held = Permission.objects.filter(Q(group__user=manager) | Q(user=manager))
    return list(groups.exclude(permissions__in=Permission.objects.exclude(pk__in=held.values("pk"))))
