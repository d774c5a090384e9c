"""The page of the story form: from the request to a saved story, or to the form again with what was typed and why."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.admin.saved_message import view_on_site_link
from articles.admin.storage_errors import report_storage_error
from articles.admin.stories import autosaves, conflicts, late_forms, saved_forms
from articles.admin.stories.buttons import buttons_for, carry_out, pressed_verb
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.context import form_context
from articles.admin.stories.form.fieldsets import ArticleFieldsets
from articles.admin.stories.form.handed_back import hand_back_text
from articles.admin.stories.form.proposals import list_proposal_changes
from articles.admin.stories.numbers import story_number
from articles.admin.stories.request_state import SaveAttempt, story_request_state
from articles.models import Article, Autosave, Byline
from articles.models.article import StaleStory
from articles.users import signed_in

SHOWN_AT_ONCE = ("publish", "publish_changes")  # the verbs whose result readers see


class ArticleFormAdmin(ArticleFieldsets):
    form = ArticleForm
    view_on_site = False  # the form has its own link, for what readers can see

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        shown = [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]
        kwargs["fields"] = [name for name in shown if name in ArticleForm.Meta.fields]
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user, form.verb = signed_in(request), pressed_verb(request)
        state = story_request_state(request)
        form.typed, form.refusal = state.typed, state.refusal
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        author = getattr(signed_in(request), "author", None)
        return initial | ({"authors": [Byline(author=author)]} if author else {})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Undo a save that the story refuses whole, and show the form again with what was typed, and why."""
        state = story_request_state(request)
        kept = self._find_autosaves(request, object_id)
        state.saved_form = saved = saved_forms.find_saved_form(request)
        if saved:
            saved_forms.continue_with_version(request, saved)
            object_id = str(saved.article_id)
        if request.method == "POST" and object_id and not self._is_there(request, object_id):
            return hand_back_text(request, self.admin_site, None)
        if saved and self.has_change_permission(request) and saved_forms.is_sent_twice(request, saved):
            autosaves.delete_autosave(request)
            messages.success(request, gettext("“%(story)s” is saved.") % {"story": saved.article})
            return self._back_to_form(saved.article)
        wanted = autosaves.requested_autosave(request, kept)
        state.typed = autosaves.as_form_data(wanted) if wanted else None
        state.autosaves = [autosave for autosave in kept if autosave != wanted]
        try:
            return self._save_or_refuse(request, object_id, form_url, extra_context)
        except (DatabaseError, OSError) as error:
            if request.method != "POST":
                raise
            trouble = report_storage_error(request, error, "A story could not be saved")
            response = self._form_again(request, object_id, ValidationError(trouble.words))
            response.status_code = trouble.status
            return response

    def show_form(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form without the admin's transaction around it: on SQLite, nobody could save while a form is
        checked.
        """
        response: HttpResponse = self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
        return response

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        context |= form_context(self, request, context["adminform"].form, obj)
        if story_request_state(request).moved:
            context["errors"] = []  # nobody asked yet
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _find_autosaves(self, request: HttpRequest, object_id: str | None) -> list[Autosave]:
        """Return what this person typed and the story does not have; a late form among it is saved by this request."""
        if request.method != "GET":
            return []
        kept = autosaves.list_autosaves(request, story_number(object_id))
        if sent := late_forms.take_resent(request, kept):
            late_forms.resend(request, sent, self.get_object(request, object_id) if object_id else None)
        elif kept:
            kept = self._not_in_story(request, object_id, kept)
        return kept

    def _not_in_story(self, request: HttpRequest, object_id: str | None, kept: list[Autosave]) -> list[Autosave]:
        """Return the autosaves that hold something that the story does not, and delete the others."""
        story = self.get_object(request, object_id) if object_id else Article()
        form: Any = self.get_form(request)
        initial = {} if object_id else self.get_changeform_initial_data(request)
        return autosaves.drop_saved(
            kept, lambda typed: set(form(typed, instance=copy(story), initial=initial).changed_data)
        )

    def _is_there(self, request: HttpRequest, object_id: str) -> bool:
        """Return whether the story exists for this person."""
        return self.get_queryset(request).filter(pk=story_number(object_id) or 0).exists()

    def _save_or_refuse(self, request: HttpRequest, object_id: str | None, *more: Any) -> Any:
        try:
            return self.show_form(request, object_id, *more)
        except (StaleStory, ValidationError, IntegrityError, PermissionDenied) as error:
            if story_request_state(request).saved_form is None and saved_forms.find_saved_form(request):
                return self.changeform_view(request, object_id, *more)  # the first of two clicks saved it just now
            return self._refuse(request, object_id, error)

    def _refuse(self, request: HttpRequest, object_id: str | None, error: Exception) -> Any:
        attempt = story_request_state(request).attempt
        match error:
            case StaleStory() if attempt:
                self._save_proposals(request, attempt)
                response = conflicts.settle_conflict(request, self.admin_site, attempt)
                autosaves.delete_autosave(request)  # it is kept as a version now
                return response
            case PermissionDenied():
                story = self.get_object(request, object_id) if object_id and request.method == "POST" else None
                if story is None:
                    raise error
                return hand_back_text(request, self.admin_site, story)
        return self._form_again(request, object_id, describe_refusal(error))

    def _save_proposals(self, request: HttpRequest, attempt: SaveAttempt) -> None:
        """Propose the tags of a form that came too late: they clash with nothing that a colleague saved."""
        try:
            for story in Article.objects.filter(pk=attempt.story_id):
                attempt.proposals.save(request, story)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))

    def _form_again(self, request: HttpRequest, object_id: str | None, refusal: ValidationError) -> HttpResponse:
        """Show the form as it was sent, with the reason. Writes nothing and waits for no other writer."""
        story_request_state(request).refusal = refusal
        return self.show_form(request, object_id)

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
        proposals = list_proposal_changes(form)
        story_request_state(request).attempt = SaveAttempt(story.pk, edit, verb, proposals)
        done = carry_out(verb, story, signed_in(request), edit, form.cleaned_data.get("changes_at"))
        messages.success(request, _with_page(done, verb, story))
        proposals.save(request, story)
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


def _with_page(done: str, verb: str, story: Article) -> str:
    """Return what the verb did, with the way to what readers see now."""
    if verb not in SHOWN_AT_ONCE or not story.is_visible():
        return done
    return format_html("{} {}", done, view_on_site_link(story.get_absolute_url()))
