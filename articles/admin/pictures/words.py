"""A picture's texts in a form of their own, which saves by itself: on the cards of the list, and after an upload."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from articles.admin.pictures.form import WordsForm
from articles.admin.storage_errors import report_storage_error
from articles.models import Image
from articles.models.image import IMAGE_WORDS
from articles.users import signed_in


def picture_words(request: HttpRequest, image_id: int) -> HttpResponse:
    """Return the form of a picture's texts as HTML, or store those that are sent and return {"said", "errors"} as JSON.

    Only what somebody changed is sent, so that two people who work on one picture do not overwrite each other.
    """
    image = get_object_or_404(Image, pk=image_id)
    if not image.may_be_changed_by(signed_in(request)):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponse(words_html(request, image))
    try:
        return _store_words(request, image)
    except (DatabaseError, OSError) as error:
        trouble = report_storage_error(request, error, "A picture's texts could not be stored")
        return JsonResponse({"said": "", "errors": {"__all__": [trouble.words]}}, status=trouble.status)


def words_html(request: HttpRequest, image: Image) -> SafeString:
    """Return the form of a picture's texts."""
    context = {"form": WordsForm(instance=image, auto_id=f"picture-{image.pk}-%s"), "image": image}
    return render_to_string("admin/articles/image/_words.html", context, request)


def _store_words(request: HttpRequest, image: Image) -> JsonResponse:
    sent = {name: request.POST[name] for name in IMAGE_WORDS if name in request.POST}
    form = WordsForm({name: getattr(image, name) for name in IMAGE_WORDS} | sent, instance=image)
    concerned = {*sent, "alt"} if "decorative" in sent else {*sent}
    errors: dict[str, Any] = {name: texts for name, texts in form.errors.items() if name in concerned}
    refused = {*errors, "decorative"} if "alt" in errors else {*errors}
    values = {name: form.cleaned_data[name] for name in sent if name not in refused}
    said = ""
    try:
        said = _revise(request, image, values) if values else ""
    except ValidationError as error:
        errors |= error.message_dict
    return JsonResponse({"said": said, "errors": errors}, status=400 if errors else 200)


def _revise(request: HttpRequest, image: Image, values: dict[str, Any]) -> str:
    """Store these values, or propose them where a story with the picture went live meanwhile. Returns what was done."""
    user = signed_in(request)
    match image.revise(user, values):
        case "proposed":
            return gettext("Readers see this picture: your change takes effect when an editor accepts it.")
        case "changed":
            with override(None):  # as Django stores it, which translates the names of fields where they are read
                fields = [capfirst(str(Image._meta.get_field(name).verbose_name)) for name in values]  # type: ignore[union-attr]
            message = json.dumps([{"changed": {"fields": fields}}])
            LogEntry.objects.log_actions(user.pk, [image], CHANGE, message, single_object=True)
    return gettext("Saved")
