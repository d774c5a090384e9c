"""Two pages of one's own: how colleagues and the desk know a person, and what readers see of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.picture_input import PictureChooserInput
from articles.models import Author
from articles.users import signed_in
from newsroom.models import User
from newsroom.preferences import language_of_user


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["language"].choices = [("", _("Language of the browser")), *fields["language"].choices[1:]]
        fields["time_zone"].choices = [("", _("The newsroom’s time zone")), *fields["time_zone"].choices[1:]]


def _formfield(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """Take an address that is typed without a scheme as one of the encrypted web."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class AuthorPageForm(forms.ModelForm):
    """What authors say of themselves: their name, role and address are the newsroom's."""

    class Meta:
        model = Author
        fields = ["biography", "photo", "email", "website", "mastodon", "linkedin", "x_profile"]
        formfield_callback = _formfield

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if person.has_perm("articles.view_image"):
            fields["photo"].widget = PictureChooserInput(may_upload=person.has_perm("articles.add_image"))
        else:
            del fields["photo"]


def edit_profile(request: HttpRequest) -> HttpResponse:
    person = User.objects.get(pk=signed_in(request).pk)  # what a refused form changes is nobody's
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and _save(form, person):
        with translation.override(language_of_user(person.language)):  # that of the next page
            messages.success(request, gettext("Your profile is saved."))
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form})


def edit_author_page(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    author = Author.objects.filter(user=person, is_active=True).first()
    if author is None:
        return render(request, "account/no_author_page.html")
    form = AuthorPageForm(request.POST or None, instance=author, person=person)
    if request.method == "POST" and _save(form, person):
        messages.success(request, gettext("Your author page is saved."))
        return redirect("account_author_page")
    return render(request, "account/author_page.html", {"form": form, "author": Author.objects.get(pk=author.pk)})


@transaction.atomic
def _save(form: Any, by: User) -> bool:
    """Save the fields of the form and note them in the history; return whether they are right."""
    if not form.is_valid():
        return False
    if form.changed_data:
        form.instance.save(update_fields=form.changed_data)
        message = construct_change_message(form, [], add=False)
        LogEntry.objects.log_actions(by.pk, [form.instance], CHANGE, message, single_object=True)
    return True
