"""The page on which somebody chooses what they are told, and how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.users import signed_in
from newsroom.models import NoticeChoice, StoryEvent, User
from newsroom.notices.mail import can_be_mailed


class NoticeChoicesForm(forms.Form):
    """A box for each kind of event and each way."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (kind, way), wanted in NoticeChoice.objects.of_person(person).items():
            self.fields[f"{kind}-{way}"] = forms.BooleanField(required=False, initial=wanted)

    def chosen(self) -> dict[tuple[str, str], bool]:
        return {
            (kind, way): self.cleaned_data[f"{kind}-{way}"]
            for kind in StoryEvent.Kind.values
            for way in NoticeChoice.Way.values
        }

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Return each kind of event in words, with its boxes, each with the words of its way."""
        return [
            (str(capfirst(kind.label)), [(str(way.label), self[f"{kind}-{way}"]) for way in NoticeChoice.Way])
            for kind in StoryEvent.Kind
        ]


def choose_notices(request: HttpRequest) -> HttpResponse:
    person = User.objects.get(pk=signed_in(request).pk)
    form = NoticeChoicesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        NoticeChoice.objects.choose(person, form.chosen())
        messages.success(request, _("Your choice is saved."))
        return redirect("account_notices")
    context = {"rows": form.rows(), "ways": NoticeChoice.Way.labels, "gets_mail": can_be_mailed(person)}
    return render(request, "account/notices.html", context)
