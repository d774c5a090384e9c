"""Stories on the desk: who may do what, how a form is saved, and where each button leads."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.admin import autosaves, conflicts, history, presence, preview, sharing, suggestions, teaser_box
from articles.admin.article_form import ArticleForm, refusal_of, version_of
from articles.admin.article_list import ArticleListAdmin
from articles.admin.moments import zone_in_words
from articles.admin.review import review_of
from articles.admin.teaser_box import FIELDS, previews
from articles.admin.verbs import PUBLISHING, Verb, carry_out, verbs_for
from articles.checklist import open_shoulds
from articles.models import Article, StaleStory
from articles.pages import saved_story
from articles.states import changes_in_words, short_moment, state_of

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
PICTURE = (_("Picture"), {"fields": ["lead_image", "lead_caption"], "classes": ["side"]})
DETAILS = (_("Details"), {"fields": ["label", "language", "kicker", "dateline", "slug"], "classes": ["side"]})

READING = (None, {"fields": ["headline", "standfirst", "text"], "classes": ["writing"]})
READING_FACTS = (
    _("Byline and subject"),
    {"fields": ["byline", "subjects", "section", "label", "language"], "classes": ["side"]},
)


@admin.register(Article)
class ArticleAdmin(ArticleListAdmin):
    form = ArticleForm
    view_on_site = False  # the form has its own link, for what readers can see

    # Who may do what

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.seen_by(request.user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """With all that its form shows."""
        people = ("waiting__saved_by", "due__saved_by")
        stories = self.get_queryset(request).with_page_parts().select_related(*people)  # type: ignore[attr-defined]
        try:
            return stories.get(pk=Article._meta.pk.to_python(object_id))
        except (Article.DoesNotExist, ValidationError, ValueError):
            return None

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        answers = request.__dict__.setdefault("may_change", {})  # the admin asks ten times a page
        if obj.pk not in answers:
            answers[obj.pk] = obj.may_be_changed_by(request.user)
        return bool(answers[obj.pk])

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only what readers never saw: the rest is withdrawn, so that its address can say so."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.first_published_at is None and self.has_change_permission(request, obj))

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return [READING, READING_FACTS]
        time = [LIVE_TIME if obj and obj.is_visible() else TIME]
        if not request.user.has_perm("articles.publish_article"):
            time = []
        return [WRITING, TEASERS, RELATED, NOTE, SUBJECT, *time, PICTURE, DETAILS]

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        shown = [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]
        kwargs["fields"] = [name for name in ArticleForm.Meta.fields if name in shown]
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user, form.verb = request.user, pressed(request)
        form.typed = getattr(request, "typed_before", None)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        author = getattr(request.user, "author", None)
        return initial | ({"authors": [author]} if author else {})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """A save that the story refuses is undone whole; then the form comes back with what was typed, and why."""
        autosave = autosaves.wanted(request, story_number(object_id)) if request.method == "GET" else None
        request.autosave = autosave  # type: ignore[attr-defined]
        request.typed_before = autosaves.as_posted(autosave) if autosave else None  # type: ignore[attr-defined]
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleStory:
            story_id, edit, verb = request.typed  # type: ignore[attr-defined]
            autosaves.forget(request)
            return conflicts.settle(request, self.admin_site, story_id, edit, verb=verb)
        except (ValidationError, IntegrityError) as error:
            request.refusal = refusal_of(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            story = self.get_object(request, object_id) if object_id and request.method == "POST" else None
            if story is None:
                raise
            return self._hand_back(request, story)

    def _hand_back(self, request: HttpRequest, story: Article) -> HttpResponse:
        """Somebody published it while its writer wrote: what was typed is not stored, but not lost either."""
        typed = [(name, request.POST.get(name, "")) for name in ("headline", "standfirst", "body")]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This story is no longer yours to change"),
            "story": story,
            "state": state_of(story),
            "typed": [(ArticleForm.base_fields[name].label, text) for name, text in typed if text],
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
        verbs = verbs_for(story, request.user) if may_change else []
        context |= {
            **(checklist_context(form, verbs) if may_change else {}),
            "checklist": checklist_address(obj),
            "story": story,
            "state": state_of(story),
            "changes": changes_in_words(story),
            "review": review_of(obj, request.user),
            "presence": reverse("admin:articles_article_presence", args=[obj.pk]) if obj and may_change else "",
            "autosave": autosave_address(obj) if may_change else "",
            "autosaves": autosaves.offered(obj, request.user, getattr(request, "autosave", None)) if may_change else [],
            "whose": autosaves.signature(request.user),
            "key": form["key"].value() or autosaves.new_key() if "key" in form.fields else "",
            "may_share": bool(obj) and sharing.is_possible(story, request.user),
            "saved": short_moment(story.saved_at),
            "verbs": verbs,
            "zone": zone_in_words(),
            "teasers": previews({name: form[name].value() for name in FIELDS if name in form.fields}),
            "preview": preview_address(obj),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving

    def save_form(self, request: HttpRequest, form: ModelForm[Article], change: bool) -> Article:
        return form.instance

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """All of it in one verb of the story; `obj`, which the form has changed, is never saved itself."""
        story, verb = form.story, form.verb
        if verb not in {allowed.name for allowed in verbs_for(story, request.user)}:
            raise PermissionDenied
        edit = form.edit()
        request.typed = story.pk, edit, verb  # type: ignore[attr-defined]  # should somebody have been faster
        done = carry_out(verb, story, request.user, edit, form.cleaned_data.get("changes_at"))
        messages.success(request, done)
        autosaves.forget(request)
        obj.pk = story.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The verb has saved everything."""

    def log_addition(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """Every verb leaves its own entry."""

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """Every verb leaves its own entry."""

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._back_to_form(obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._back_to_form(obj)

    def _back_to_form(self, story: Article) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))

    # What those see who may read but not change

    @admin.display(description=_("story"))
    def text(self, story: Article) -> str:
        return mark_safe(story.body)  # noqa: S308  cleaned when it was stored

    @admin.display(description=_("authors"))
    def byline(self, story: Article) -> str:
        return ", ".join(str(byline) for byline in story.authors_in_order)

    @admin.display(description=_("tags"))
    def subjects(self, story: Article) -> str:
        return ", ".join(str(tag) for tag in story.tags_in_order)

    # What the form asks while somebody types

    def get_urls(self) -> list[URLPattern]:
        def address(route: str, view: Any) -> URLPattern:
            name = f"articles_article_{view.__name__}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            address("suggest/authors/", self.suggest_authors),
            address("suggest/tags/", self.suggest_tags),
            address("suggest/stories/", self.suggest_stories),
            address("teasers/", self.teasers),
            address("checklist/", self.checklist_new),
            address("<int:story_id>/checklist/", self.checklist),
            address("preview/", self.preview_new),
            address("<int:story_id>/preview/", self.preview),
            address("as-at/", self.as_at),
            address("<int:story_id>/share/", self.share),
            address("<int:story_id>/share/<int:link_id>/revoke/", self.revoke),
            address("<int:story_id>/compare/", self.compare),
            address("<int:story_id>/restore/<int:revision_id>/", self.restore),
            address("autosave/", self.autosave_new),
            address("<int:story_id>/autosave/", self.autosave),
            address("autosave/<int:autosave_id>/", self.autosaved),
            address("<int:story_id>/presence/", self.presence),
            address("<int:story_id>/conflict/<int:revision_id>/", self.conflict),
            *map(self._keeping_text, super().get_urls()),
        ]

    def _keeping_text(self, pattern: URLPattern) -> URLPattern:
        """The address of a form, which loses no text when it is sent after the login has ended."""
        view = pattern.callback

        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and not self.admin_site.has_permission(request):
                autosaves.keep_without_login(request, story_number(kwargs.get("object_id")))
            return view(request, *args, **kwargs)

        if (pattern.name or "").endswith(("_add", "_change")):
            pattern.callback = keeping
        return pattern

    def suggest_authors(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return suggestions.answer(suggestions.authors(suggestions.typed(request)))

    def suggest_tags(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        may_add = request.user.has_perm("articles.add_tag")
        return suggestions.answer(suggestions.tags(suggestions.typed(request), may_add=may_add))

    def suggest_stories(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return suggestions.answer(suggestions.stories(suggestions.typed(request), request.user))

    def teasers(self, request: HttpRequest) -> JsonResponse:
        self._require_writer(request)
        return teaser_box.answer(request)

    def checklist_new(self, request: HttpRequest) -> HttpResponse:
        """What a story that nobody saved yet still needs, as part of its form."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._checklist(request, Article())

    def checklist(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """What the story as typed still needs, as part of its form."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        story = self._seen(request, str(story_id))
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return self._checklist(request, story)

    def _checklist(self, request: HttpRequest, story: Article) -> HttpResponse:
        form = self.get_form(request, story, change=bool(story.pk))(request.POST, instance=story)
        form.is_valid()
        context = checklist_context(form, verbs_for(form.story, request.user))
        return TemplateResponse(request, "admin/articles/article/_checklist.html", context)

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        """Of a story that nobody saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_article_add"))
        form = self.get_form(request)(request.POST, instance=Article())
        return preview.page(request, self.admin_site, preview.typed_story(form))

    def preview(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """As typed; with GET, or for those who may only read it, as saved last."""
        story = self._seen(request, str(story_id))
        if request.method == "POST" and self.has_change_permission(request, story):
            form = self.get_form(request, story, change=True)(request.POST, instance=story)
            return preview.page(request, self.admin_site, preview.typed_story(form))
        return preview.page(request, self.admin_site, saved_story(story))

    def as_at(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.view_any_article"):
            raise PermissionDenied
        return preview.as_at(request, self.admin_site)

    # Outsiders who may read it

    def share(self, request: HttpRequest, story_id: int) -> HttpResponse:
        return sharing.page(request, self.admin_site, self._seen(request, str(story_id)))

    def revoke(self, request: HttpRequest, story_id: int, link_id: int) -> HttpResponse:
        story = self._seen(request, str(story_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return sharing.revoke(request, story, link_id)

    # What is typed and not saved

    def autosave_new(self, request: HttpRequest) -> HttpResponse:
        """Of a story that nobody saved yet."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        return autosaves.keep(request, None)

    def autosave(self, request: HttpRequest, story_id: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._require_story(request, story_id)
        return autosaves.keep(request, story_id)

    def presence(self, request: HttpRequest, story_id: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._require_story(request, story_id)
        return presence.answer(request, story_id)

    def autosaved(self, request: HttpRequest, autosave_id: int) -> HttpResponse:
        """What it holds, and its end."""
        self._require_writer(request)
        autosave = autosaves.of_this_person(request, autosave_id)
        form = self.get_form(request, autosave.article, change=bool(autosave.article_id))
        return autosaves.page(request, self.admin_site, form, autosave)

    # Its versions

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        story = self._seen(request, object_id)
        return history.page(request, self.admin_site, story, self.has_change_permission(request, story))

    def compare(self, request: HttpRequest, story_id: int) -> HttpResponse:
        story = self._seen(request, str(story_id))
        return history.comparison(request, self.admin_site, story, self.has_change_permission(request, story))

    def restore(self, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
        story = self._seen(request, str(story_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return history.restore(request, story, revision_id)

    def conflict(self, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
        return conflicts.page(request, self.admin_site, self._seen(request, str(story_id)), revision_id)

    def _seen(self, request: HttpRequest, object_id: str) -> Article:
        """The story, for those who may read it. Raises Http404, PermissionDenied."""
        story = self.get_object(request, object_id)
        if story is None:
            raise Http404("no such story")
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return story

    def _require_story(self, request: HttpRequest, story_id: int) -> None:
        """For those who may change it, without reading it."""
        if not Article.objects.editable_by(request.user).filter(pk=story_id).exists():
            raise PermissionDenied

    def _require_writer(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied


def preview_address(story: Article | None) -> str:
    if story is None or story.pk is None:
        return reverse("admin:articles_article_preview_new")
    return reverse("admin:articles_article_preview", args=[story.pk])


def story_number(text: Any) -> int | None:
    """The id in an address; None where there is none."""
    return version_of(str(text)) or None if text else None


def autosave_address(story: Article | None) -> str:
    if story is None or story.pk is None:
        return reverse("admin:articles_article_autosave_new")
    return reverse("admin:articles_article_autosave", args=[story.pk])


def checklist_address(story: Article | None) -> str:
    if story is None or story.pk is None:
        return reverse("admin:articles_article_checklist_new")
    return reverse("admin:articles_article_checklist", args=[story.pk])


def checklist_context(form: ArticleForm, verbs: list[Verb]) -> dict[str, Any]:
    """What templates/admin/articles/article/_checklist.html is given."""
    return {
        "checked": True,
        "wanted": [finding for finding in form.findings if not finding.passed],
        "anyway": bool(open_shoulds(form.findings)) and any(verb.name in PUBLISHING for verb in verbs),
    }


def pressed(request: HttpRequest) -> str:
    """The verb of the button; saving when there is none, as with the Enter key."""
    return next((name[1:] for name in request.POST if name.startswith("_")), "save")
