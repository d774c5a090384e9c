"""The picture library of the desk."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.pictures import proposals
from articles.admin.pictures.form import ImageForm, UploadForm
from articles.admin.pictures.urls import OFFERED_WORDS_KEY, ImageAddresses, duplicate_message
from articles.admin.storage_errors import find_storage_error
from articles.admin.trash import TrashedDeletionAdmin
from articles.models import Article, Image
from articles.pictures import markup
from articles.users import signed_in

MAX_USES_SHOWN = 20  # stories named on a picture's page


logger = logging.getLogger(__name__)


class UnusedFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", gettext("In no story"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.unused() if self.value() == "none" else queryset


class MissingFilter(admin.SimpleListFilter):
    title = _("missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alt", gettext("Alternative text"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.undescribed() if self.value() == "alt" else queryset


@admin.register(Image)
class ImageAdmin(TrashedDeletionAdmin, ImageAddresses):
    list_display = ["thumbnail", "words", "credit", "measures", "created_at"]
    list_display_links = ["thumbnail", "words"]
    list_filter = [UnusedFilter, MissingFilter, "created_at"]
    ordering = ["-pk"]  # the newest first, by the index that every table has
    sortable_by = ()
    search_fields = ["alt", "caption", "credit"]
    readonly_fields = ["picture", "measures", "used_by"]

    class Media:
        css = {"all": ["desk/picture.css"]}
        js = ["desk/picture.js"]

    # The form

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, form=ImageForm if change else UploadForm, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.proposed = self._proposed(request, obj) | self._offered(request, obj) if obj else {}
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
            stored = Image.objects.get(pk=image.pk)  # a form that was refused has changed the other
            context |= proposals.proposals_context(stored, signed_in(request))
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
        """Run without the admin's transaction: making copies takes seconds, in which SQLite would let nobody save.

        What cannot be stored comes back with its words, and the reason.
        """
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
        except (DatabaseError, OSError) as error:
            trouble = find_storage_error(error)
            if trouble is None or request.method != "POST":
                raise
            logger.exception("A picture could not be stored")
            request.refusal = trouble.words  # type: ignore[attr-defined]
            response = self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
            response.status_code = trouble.status
            return response

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:
        if not change:
            form.instance.uploaded_by = signed_in(request)
        return form.save(commit=False)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            values = form.proposed | {name: form.cleaned_data[name] for name in form.changed_data}
            try:
                request.revised = obj.revise(signed_in(request), values)  # type: ignore[attr-defined]
            except OSError as error:
                if find_storage_error(error):
                    raise
                self.message_user(request, proposals.unreadable(), messages.ERROR)
        else:
            request.known, request.offered = form.known, form.offered  # type: ignore[attr-defined]

    def log_addition(self, request: HttpRequest, obj: Image, message: Any) -> Any:
        if getattr(request, "known", None) is None:
            return super().log_addition(request, obj, message)
        return None

    def response_add(self, request: HttpRequest, obj: Image, post_url_continue: str | None = None) -> HttpResponse:
        """Show a picture that the library has already, with what was typed where it may be changed."""
        if getattr(request, "known", None) is None or IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        said = duplicate_message(request.offered, may_change=self.has_change_permission(request, obj))  # type: ignore[attr-defined]
        self.message_user(request, said, messages.WARNING)
        self._offer(request, obj, request.offered)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    def log_change(self, request: HttpRequest, obj: Image, message: Any) -> Any:
        match getattr(request, "revised", "changed"):
            case "changed":
                return super().log_change(request, obj, message)
            case "proposed":
                proposals.log_decision(signed_in(request), Image.objects.get(pk=obj.pk), gettext("Proposed a change."))
        return None

    def response_change(self, request: HttpRequest, obj: Image) -> HttpResponse:
        match getattr(request, "revised", "changed"):
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
            image.viewer = signed_in(request)  # for used_by, which is not told of the request
        return image

    # Permissions

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Return whether this person may change the picture or propose a change: `Image.revise` decides which."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        answers = request.__dict__.setdefault("may_change", {})  # the admin asks ten times a page
        if obj.pk not in answers:
            answers[obj.pk] = obj.may_be_changed_by(signed_in(request)) or obj.may_be_proposed_by(signed_in(request))
        return bool(answers[obj.pk])

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what uses the pictures in the same way as what the database protects."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        uses = dict.fromkeys(use for image in objs for use in image.uses())
        if uses:  # nothing is deleted then
            return deleted, counts, set(), _usage_links(uses, signed_in(request))
        return deleted, counts, needed, protected

    # Columns and read-only fields

    @admin.display(description=_("picture"))
    def thumbnail(self, obj: Image) -> SafeString:
        return markup(obj, sizes="120px", variant="card", instead=str(obj))  # a link needs words

    @admin.display(description=_("alternative text"), ordering="alt")
    def words(self, obj: Image) -> str:
        return str(obj)

    @admin.display(description=_("size"))
    def measures(self, obj: Image) -> str:
        return f"{obj.width} × {obj.height}, {filesizeformat(obj.byte_size)}"

    @admin.display(description=_("used by"))
    def used_by(self, obj: Image) -> SafeString | str:
        uses = obj.uses(MAX_USES_SHOWN + 1)
        if not uses:
            return gettext("No story or author.")
        links = _usage_links(uses[:MAX_USES_SHOWN], obj.viewer)  # type: ignore[attr-defined]  # see get_object
        more = gettext("and others") if len(uses) > MAX_USES_SHOWN else ""
        return format_html("<ul>{}</ul>{}", format_html_join("", "<li>{}</li>", ((link,) for link in links)), more)

    @admin.display(description=_("picture"))
    def picture(self, obj: Image) -> SafeString:
        """Show the picture on which the focal point is set, and how a card will crop it."""
        whole = markup(obj, sizes="(min-width: 48em) 30rem, 100vw", lazy=False) if obj.pk else ""
        return format_html(
            '<div class="focal" data-focal{}><div class="focal-picture">{}</div>'
            '<figure class="focal-card"><div class="focal-crop"></div><figcaption>{}</figcaption></figure>'
            '<p class="focal-help">{}</p></div>',
            "" if obj.pk else SafeString(" hidden"),
            whole,
            gettext("As a card"),
            gettext("Click on what must stay visible when the picture is cropped."),
        )


def _usage_links(uses: Iterable[Model], viewer: Any) -> list[SafeString | str]:
    """Return “Story: headline” for each use, linked to its form, or to its page where the viewer may not open the form.

    Of stories that they may not read at all, one line says that there are some, not how many.
    """
    uses = list(uses)
    stories = Article.objects.filter(pk__in=[use.pk for use in uses if isinstance(use, Article)])
    opened, read = (
        set(found.values_list("pk", flat=True)) for found in (stories.seen_by(viewer), stories.readable_by(viewer))
    )
    links: list[SafeString | str] = []
    for use in uses:
        opts = use._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[use.pk])
        if isinstance(use, Article) and use.pk not in opened:
            address = use.get_absolute_url() if use.pk in read else ""
        link = format_html('{}: <a href="{}">{}</a>', capfirst(opts.verbose_name), address, use)
        links.append(link if address else gettext("Stories that you may not open"))
    return list(dict.fromkeys(links))
