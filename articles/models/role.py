"""A role's group, and the permissions that `migrate` gave it: what of the group follows articles/roles.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class RoleQuerySet(models.QuerySet["Role"]):
    def for_name(self, name: str) -> Role:
        """Return this role. A new one takes the group of its name, with everything that an operator added to it."""
        if role := self.filter(pk=name).select_related("group").first():
            return role
        group, _created = Group.objects.get_or_create(name=name)
        return self.create(name=name, group=group)


class Role(models.Model):
    name = models.CharField(max_length=150, primary_key=True)  # in articles/roles.py; an operator may rename the group
    group = models.OneToOneField(Group, models.CASCADE, related_name="+")
    given = models.ManyToManyField(Permission, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of the newsroom")
        verbose_name_plural = _("roles of the newsroom")

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def grant(self, permissions: Iterable[Permission]) -> None:
        """Give the group what is new among the role's permissions, and take away what was given and is no longer there.

        What an operator changed stays: neither is their own addition taken away, nor given again what they took away.
        """
        wanted, given = set(permissions), set(self.given.all())
        new = wanted - given - set(self.group.permissions.all())
        self.group.permissions.remove(*(given - wanted))
        self.given.remove(*(given - wanted))
        self.group.permissions.add(*new)
        self.given.add(*new)
