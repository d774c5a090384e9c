"""The forms by which a chief editor invites people and says what they may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Section
from articles.roles import role_label
from newsroom.models import User
from newsroom.people.permissions import grantable_roles

BOXES = {"class": "checks"}


class PasswordForm(AdminPasswordChangeForm):
    # Django joins these texts when the class is made, in whatever language is active then.
    usable_password_help_text: Any = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If disabled, the current password for this user will be lost."),
    )


class RoleBoxes(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        return role_label(obj)


class SectionBoxes(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Section) -> str:
        return obj.label


class RolesAndSectionsForm(forms.ModelForm):
    """A form with a person’s roles, of which only those can be given that the manager has, and sections."""

    manager: User  # who fills it in
    shown: set[str]  # the fields that are offered

    groups = RoleBoxes(
        Group.objects.order_by("name"),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple(BOXES),
        help_text=_("What somebody may do on the desk."),
    )
    sections = SectionBoxes(
        Section.objects.all(),
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple(BOXES),
        help_text=_("This person can change and publish stories of these sections only. Tick none to allow all."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"groups", "sections"} - self.shown:  # what is declared would be there whatever the page shows
            self.fields.pop(name, None)
        self.limits = self.manager.section_limits
        fields: Any = self.fields
        if "sections" in fields:
            self.held_sections = self.instance.section_limits if self.instance.pk else set()
            self.initial["sections"] = list(self.held_sections)
            fields["sections"].queryset = Section.objects.edited_by(self.manager)
        if "groups" in fields:
            self.grantable = grantable_roles(self.manager)
            fields["groups"].queryset = Group.objects.filter(pk__in=[one.pk for one in self.grantable]).order_by("name")

    def clean_groups(self) -> list[Group]:
        """Keep the roles that the manager could not give: they are not the manager’s to take either."""
        held = self.instance.groups.all() if self.instance.pk else []
        return [*self.cleaned_data["groups"], *(group for group in held if group not in self.grantable)]

    def clean_sections(self) -> set[int]:
        """Return ids: a manager who is limited to sections gives some of those, and takes no other away."""
        chosen = {section.pk for section in self.cleaned_data["sections"]}
        if not self.limits:
            return chosen
        if not chosen:
            raise forms.ValidationError(_("Choose at least one of your sections."))
        return chosen | (self.held_sections - self.limits)


class PersonForm(RolesAndSectionsForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User
        labels = {"username": _("User name")}


class InvitationForm(RolesAndSectionsForm):
    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "username", "language", "groups"]
        labels = {"username": _("User name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The invitation is sent there.")
        self.fields["username"].required = False
        self.fields["username"].help_text = _("Leave it empty to use the part of the address before the @.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("username") and cleaned.get("email"):
            cleaned["username"] = self.instance.username = cleaned["email"].partition("@")[0]
        return cleaned
