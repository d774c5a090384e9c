"""Who may manage whom: nobody gives or takes more than they have themselves."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from newsroom.models import User


def may_manage(manager: User, person: User) -> bool:
    """Return whether one may change the other’s account: that of nobody who may do more, in more sections."""
    if manager.is_superuser:
        return True
    if person.is_superuser or not person.get_all_permissions() <= manager.get_all_permissions():
        return False
    limits, theirs = manager.section_limits, person.section_limits
    return not limits or bool(theirs and theirs <= limits)


def may_change_role(manager: User, role: Group) -> bool:
    """Return whether one may change or delete this role: it allows nothing that they may not do themselves."""
    return manager.is_superuser or role in grantable_roles(manager)


def grantable_roles(manager: User) -> list[Group]:
    """Return the roles that this person may give: those without a permission that they lack. One query."""
    groups = Group.objects.order_by("name")
    lacking = Permission.objects.exclude(pk__in=grantable_permissions(manager).values("pk"))
    return list(groups if manager.is_superuser else groups.exclude(permissions__in=lacking))


def grantable_permissions(manager: User) -> QuerySet[Permission]:
    """Return the permissions that this person may give: those that they have."""
    everything = Permission.objects.all()
    return everything if manager.is_superuser else everything.filter(Q(group__user=manager) | Q(user=manager))
