"""The lead picture of a story, or the photo of an author: a number of the library.

static/desk/lead_picture.js, a part of the form's script, turns it into a choice.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext

from articles import renditions
from articles.admin.pictures.choosing import picture_choice
from articles.admin.pictures.form import ACCEPT
from articles.models import Image

MAX_DIGITS = 18  # of the number of a row


class PictureChooserInput(forms.NumberInput):
    def __init__(self, attrs: dict[str, Any] | None = None, *, may_upload: bool = False) -> None:
        super().__init__(attrs)
        self.may_upload = may_upload

    class Media:
        css = {"all": ["desk/picture_tray.css"]}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        number = str(value or "")
        is_number = number.isdecimal() and len(number) <= MAX_DIGITS
        image = Image.objects.filter(pk=number).first() if is_number else None
        context["widget"]["attrs"] |= {
            "data-picture": json.dumps(picture_choice(image) if image else None),
            "data-pictures": json.dumps(chooser_settings(may_upload=self.may_upload)),
        }
        return context


def chooser_settings(*, may_upload: bool) -> dict[str, Any]:
    """Return what the chooser's script needs to know, including its texts."""
    return {
        "library": reverse("admin:articles_image_choose"),
        "upload": reverse("admin:articles_image_upload") if may_upload else "",
        "maxBytes": renditions.MAX_BYTES,
        "words": {
            "title": gettext("Choose a picture"),
            "search": gettext("Search the library"),
            "library": gettext("Pictures"),
            "none": gettext("No picture found."),
            "more": gettext("Show more"),
            "failed": gettext("That did not work. Try again."),
            "choose": gettext("Choose a picture …"),
            "other": gettext("Choose another …"),
            "remove": gettext("Remove"),
            "cancel": gettext("Cancel"),
            "accept": ACCEPT,
            "upload": gettext("Upload pictures"),
            "use": gettext("Use this picture"),
            "uploading": gettext("Uploading …"),
            "again": gettext("Try again"),
            "captionForAll": gettext("Caption for all new pictures"),
            "creditForAll": gettext("Credit for all new pictures"),
            "uploaded": gettext("{done} of {all} uploaded."),
            "lacksAlt": gettext("{count} without alternative text."),
            "insert": gettext("Insert the pictures"),
            "done": gettext("Done"),
            "wait": gettext("A file is not uploaded yet: wait a moment, remove it, or cancel."),
            "tooLarge": gettext("The file is larger than %(limit)d MB. Upload a smaller one.")
            % {"limit": renditions.MAX_BYTES // 1024 // 1024},
        },
    }
