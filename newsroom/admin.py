"""People and roles on the desk: Django's own pages in the desk's form."""

from __future__ import annotations

from collections import Counter
from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.declared_filters import DeclaredFiltersAdmin
from articles.admin.portraits import with_portrait
from articles.admin.saved_message import SavedMessageAdmin
from articles.dates import format_date
from articles.states import name_of
from newsroom.models import User
from newsroom.permission_boxes import PermissionBoxes, PermissionField, offered_permissions

BOXES = {"class": "checks"}
# Django's own texts are for programmers: label and help of each box.
ACCESS: dict[str, tuple[Any, Any]] = {
    "is_active": (_("Works here"), _("Untick it when somebody leaves, rather than delete the account.")),
    "is_staff": (_("May sign in to the desk"), ""),
    "is_superuser": (_("Administrator"), _("May do everything, whatever the roles say.")),
}

admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])  # the people's pages show what matters


class PermissionAdmin(DeclaredFiltersAdmin):
    """An admin whose permissions are boxes to tick."""

    filter_horizontal = ()
    holder: str  # of a permission: the name of the relation

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is not Permission:
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        pk = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        held = Permission.objects.filter(**{self.holder: pk}) if pk else Permission.objects.none()
        return db_field.formfield(
            form_class=PermissionField,
            queryset=offered_permissions(held),
            widget=PermissionBoxes(BOXES),
            help_text="",
        )


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display: Any = gettext("No role")


class PasswordForm(AdminPasswordChangeForm):
    # Django joins these texts when the class is made, in whatever language is active then.
    usable_password_help_text: Any = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If disabled, the current password for this user will be lost."),
    )


@admin.register(User)
class PersonAdmin(PermissionAdmin, UserAdmin, SavedMessageAdmin):
    list_display = ["person", "username", "email", "roles", "state", "last_seen"]
    list_display_links = ["person"]
    list_filter = [("groups", RoleFilter), "is_active", "is_staff", "is_superuser"]
    readonly_fields = ["last_login", "date_joined"]
    empty_value_display = ""
    empty_choices = {"language": _("As the browser asks"), "time_zone": _("The newsroom’s time zone")}
    holder = "user"
    change_password_form = PasswordForm
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        (_("The desk"), {"fields": ("language", "time_zone")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Permissions beside those of the roles"), {"fields": ("user_permissions",), "classes": ("collapse",)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "widget": forms.CheckboxSelectMultiple(BOXES),
                "help_text": _("What somebody may do on the desk."),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.widget.can_add_related = False  # a role has a page of its own
        if db_field.name in ACCESS and field:
            field.label, field.help_text = ACCESS[db_field.name]
        return field

    def describe_saved(self, obj: User) -> str:
        if obj.is_active and obj.is_staff:
            return gettext("“%(name)s” is saved, and may sign in to the desk.") % {"name": name_of(obj)}
        return gettext("“%(name)s” is saved, and may not sign in to the desk.") % {"name": name_of(obj)}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the people alone: what else goes with them, such as visits, says nothing to anybody."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        return [name_of(person) for person in objs], {}, lacking, protected

    # Columns

    @admin.display(description=_("name"), ordering="username")
    def person(self, user: User) -> SafeString:
        return with_portrait(name_of(user))

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join([gettext("Administrator"), *names] if user.is_superuser else names) or gettext("No role")

    @admin.display(description=_("status"))
    def state(self, user: User) -> str:
        return "" if user.is_active and user.is_staff else gettext("may not sign in")

    @admin.display(description=_("last seen"), ordering="last_login")
    def last_seen(self, user: User) -> str:
        if user.last_login is None:
            return gettext("never signed in")
        return gettext("signed in %(day)s") % {"day": format_date(localtime(user.last_login), "DATE_FORMAT")}


@admin.register(Group)
class RoleAdmin(PermissionAdmin, GroupAdmin, SavedMessageAdmin):  # type: ignore[misc]
    """The roles and their permissions."""

    holder = "group"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the roles, and how many people lose each, in place of every permission that goes with them."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        people = Counter(User.groups.through.objects.filter(group__in=objs).values_list("group", flat=True))
        return [part for role in objs for part in _describe_deletion(role, people[role.pk])], {}, lacking, protected


def _describe_deletion(role: Group, people: int) -> list[Any]:
    """Return the role, and below it how many people lose it."""
    text = ngettext("%(count)d person loses this role", "%(count)d people lose this role", people) % {"count": people}
    return [role.name, [text]] if people else [role.name]
