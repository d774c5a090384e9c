"""The picture library of the desk."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.picture_input import chooser_settings
from articles.admin.pictures import proposals
from articles.admin.pictures.changelist import PictureList
from articles.admin.pictures.facts import ImageFacts
from articles.admin.pictures.filters import CreditFilter, MissingFilter, PictureUseFilter, YearFilter
from articles.admin.pictures.form import PICTURE_FIELDS, ImageForm, UploadForm
from articles.admin.pictures.neighbours import neighbours_context
from articles.admin.pictures.request_state import picture_request_state
from articles.admin.pictures.urls import OFFERED_WORDS_KEY, ImageAddresses, duplicate_message
from articles.admin.pictures.uses import usage_links
from articles.admin.saved_message import SavedMessageAdmin
from articles.admin.storage_errors import find_storage_error, report_storage_error
from articles.admin.trash import TrashedDeletionAdmin
from articles.models import Image
from articles.users import signed_in


@admin.register(Image)
class ImageAdmin(ImageFacts, TrashedDeletionAdmin, SavedMessageAdmin, ImageAddresses):
    list_filter = [PictureUseFilter, MissingFilter, YearFilter, CreditFilter]
    actions = ["delete_selected"]
    sortable_by = ()
    search_fields = ["alt"]  # shows the box; get_search_results answers
    readonly_fields = ["picture", "measures", "used_by"]

    class Media:
        css = {"all": ["desk/picture.css", "desk/picture_tray.css"]}

    # The list

    @property
    def list_media(self) -> forms.Media:
        """Leave out the admin's script of rows in a table: these are cards."""
        return forms.Media(css={"all": self.Media.css["all"]})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PictureList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        """Return what has these words in its texts, its credit or the name of its file."""
        pictures: Any = queryset
        return (pictures.search(search_term) if search_term.strip() else queryset), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        may_upload = self.has_add_permission(request) and IS_POPUP_VAR not in request.GET
        tray = json.dumps(chooser_settings(may_upload=True)) if may_upload else ""
        return super().changelist_view(request, {"tray": tray} | (extra_context or {}))

    # The form

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, form=ImageForm if change else UploadForm, **kwargs)
        state = picture_request_state(request)
        state.offered = self._offered(request, obj) if obj else {}
        form.refusal = state.refusal
        form.proposed = self._proposed(request, obj) | state.offered if obj else {}
        return form

    def _offered(self, request: HttpRequest, image: Image) -> dict[str, Any]:
        """Return what this person has just typed for this picture, when they uploaded it again."""
        if request.method != "GET" or request.session.get(OFFERED_WORDS_KEY, {}).get("image") != image.pk:
            return {}
        words: dict[str, Any] = request.session.pop(OFFERED_WORDS_KEY)["words"]
        return words

    def _proposed(self, request: HttpRequest, image: Image) -> dict[str, Any]:
        """Return what this person has proposed for the picture and nobody has decided yet."""
        own = image.proposals.open().filter(proposed_by=signed_in(request)).first()
        return own.proposed if own else {}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        image = context.get("original")
        if image:
            stored = Image.objects.get(pk=image.pk)  # a refused form has changed the other object
            context |= proposals.proposals_context(stored, signed_in(request))
            context |= neighbours_context(self, request, stored)
            context["library_texts"] = [
                (stored._meta.get_field(name).verbose_name, getattr(stored, name))  # type: ignore[union-attr]
                for name, typed in picture_request_state(request).offered.items()
                if str(typed) != str(getattr(stored, name))
            ]
            context["may_replace"] = self.has_change_permission(request, stored)
            context["proposing"] = stored.may_be_proposed_by(signed_in(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        words = ["alt", "decorative", "caption", "credit"]
        about = ["measures", "used_by"] if obj else []
        return [
            (None, {"fields": [*([] if obj else ["upload"]), "picture", ("focal_x", "focal_y")]}),
            (_("Texts"), {"fields": words}),
            *([(_("About"), {"fields": about})] if about else []),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Run without the admin's transaction: making copies takes seconds, during which SQLite would let nobody save.

        What cannot be stored comes back with what was typed, and the reason.
        """
        try:
            response = self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
            return self._keep_file(request, response) if object_id is None and request.method == "POST" else response
        except (DatabaseError, OSError) as error:
            if request.method != "POST":
                raise
            trouble = report_storage_error(request, error, "A picture could not be stored")
            picture_request_state(request).refusal = trouble.words
            response = self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
            response.status_code = trouble.status
            return response

    def _keep_file(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store a good file whose texts were refused, which a browser would forget, and lead to its form with them."""
        context = getattr(response, "context_data", None) or {}
        form = context["adminform"].form if "adminform" in context else None
        if form is None or "upload" in form.errors or form.refusal or IS_POPUP_VAR in request.POST:
            return response
        image = form.store(signed_in(request), {name: form.cleaned_data[name] for name in form.accepted})
        if not form.known:
            self.log_addition(request, image, [{"added": {}}])
        refused = " ".join(f"{form[name].label}: {' '.join(texts)}" for name, texts in form.errors.items())
        said = gettext("The file is in the library, but these texts were refused: %(problems)s") % {"problems": refused}
        self.message_user(request, said, messages.WARNING)
        self._offer(request, image, {name: request.POST.get(name, "") for name in PICTURE_FIELDS})
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[image.pk]))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:
        if not change:
            form.instance.uploaded_by = signed_in(request)
        return form.save(commit=False)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        state = picture_request_state(request)
        if change:
            values = form.proposed | {name: form.cleaned_data[name] for name in form.changed_data}
            try:
                state.revised = obj.revise(signed_in(request), values)
            except OSError as error:
                if find_storage_error(error):
                    raise
                self.message_user(request, proposals.unreadable(), messages.ERROR)
        else:
            state.known, state.offered = form.known, form.offered

    def log_addition(self, request: HttpRequest, obj: Image, message: Any) -> Any:
        if picture_request_state(request).known is None:
            return super().log_addition(request, obj, message)
        return None

    def response_add(self, request: HttpRequest, obj: Image, post_url_continue: str | None = None) -> HttpResponse:
        """Show a picture that the library has already, with what was typed where it may be changed."""
        state = picture_request_state(request)
        if state.known is None:
            return super().response_add(request, obj, post_url_continue)
        said = duplicate_message(state.offered, may_change=self.has_change_permission(request, obj))
        self.message_user(request, said, messages.WARNING)
        self._offer(request, obj, state.offered)
        if IS_POPUP_VAR in request.POST:  # the window that opened it takes it, and shows the message with its next page
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    def log_change(self, request: HttpRequest, obj: Image, message: Any) -> Any:
        match picture_request_state(request).revised:
            case "changed":
                return super().log_change(request, obj, message)
            case "proposed":
                proposals.log_decision(
                    signed_in(request), Image.objects.get(pk=obj.pk), gettext_noop("Proposed a change.")
                )
        return None

    def response_change(self, request: HttpRequest, obj: Image) -> HttpResponse:
        match picture_request_state(request).revised:
            case "proposed":
                said = gettext("Readers see this picture: your change takes effect when an editor accepts it.")
            case "nothing":
                said = gettext("This would change nothing about the picture: nothing was proposed.")
            case _changed:
                return super().response_change(request, obj)
        self.message_user(request, said)
        return HttpResponseRedirect(request.get_full_path())

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Image | None:
        image = super().get_object(request, object_id, from_field)
        if image:
            image.viewer = signed_in(request)  # for used_by, which does not get the request
        return image

    # Permissions

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Return whether this person may change the picture or propose a change: `Image.revise` decides which."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        answers = picture_request_state(request).may_change
        if obj.pk not in answers:
            answers[obj.pk] = obj.may_be_changed_by(signed_in(request)) or obj.may_be_proposed_by(signed_in(request))
        return answers[obj.pk]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what uses the pictures in the same way as what the database protects."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        uses = dict.fromkeys(use for image in objs for use in image.uses())
        if uses:  # nothing is deleted then
            return deleted, counts, set(), usage_links(uses, signed_in(request))
        return deleted, counts, needed, protected
