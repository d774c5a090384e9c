"""Pages with permissions as boxes to tick; what is changed there needs the password once more."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from articles.admin.declared_filters import DeclaredFiltersAdmin
from articles.users import signed_in
from newsroom.people.forms import BOXES
from newsroom.people.permissions import grantable_permissions
from newsroom.permission_boxes import PermissionBoxes, PermissionField, offered_permissions

after_the_password = method_decorator(reauthentication_required(allow_get=True))


class PermissionAdmin(DeclaredFiltersAdmin):
    """An admin whose permissions are boxes to tick: those that one has oneself."""

    filter_horizontal = ()
    holder: str  # of a permission: the name of the relation

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is not Permission:
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        pk = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        held = Permission.objects.filter(**{self.holder: pk}) if pk else Permission.objects.none()
        return db_field.formfield(
            form_class=PermissionField,
            queryset=offered_permissions(held).filter(pk__in=grantable_permissions(signed_in(request)).values("pk")),
            widget=PermissionBoxes(BOXES),
            help_text="",
        )

    @after_the_password
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    @after_the_password
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().delete_view(request, *args, **kwargs)

    @after_the_password
    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changelist_view(request, *args, **kwargs)
