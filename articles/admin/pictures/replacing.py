"""Another file for a picture that keeps its texts and uses: at once, or as a proposal, as `Image.revise` decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from articles.admin.pictures import proposals
from articles.admin.pictures.form import ReplacementForm
from articles.admin.storage_errors import report_storage_error
from articles.models import Image
from articles.users import signed_in


def replace_file(request: HttpRequest, image: Image) -> HttpResponseRedirect:
    """Take the file that is sent, or put the former one back (?former= a decided proposal), and lead to the picture."""
    user = signed_in(request)
    if not image.may_be_changed_by(user) and not image.may_be_proposed_by(user):
        raise PermissionDenied
    try:
        _report(request, image, image.revise(user, _values(request, image)))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except IntegrityError:
        messages.error(request, proposals.taken())
    except (DatabaseError, OSError) as error:
        trouble = report_storage_error(request, error, "A picture's file could not be replaced")
        messages.error(request, trouble.words)
    return HttpResponseRedirect(reverse("admin:articles_image_change", args=[image.pk]))


def _values(request: HttpRequest, image: Image) -> dict[str, Any]:
    """Return the values of the file. Raises ValidationError when there is none that can be used."""
    number = request.POST.get("former", "")
    if number.isascii() and number.isdigit() and len(number) < 19:
        decided = image.proposals.seen_by(signed_in(request)).decided()
        if former := get_object_or_404(decided, pk=int(number)).former_file(image):
            return former
        raise ValidationError(gettext("The file is no longer there."))
    form = ReplacementForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError([text for texts in form.errors.values() for text in texts])
    return form.save_file()


def _report(request: HttpRequest, image: Image, revised: str) -> None:
    match revised:
        case "changed":
            said = gettext("The picture has another file now, wherever it is used.")
        case "proposed":
            said = gettext("Readers see this picture: your change takes effect when an editor accepts it.")
        case _nothing:
            messages.info(request, gettext("This would change nothing about the picture: nothing was proposed."))
            return
    messages.success(request, said)
    log = gettext_noop("Replaced the file.") if revised == "changed" else gettext_noop("Proposed a change.")
    proposals.log_decision(signed_in(request), image, log)
