"""Logins and groups on the desk: Django's own pages, whose lists answer for their filters alone."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from articles.admin.declared_filters import DeclaredFiltersAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class LoginAdmin(DeclaredFiltersAdmin, UserAdmin):
    """The logins of people, found by the declared filters alone."""


@admin.register(Group)
class RoleAdmin(DeclaredFiltersAdmin, GroupAdmin):
    """Of what they may do."""
