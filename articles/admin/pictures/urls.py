"""The addresses of the picture library that scripts ask: captions of a file, pictures to choose, an upload."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles import renditions
from articles.admin.deletion import DeletionAdmin
from articles.admin.long_list import LongListAdmin
from articles.admin.pictures import proposals
from articles.admin.pictures.choosing import choose_pictures, picture_choice
from articles.admin.pictures.form import QuickUploadForm
from articles.admin.pictures.replacing import replace_file
from articles.admin.pictures.words import picture_words, words_html
from articles.admin.storage_errors import report_storage_error
from articles.models import Image
from articles.users import signed_in

CAPTIONS_BYTES = 512 * 1024  # agencies write their words into the first part of a file
OFFERED_WORDS_KEY = "words_for_a_picture"  # in the session: what was typed for a picture that the library has already


class ImageAddresses(DeletionAdmin, LongListAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("captions/", view(require_POST(self.captions_view)), name="articles_image_captions"),
            path("choose/", view(self.choose_view), name="articles_image_choose"),
            path("upload/", view(require_POST(self.upload_view)), name="articles_image_upload"),
            path("<int:image_id>/words/", view(self.words_view), name="articles_image_words"),
            path("<int:image_id>/replace/", view(require_POST(self.replace_view)), name="articles_image_replace"),
            path("proposal/<int:proposal_id>/", view(require_POST(self.decide_view)), name="articles_image_proposal"),
            *super().get_urls(),
        ]

    def decide_view(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """Accept, decline or withdraw what is proposed for a picture."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return proposals.decide_proposal(request, proposal_id)

    def words_view(self, request: HttpRequest, image_id: int) -> HttpResponse:
        """Return or store the texts of a picture."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return picture_words(request, image_id)

    def replace_view(self, request: HttpRequest, image_id: int) -> HttpResponse:
        """Give a picture another file, or its former one."""
        return replace_file(request, get_object_or_404(Image, pk=image_id))

    def captions_view(self, request: HttpRequest) -> JsonResponse:
        """Return the captions that a file carries, read from its first bytes, which are the body of the request."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        said = renditions.read_captions(request.read(CAPTIONS_BYTES))
        return JsonResponse({"alt": said.alt, "caption": said.caption, "credit": said.credit})

    def choose_view(self, request: HttpRequest) -> JsonResponse:
        """Return a page of the library, for choosing a picture inside a story's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return choose_pictures(self, request)

    def upload_view(self, request: HttpRequest) -> JsonResponse:
        """Store one of several pictures that are uploaded from a page; its texts are written afterwards.

        Returns {"picture": …, "known": whether the library has it already, "said": a sentence, "fields": the form of
        its texts}, or {"errors": {field: sentences}}.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = QuickUploadForm(request.POST, request.FILES)
        image = self._stored(request, form)
        if isinstance(image, JsonResponse):
            return image
        may_change = image.may_be_changed_by(signed_in(request))
        return JsonResponse(
            {
                "picture": picture_choice(image),
                "known": bool(form.known),
                "said": known_message(may_change=may_change, unused=form.unused) if form.known else "",
                "fields": words_html(request, image) if may_change else "",
            }
        )

    def _stored(self, request: HttpRequest, form: QuickUploadForm) -> Image | JsonResponse:
        """Return the picture of a form, or the answer that says why there is none."""
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        try:
            image = form.save(signed_in(request))
            if not form.known:
                self.log_addition(request, image, [{"added": {}}])
        except (DatabaseError, OSError) as error:
            trouble = report_storage_error(request, error, "A picture could not be stored")
            return JsonResponse({"errors": {"upload": [trouble.words]}}, status=trouble.status)
        return image

    def _offer(self, request: HttpRequest, image: Image, words: dict[str, Any]) -> None:
        if words and self.has_change_permission(request, image):
            request.session[OFFERED_WORDS_KEY] = {"image": image.pk, "words": words}


def duplicate_message(offered: dict[str, Any], *, may_change: bool) -> str:
    """Return the message for somebody who uploads a picture that the library has already."""
    if not offered:
        return gettext("This picture is already in the library: it was not added again.")
    if may_change:
        return gettext(
            "This picture is already in the library, with different texts: it was not added again. Your texts "
            "are filled in on its form: save it to keep them."
        )
    words = "; ".join(str(value) for value in offered.values() if isinstance(value, str))
    return gettext(
        "This picture is already in the library, with different texts: it was not added again. You may not "
        "change them; these were yours: %(words)s"
    ) % {"words": words}


def known_message(*, may_change: bool, unused: bool) -> str:
    """Return the message beside a picture that was uploaded again among others.

    `unused` says that a caption or credit was typed for all of them, which this one does not have.
    """
    if may_change and unused:
        return gettext(
            "This picture is already in the library: it was not added again, and did not get the caption and credit "
            "for all new pictures. These are its own texts."
        )
    if may_change:
        return gettext("This picture is already in the library: it was not added again. These are its texts.")
    if unused:
        return gettext(
            "This picture is already in the library: it was not added again, and did not get the caption and credit "
            "for all new pictures. You may not change its texts."
        )
    return gettext("This picture is already in the library: it was not added again. You may not change its texts.")
