"""People and roles on the desk: Django's own pages, whose lists answer for their filters alone."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from articles.admin.declared_filters import DeclaredFiltersAdmin
from newsroom.models import User

DJANGO_FIELDSETS = tuple(UserAdmin.fieldsets or ())  # name and password, personal info, permissions, dates

admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(DeclaredFiltersAdmin, UserAdmin):
    fieldsets = (*DJANGO_FIELDSETS[:2], (_("The desk"), {"fields": ("language", "time_zone")}), *DJANGO_FIELDSETS[2:])
    add_fieldsets = ((None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),)


@admin.register(Group)
class RoleAdmin(DeclaredFiltersAdmin, GroupAdmin):
    """The roles and their permissions."""
