"""Who works here: a list with role and second factor, an invitation for somebody new, a page for each person."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.admin.portraits import with_portrait
from articles.admin.saved_message import SavedMessageAdmin
from articles.dates import format_date
from articles.roles import role_label
from articles.states import name_of
from articles.users import signed_in
from newsroom.accounts.invitation import invite_by_mail
from newsroom.accounts.signed_out import sign_out_for_new_rights
from newsroom.models import User
from newsroom.people.buttons import button_urls
from newsroom.people.forms import InvitationForm, PasswordForm, PersonForm
from newsroom.people.leaving import end_access, sign_out_everywhere
from newsroom.people.permission_admin import PermissionAdmin
from newsroom.people.permissions import may_manage
from newsroom.people.person_facts import PersonFactsAdmin
from newsroom.people.personal_data_pages import personal_data_urls
from newsroom.people.rights_log import RightsLogAdmin

# Django's own texts are for programmers: label and help of each box.
ACCESS: dict[str, tuple[Any, Any]] = {
    "is_active": (_("Works here"), _("Untick this when somebody leaves, rather than deleting the account.")),
    "is_staff": (_("May sign in to the desk"), ""),
    "is_superuser": (_("Administrator"), _("May do everything, whatever the roles say.")),
}
ADMINISTRATOR_FIELDS = {"is_staff", "is_superuser", "user_permissions"}  # which they alone set
COLLEAGUE_FIELDS = {"is_active", "groups", "sections"}  # which nobody sets for themselves
ACCESS_FIELDS = ADMINISTRATOR_FIELDS | COLLEAGUE_FIELDS


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title: Any = gettext("Role")
        self.empty_value_display: Any = gettext("No role")

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(group.pk, role_label(group)) for group in Group.objects.order_by("name")]


class AccessFilter(admin.BooleanFieldListFilter):
    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        self.title = str(ACCESS[field.name][0])


@admin.register(User)
class PersonAdmin(PersonFactsAdmin, RightsLogAdmin, PermissionAdmin, UserAdmin, SavedMessageAdmin):
    form = PersonForm
    add_form_template = "admin/change_form.html"
    add_form = InvitationForm
    list_display = ["person", "username", "email", "roles", "limits", "second_factor", "state", "last_seen"]
    list_display_links = ["person"]
    list_filter = [("groups", RoleFilter), *((name, AccessFilter) for name in ACCESS)]
    readonly_fields = ["author_page", "signs_in_by", "second_factors", "signed_in_last", "here_since"]
    empty_value_display = ""
    empty_choices = {"language": _("Language of the browser"), "time_zone": _("The newsroom’s time zone")}
    holder = "user"
    change_password_form = PasswordForm
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "author_page")}),
        (_("The desk"), {"fields": ("language", "time_zone")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "sections")}),
        (_("Permissions besides those of the roles"), {"fields": ("user_permissions",), "classes": ("collapse",)}),
        (_("Sign-in"), {"fields": ("signs_in_by", "second_factors", "signed_in_last", "here_since")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "first_name", "last_name", "username", "language")}),
        (_("Permissions"), {"fields": ("groups", "sections")}),
    )

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_manage(signed_in(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_manage(signed_in(request), obj))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Let an administrator set the password of somebody else. What was typed is never kept for later."""
        if not request.user.is_superuser:
            raise PermissionDenied
        if id == str(request.user.pk):
            return redirect("account_change_password")
        try:
            return self._set_password(request, id, form_url)
        except ReauthenticationRequired:
            if request.method == "POST":
                return redirect(request.path)
            raise

    @method_decorator(reauthentication_required)
    def _set_password(self, request: HttpRequest, id: str, form_url: str) -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        person = self.get_object(request, id)
        if request.method == "POST" and response.status_code == 302 and person:
            sign_out_everywhere(person)
            get_adapter().send_notification_mail("account/email/password_changed", person)
        return response

    def get_urls(self) -> list[URLPattern]:
        return [*button_urls(self), *personal_data_urls(self), *super().get_urls()]

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Offer what this person may give; nobody but an administrator gives to themselves."""
        sets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return sets
        if obj and not self.has_change_permission(request, obj):
            return [(title, options | {"fields": self._readable(options["fields"])}) for title, options in sets]
        hidden = ADMINISTRATOR_FIELDS | (COLLEAGUE_FIELDS if obj == request.user else set())
        shown = [
            (title, [name for name in options["fields"] if name not in hidden], options) for title, options in sets
        ]
        return [(title, options | {"fields": fields}) for title, fields, options in shown if fields]

    def _readable(self, fields: Any) -> list[str]:
        """Return what is shown of an account that one may not change; a form alone knows `sections`."""
        return ["sections_in_words" if name == "sections" else name for name in fields if name != "user_permissions"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "sections_in_words"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.manager = signed_in(request)
        form.shown = set(flatten_fieldsets(self.get_fieldsets(request, obj)))
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
            obj.invited_at = clock.now()
            transaction.on_commit(lambda: invite_by_mail(request, obj, signed_in(request)))  # a mail server may be slow
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data and (former := form.initial.get("email")):
            get_adapter().send_notification_mail("account/email/email_changed", obj, email=former)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store roles and sections."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        if "sections" in form.cleaned_data:
            person.sections.set(form.cleaned_data["sections"])
        if change and not (person.is_active and person.is_staff):
            end_access(person)
        elif change and ACCESS_FIELDS & set(form.changed_data) and person != request.user:
            sign_out_for_new_rights(person)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ACCESS and field:
            field.label, field.help_text = ACCESS[db_field.name]
        return field

    def describe_saved(self, obj: User) -> str:
        if not (obj.is_active and obj.is_staff):
            return gettext("“%(name)s” is saved, and may not sign in to the desk.") % {"name": name_of(obj)}
        words = {"name": name_of(obj), "sections": self.limits(obj)}
        if obj.is_invited:
            return gettext("“%(name)s” is saved, and is invited to the desk.") % words
        if words["sections"]:
            return gettext("“%(name)s” is saved, and may sign in to the desk; changes stories in %(sections)s.") % words
        return gettext("“%(name)s” is saved, and may sign in to the desk.") % words

    def say_added(self, request: HttpRequest, obj: User) -> None:
        """Leave it to the message about the invitation, which is sent once everything is stored."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the people alone: what else goes with them, such as visits, says nothing to anybody."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        return [name_of(person) for person in objs], {}, lacking, protected

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).prefetch_related("groups", "sections").annotate(has_factor=Exists(factors))

    @admin.display(description=_("name"), ordering="username")
    def person(self, user: User) -> SafeString:
        return with_portrait(name_of(user))

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [role_label(group) for group in user.groups.all()]
        return ", ".join([gettext("Administrator"), *names] if user.is_superuser else names) or gettext("No role")

    @admin.display(description=_("sections"))
    def limits(self, user: User) -> str:
        """Return the sections whose stories this person changes; "" for all."""
        return get_text_list([section.label for section in user.sections.all()], gettext("and"))

    @admin.display(description=_("second factor"), ordering="has_factor")
    def second_factor(self, user: Any) -> str:
        return gettext("with a second factor") if user.has_factor else ""

    @admin.display(description=_("status"), ordering="is_active")
    def state(self, user: User) -> str:
        if not (user.is_active and user.is_staff):
            return gettext("may not sign in")
        return gettext("invited") if user.is_invited else ""

    @admin.display(description=_("last seen"), ordering="last_login")
    def last_seen(self, user: User) -> str:
        if user.last_login is None:
            return gettext("never signed in")
        return gettext("signed in %(day)s") % {"day": format_date(localtime(user.last_login), "DATE_FORMAT")}
