"""Stories on the desk: who may do what, how a form is saved, and where each button leads."""

from __future__ import annotations

import logging
from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.moments import describe_zone
from articles.admin.storage_errors import find_storage_error
from articles.admin.stories import autosaves, conflicts, form_owner, saved_forms, sharing
from articles.admin.stories.buttons import buttons_for, carry_out
from articles.admin.stories.colleagues import describe_who_may_open
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.review import review_of
from articles.admin.stories.teaser_box import TEASER_FIELDS, preview_teasers
from articles.admin.stories.teaser_desk import DESK_FIELDS, RELATED_FIELDS, build_teaser_desk
from articles.admin.stories.urls import ArticleAddresses, checklist_context, endpoint_url, story_number
from articles.models import Article, Autosave
from articles.models.article import StaleStory
from articles.models.content import PLAIN_TEXTS
from articles.states import describe_changes, format_moment_briefly, state_of
from articles.users import signed_in

WRITING = (None, {"fields": ["headline", "standfirst", "body"], "classes": ["writing"]})
TEASERS = (_("Teasers"), {"fields": ["compact_teaser", "long_teaser"], "classes": ["teasers"]})
RELATED = (
    _("Related stories"),
    {"fields": ["pinned_compact", "pinned_long", "never_here", "never_teased"], "classes": ["related"]},
)
SUBJECT = (_("Byline and subject"), {"fields": ["authors", "tags", "section"], "classes": ["side"]})
TIME = (_("Time"), {"fields": ["publish_at", "unpublish_at", "embargo_until"], "classes": ["side time"]})
LIVE_TIME = (
    _("Time"),
    {"fields": ["changes_at", "publish_at", "unpublish_at", "embargo_until"], "classes": ["side time"]},
)
NOTE = (_("Note"), {"fields": ["note"], "classes": ["side"]})
PICTURE_FIELDSET = (_("Picture"), {"fields": ["lead_image", "lead_caption"], "classes": ["side"]})
DETAILS = (_("Details"), {"fields": ["label", "language", "kicker", "dateline", "slug"], "classes": ["side"]})

READING = (None, {"fields": ["headline", "standfirst", "text"], "classes": ["writing"]})
READING_FACTS = (
    _("Byline and subject"),
    {"fields": ["byline", "subjects", "section", "label", "language"], "classes": ["side"]},
)

# The typed texts that somebody gets back who may not save them any more.
HANDED_BACK = frozenset((*PLAIN_TEXTS, "body", "note"))

logger = logging.getLogger(__name__)


@admin.register(Article)
class ArticleAdmin(ArticleAddresses):
    form = ArticleForm
    view_on_site = False  # the form has its own link, for what readers can see

    # Permissions

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the stories in order, because Django's autocomplete shows them in pages."""
        return Article.objects.seen_by(signed_in(request)).order_by(*self.get_ordering(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """Return the story with everything that its form shows. Raises PermissionDenied for a colleague's, with a
        sentence that says who may open it.
        """
        pending = ("waiting__saved_by", "due__saved_by", "due__stuck")
        stories = self.get_queryset(request).with_page_parts().select_related(*pending)  # type: ignore[attr-defined]
        number = story_number(object_id) or 0
        if story := stories.filter(pk=number).first():
            return story
        if self.has_view_permission(request) and (colleagues := Article.objects.filter(pk=number).first()):
            raise PermissionDenied(describe_who_may_open(colleagues))
        return None

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        answers = request.__dict__.setdefault("may_change", {})  # the admin asks ten times a page
        if obj.pk not in answers:
            answers[obj.pk] = obj.may_be_changed_by(signed_in(request))
        return bool(answers[obj.pk])

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Allow deleting only what readers never saw: the rest is withdrawn, so that its address can say so."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.first_published_at is None and self.has_change_permission(request, obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the stories alone: the rows that go with them name others, such as a pinned one under embargo."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        count = {name: number for name, number in counts.items() if name == self.opts.verbose_name_plural}
        return [str(story) for story in objs], count, needed, protected

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return [READING, READING_FACTS]
        time = [LIVE_TIME if obj and obj.is_visible() else TIME]
        if not request.user.has_perm("articles.publish_article"):
            time = []
        return [WRITING, TEASERS, RELATED, NOTE, SUBJECT, *time, PICTURE_FIELDSET, DETAILS]

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        shown = [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]
        kwargs["fields"] = [name for name in shown if name in ArticleForm.Meta.fields]
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user, form.verb = signed_in(request), autosaves.pressed_verb(request)
        form.typed = getattr(request, "typed_before", None)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        author = getattr(signed_in(request), "author", None)
        return initial | ({"authors": [author]} if author else {})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Undo a save that the story refuses whole, and show the form again with what was typed, and why."""
        kept = autosaves.list_autosaves(request, story_number(object_id)) if request.method == "GET" else []
        if sent := autosaves.take_resent(request, kept):
            autosaves.resend(request, sent, self.get_object(request, object_id) if object_id else None)
        elif kept:
            kept = self._not_in_story(request, object_id, kept)
        saved = saved_forms.find_saved_form(request)
        request.saved_form = saved  # type: ignore[attr-defined]
        if saved:
            saved_forms.continue_with_version(request, saved)
            object_id = str(saved.article_id)
        if request.method == "POST" and object_id and not self._is_there(request, object_id):
            return self._hand_back(request, None)
        if saved and saved_forms.is_sent_twice(request, saved):
            autosaves.delete_autosave(request)
            messages.success(request, gettext("“%(story)s” is saved.") % {"story": saved.article})
            return self._back_to_form(saved.article)
        wanted = autosaves.requested_autosave(request, kept)
        request.typed_before = autosaves.as_form_data(wanted) if wanted else None  # type: ignore[attr-defined]
        request.kept = [autosave for autosave in kept if autosave != wanted]  # type: ignore[attr-defined]
        try:
            return self._saved_or_refused(request, object_id, form_url, extra_context)
        except (DatabaseError, OSError) as error:
            trouble = find_storage_error(error)
            if trouble is None or request.method != "POST":
                raise
            logger.exception("A story could not be saved")
            response = self._form_again(request, object_id, ValidationError(trouble.words))
            response.status_code = trouble.status
            return response

    def _not_in_story(self, request: HttpRequest, object_id: str | None, kept: list[Autosave]) -> list[Autosave]:
        """Return the autosaves that hold something that the story does not, and delete the others."""
        story = self.get_object(request, object_id) if object_id else Article()
        form: Any = self.get_form(request)
        initial = {} if object_id else self.get_changeform_initial_data(request)
        return autosaves.drop_saved(
            kept, lambda typed: set(form(typed, instance=copy(story), initial=initial).changed_data)
        )

    def _is_there(self, request: HttpRequest, object_id: str) -> bool:
        """Return whether the story exists for this person; somebody who may change no story at all is refused
        elsewhere.
        """
        if not self.has_change_permission(request):
            return True
        return self.get_queryset(request).filter(pk=story_number(object_id) or 0).exists()

    def _saved_or_refused(self, request: HttpRequest, object_id: str | None, *more: Any) -> Any:
        """Save without the admin's transaction around it: on SQLite, nobody could save while a form is checked."""
        try:
            return self._changeform_view(request, object_id, *more)  # type: ignore[attr-defined]
        except (StaleStory, ValidationError, IntegrityError, PermissionDenied) as error:
            if request.saved_form is None and saved_forms.find_saved_form(request):  # type: ignore[attr-defined]
                return self.changeform_view(request, object_id, *more)  # the first of two clicks saved it just now
            return self._refused(request, object_id, error)

    def _refused(self, request: HttpRequest, object_id: str | None, error: Exception) -> Any:
        match error:
            case StaleStory():
                story_id, edit, verb = request.typed  # type: ignore[attr-defined]
                response = conflicts.settle_conflict(request, self.admin_site, story_id, edit, verb=verb)
                autosaves.delete_autosave(request)  # it is kept as a version now
                return response
            case PermissionDenied():
                story = self.get_object(request, object_id) if object_id and request.method == "POST" else None
                if story is None:
                    raise error
                return self._hand_back(request, story)
        return self._form_again(request, object_id, describe_refusal(error))

    def _form_again(self, request: HttpRequest, object_id: str | None, refusal: ValidationError) -> Any:
        """Show the form as it was sent, with the reason. Writes nothing and waits for no other writer."""
        request.refusal = refusal  # type: ignore[attr-defined]
        return self._changeform_view(request, object_id, "", None)  # type: ignore[attr-defined]

    def _hand_back(self, request: HttpRequest, story: Article | None) -> HttpResponse:
        """Hand back what was typed into a story that somebody published meanwhile: it is not stored, but not lost
        either.

        None stands for a story that is not there any more, or not for this person.
        """
        typed = [
            (field.label, request.POST.get(name, ""))
            for name, field in ArticleForm.base_fields.items()
            if name in HANDED_BACK
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This story is no longer yours to change"),
            "story": story,
            "state": story and state_of(story),
            "typed": [(label, text) for label, text in typed if text],
        }
        return TemplateResponse(request, "admin/articles/article/not_yours.html", context, status=403)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        story = obj or Article()
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        form = context["adminform"].form
        buttons = buttons_for(story, signed_in(request)) if may_change else []
        key = form["key"].value() or autosaves.new_key() if "key" in form.fields else ""
        moved = getattr(request, "moved", None)  # at the teaser desk
        if moved:
            context["errors"] = []  # nobody asked yet
        context |= {
            "moved": moved,
            "desk": build_teaser_desk(form) if moved else None,
            "desk_follows": DESK_FIELDS,
            "desk_related": RELATED_FIELDS,
            "desk_address": endpoint_url("teaser_desk", obj) if may_change else "",
            **(checklist_context(form, buttons) if may_change else {}),
            "checklist": endpoint_url("checklist", obj),
            "story": story,
            "state": state_of(story),
            "changes": describe_changes(story),
            "review": review_of(obj, signed_in(request), opened=request.method != "POST" and not moved),
            "presence": reverse("admin:articles_article_presence", args=[obj.pk]) if obj and may_change else "",
            "autosave": endpoint_url("autosave", obj) if may_change else "",
            "autosaves": self._offered(request, obj),
            "whose": form_owner.sign_form(signed_in(request), story.pk, key),
            "key": key,
            "may_share": bool(obj) and sharing.can_share(story, signed_in(request)),
            "saved": format_moment_briefly(story.saved_at),
            "buttons": buttons,
            "zone": describe_zone(),
            "teaser_fields": TEASER_FIELDS,
            "teasers": preview_teasers({name: form[name].value() for name in TEASER_FIELDS if name in form.fields}),
            "preview": endpoint_url("preview", obj),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _offered(self, request: HttpRequest, story: Article | None) -> list[Autosave]:
        if request.method == "POST":  # a form that comes back
            return autosaves.list_autosaves(request, story.pk if story else None)
        return request.kept  # type: ignore[attr-defined]

    # Saving

    def save_form(self, request: HttpRequest, form: ModelForm[Article], change: bool) -> Article:
        return form.instance

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save everything in one verb of the story; `obj`, which the form has changed, is never saved itself."""
        story, verb = form.story, form.verb
        if verb not in {button.name for button in buttons_for(story, signed_in(request))}:
            raise PermissionDenied
        edit = form.edit()
        request.typed = story.pk, edit, verb  # type: ignore[attr-defined]  # should somebody have been faster
        done = carry_out(verb, story, signed_in(request), edit, form.cleaned_data.get("changes_at"))
        messages.success(request, done)
        for name, tag in form.filed:
            messages.info(request, gettext("“%(name)s” is filed under “%(tag)s”.") % {"name": name, "tag": tag})
        saved_forms.remember_form(request, story)
        autosaves.delete_autosave(request)
        obj.pk = story.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: the verb has saved everything."""

    def log_addition(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """Do nothing: every verb writes its own entry."""

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """Do nothing: every verb writes its own entry."""

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._back_to_form(obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._back_to_form(obj)

    def _back_to_form(self, story: Article) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))

    # Fields for those who may read but not change

    @admin.display(description=_("story"))
    def text(self, story: Article) -> str:
        return mark_safe(story.body)  # noqa: S308  cleaned when it was stored

    @admin.display(description=_("authors"))
    def byline(self, story: Article) -> str:
        return ", ".join(str(byline) for byline in story.authors_in_order)

    @admin.display(description=_("tags"))
    def subjects(self, story: Article) -> str:
        return ", ".join(str(tag) for tag in story.tags_in_order)
