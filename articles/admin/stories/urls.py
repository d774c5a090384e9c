"""The further addresses of a story on the desk: what its form asks while somebody types, and the pages beside it.

Each looks up the story for the person who asks; the modules beside this one answer.
"""

from __future__ import annotations

from copy import copy
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.fields import suggestions
from articles.admin.stories import (
    autosaves,
    conflicts,
    form_owner,
    history,
    presence,
    preview,
    retagging,
    sharing,
    teaser_box,
)
from articles.admin.stories.buttons import PUBLISHING, Button, buttons_for
from articles.admin.stories.changelist import ArticleListAdmin
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.numbers import parse_version
from articles.admin.stories.teaser_desk import build_teaser_desk, fields_as_json
from articles.admin.stories.teaser_moves import MovedForm, apply_move
from articles.checklist import open_shoulds
from articles.models import Article
from articles.pages import saved_story
from articles.users import signed_in

# Where a story's form is sent, with all that was typed.
FORMS = tuple(f"articles_article_{name}" for name in ("add", "change", "teaser_desk_new", "teaser_desk"))


class ArticleAddresses(ArticleListAdmin):
    def get_urls(self) -> list[URLPattern]:
        def address(route: str, view: Any) -> URLPattern:
            name = f"articles_article_{view.__name__}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            address("suggest/authors/", self.suggest_authors),
            address("suggest/tags/", self.suggest_tags),
            address("suggest/stories/", self.suggest_stories),
            address("teasers/", self.teasers),
            self._keeping_text(address("add/teasers/", self.teaser_desk_new)),
            self._keeping_text(address("<int:object_id>/teasers/", self.teaser_desk)),
            address("checklist/", self.checklist_new),
            address("<int:story_id>/checklist/", self.checklist),
            address("preview/", self.preview_new),
            address("<int:story_id>/preview/", self.preview),
            address("as-at/", self.as_at),
            address("retag/", self.retag),
            address("<int:story_id>/share/", self.share),
            address("<int:story_id>/share/<int:link_id>/revoke/", self.revoke),
            address("<int:story_id>/compare/", self.compare),
            address("<int:story_id>/restore/<int:revision_id>/", self.restore),
            address("autosave/", self.autosave_new),
            address("<int:story_id>/autosave/", self.autosave),
            address("autosave/<int:autosave_id>/", self.autosaved),
            address("<int:story_id>/presence/", self.presence),
            address("<int:story_id>/take-over/", self.take_over),
            address("<int:story_id>/conflict/<int:revision_id>/", self.conflict),
            *map(self._keeping_text, super().get_urls()),
        ]

    def _keeping_text(self, pattern: URLPattern) -> URLPattern:
        """Wrap the view of a form, so that no text is lost when the session has ended, nor kept once it is saved."""
        view = pattern.callback

        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_in = self.admin_site.has_permission(request)
            if request.method == "POST" and not is_in:
                story_id = story_number(kwargs.get("object_id"))
                if kept := autosaves.store_without_session(request, story_id):
                    messages.warning(request, _late_form_message(kept.pressed))
                elif form_owner.find_owner(request, story_id):
                    return self._hand_back(request, None)  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            autosaves.tell_browser(request, response)
            if is_in and response.status_code == 200:
                form_owner.mark_browser(request, response)
            return response

        if pattern.name in FORMS:
            pattern.callback = keeping
        return pattern

    def suggest_authors(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return suggestions.suggestions_response(suggestions.suggest_authors(suggestions.typed_query(request)))

    def suggest_tags(self, request: HttpRequest) -> JsonResponse:
        if not self.has_retag_permission(request):
            self._require_writer(request)
        may_add = request.user.has_perm("articles.add_tag")
        return suggestions.suggestions_response(
            suggestions.suggest_tags(suggestions.typed_query(request), may_add=may_add)
        )

    def suggest_stories(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return suggestions.suggestions_response(
            suggestions.suggest_stories(suggestions.typed_query(request), signed_in(request))
        )

    def teasers(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return teaser_box.teasers_response(request)

    def teaser_desk_new(self, request: HttpRequest) -> HttpResponse:
        """Show the teaser desk of a story that is not saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._teaser_desk(request, None)

    def teaser_desk(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show the form after the move that was pressed; `part` asks for the desk alone. Saves nothing."""
        story = self._get_story(request, str(object_id))
        self._require_writer(request)
        if request.method == "POST" and not self.has_change_permission(request, story):
            raise PermissionDenied
        return self._teaser_desk(request, story)

    def _teaser_desk(self, request: HttpRequest, story: Article | None) -> HttpResponse:
        back = (
            reverse("admin:articles_article_change", args=[story.pk])
            if story
            else reverse("admin:articles_article_add")
        )
        if request.method != "POST":
            query = request.META.get("QUERY_STRING")
            return HttpResponseRedirect(f"{back}?{query}" if query else back)
        form: Any = self.get_form(request, story, change=bool(story))
        done = apply_move(request.POST, form(request.POST, instance=story or Article()))
        if "part" not in request.POST:
            return self._form_with(request, story, done, back)
        typed = form(done.data, instance=story or Article())
        context = {
            "desk": build_teaser_desk(typed),
            "desk_address": request.path,
            "desk_fields": fields_as_json(typed),
            "moved": done,
        }
        return TemplateResponse(request, "admin/articles/article/_teaser_desk.html", context)

    def _form_with(self, request: HttpRequest, story: Article | None, done: MovedForm, form_url: str) -> HttpResponse:
        """Show the whole form as it was sent, after this move."""
        asked: Any = copy(request)
        asked.method, asked.typed_before, asked.moved = "GET", done.data, done
        asked.kept = autosaves.list_autosaves(request, story.pk if story else None)
        number = str(story.pk) if story else None
        answer: HttpResponse = self._changeform_view(asked, number, form_url, None)  # type: ignore[attr-defined]
        return answer

    @method_decorator(require_POST)
    def checklist_new(self, request: HttpRequest) -> HttpResponse:
        """Return the checklist of a story that is not saved yet, as part of its form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._checklist(request, Article())

    @method_decorator(require_POST)
    def checklist(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Return the checklist of the story as typed, as part of its form."""
        story = self._get_story(request, str(story_id))
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return self._checklist(request, story)

    def _checklist(self, request: HttpRequest, story: Article) -> HttpResponse:
        form: Any = self.get_form(request, story, change=bool(story.pk))(request.POST, instance=story)
        form.is_valid()
        context = checklist_context(form, buttons_for(form.story, signed_in(request)))
        return TemplateResponse(request, "admin/articles/article/_checklist.html", context)

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        """Preview a story that is not saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_article_add"))
        form = self.get_form(request)(request.POST, instance=Article())
        return preview.show_preview(request, self.admin_site, preview.build_typed_story(form))

    def preview(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Preview the story as typed; with GET, or for those who may only read it, as saved last."""
        story = self._get_story(request, str(story_id))
        if request.method == "POST" and self.has_change_permission(request, story):
            form = self.get_form(request, story, change=True)(request.POST, instance=story)
            return preview.show_preview(request, self.admin_site, preview.build_typed_story(form))
        return preview.show_preview(request, self.admin_site, saved_story(story))

    def as_at(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.view_any_article"):
            raise PermissionDenied
        return preview.show_site_as_at(request, self.admin_site)

    def retag(self, request: HttpRequest) -> HttpResponse:
        """Change the tags of the stories that the same query of the list finds."""
        if not self.has_retag_permission(request):
            raise PermissionDenied
        try:
            changelist: Any = self.get_changelist_instance(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return retagging.show_retagging(request, self.admin_site, changelist.whole)

    # Outsiders who may read it

    def share(self, request: HttpRequest, story_id: int) -> HttpResponse:
        return sharing.show_share_links(request, self.admin_site, self._get_story(request, str(story_id)))

    @method_decorator(require_POST)
    def revoke(self, request: HttpRequest, story_id: int, link_id: int) -> HttpResponse:
        story = self._get_story(request, str(story_id))
        return sharing.revoke(request, story, link_id)

    # Autosaves

    @method_decorator(require_POST)
    def autosave_new(self, request: HttpRequest) -> HttpResponse:
        """Store the text of a story that is not saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return autosaves.store_autosave(request, None)

    @method_decorator(require_POST)
    def autosave(self, request: HttpRequest, story_id: int) -> HttpResponse:
        self._require_story(request, story_id)
        return autosaves.store_autosave(request, story_id)

    @method_decorator(require_POST)
    def presence(self, request: HttpRequest, story_id: int) -> HttpResponse:
        self._require_story(request, story_id)
        return presence.report_presence(request, story_id)

    @method_decorator(require_POST)
    def take_over(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Take the story over from the colleagues who have it open."""
        self._require_story(request, story_id)
        story = self._get_story(request, str(story_id))
        form: Any = self.get_form(request, story, change=True)
        return presence.take_over(request, story, form)

    def autosaved(self, request: HttpRequest, autosave_id: int) -> HttpResponse:
        """Show what an autosave holds, or discard it."""
        self._require_writer(request)
        autosave = autosaves.get_own_autosave(request, autosave_id)
        form: Any = self.get_form(request)  # with every field, also where they may only read the story now
        may_change = self.has_change_permission(request, autosave.article)
        return autosaves.show_autosave(request, self.admin_site, form, autosave, may_change=may_change)

    # Its versions

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        story = self._get_story(request, object_id)
        return history.show_history(request, self.admin_site, story, self.has_change_permission(request, story))

    def compare(self, request: HttpRequest, story_id: int) -> HttpResponse:
        story = self._get_story(request, str(story_id))
        return history.compare_versions(request, self.admin_site, story, self.has_change_permission(request, story))

    @method_decorator(require_POST)
    def restore(self, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
        story = self._get_story(request, str(story_id))
        return history.restore_version(request, story, revision_id)

    def conflict(self, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
        return conflicts.show_conflict(request, self.admin_site, self._get_story(request, str(story_id)), revision_id)

    def _get_story(self, request: HttpRequest, object_id: str) -> Article:
        """Return the story for those who may read it. Raises Http404 or PermissionDenied."""
        story = self.get_object(request, object_id)
        if story is None:
            raise Http404("no such story")
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return story

    def _require_story(self, request: HttpRequest, story_id: int) -> None:
        """Raise PermissionDenied for those who may not change the story, without reading it."""
        if not Article.objects.editable_by(signed_in(request)).filter(pk=story_id).exists():
            raise PermissionDenied

    def _require_writer(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied


def endpoint_url(name: str, story: Article | None) -> str:
    """Return the URL that this story's form asks for its preview, checklist or autosave; a new story has URLs of its
    own.
    """
    if story is None or story.pk is None:
        return reverse(f"admin:articles_article_{name}_new")
    return reverse(f"admin:articles_article_{name}", args=[story.pk])


def story_number(text: Any) -> int | None:
    """Return the id in a URL, None where there is none."""
    return parse_version(str(text)) or None if text else None


def _late_form_message(pressed: str) -> str:
    """Return the message for somebody whose session had ended when they sent the form."""
    if pressed:
        return _("Your session had ended. Sign in, and what you typed will be saved.")
    return _("Your session had ended. Sign in, and what you typed will be waiting for you in the form.")


def checklist_context(form: ArticleForm, buttons: list[Button]) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/_checklist.html."""
    labels = {button.name: button.label for button in buttons}
    wanted = [finding for finding in form.findings if not finding.passed]
    hindered = {name for finding in wanted for name in finding.verbs or labels}
    publishing = [name for name in labels if name in PUBLISHING]
    return {
        "checked": True,
        "wanted": wanted,
        "points": [(finding, _("”, “").join(labels[name] for name in finding.verbs)) for finding in wanted],
        "ready": _("”, “").join(labels[name] for name in publishing if name not in hindered),
        "anyway": bool(open_shoulds(form.findings) and publishing),
    }
