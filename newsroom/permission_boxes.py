"""The permissions of a person or a role, as boxes to tick in the newsroom's words, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.roles import ROLES

VERB_LABELS = {
    "add": gettext_lazy("add"),
    "change": gettext_lazy("change"),
    "delete": gettext_lazy("delete"),
    "view": gettext_lazy("view"),
}
PERMISSION_NAMES = (gettext_noop("Can merge tags"),)  # of permissions whose models do not mark them


class PermissionChoices(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        permissions = sorted(self.queryset, key=lambda one: (noun_of(one), one.pk))
        for noun, group in groupby(permissions, key=noun_of):
            yield noun, [self.choice(permission) for permission in group]


class PermissionBoxes(forms.CheckboxSelectMultiple):
    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Let a screen reader say what each verb is about, which the heading of the group says to the eye."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["aria-label"] = f"{option['label']}, {noun_of(value.instance)}"
        return option


class PermissionField(forms.ModelMultipleChoiceField):
    iterator = PermissionChoices

    def label_from_instance(self, obj: Permission) -> str:
        verb = obj.codename.removesuffix(f"_{obj.content_type.model}")
        return str(VERB_LABELS.get(verb) or _(obj.name))


def noun_of(permission: Permission) -> str:
    model = permission.content_type.model_class()
    return capfirst(str(model._meta.verbose_name_plural if model else permission.content_type.name))


def offered_permissions(held: QuerySet[Permission]) -> QuerySet[Permission]:
    """Return what the desk knows, and what is held besides: a form that is saved takes nothing away unseen."""
    in_roles = {codename for codenames in ROLES.values() for codename in codenames}
    everything = Permission.objects.select_related("content_type")
    known = {one.pk for one in everything if _has_page(one) or _is_ours(one) and one.codename in in_roles}
    return everything.filter(pk__in=known | set(held.values_list("pk", flat=True)))


def _is_ours(permission: Permission) -> bool:
    return permission.content_type.app_label == "articles"


def _has_page(permission: Permission) -> bool:
    model = permission.content_type.model_class()
    return model is not None and admin.site.is_registered(model)
