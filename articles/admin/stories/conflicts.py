"""Two people saved one story: what the second one typed is kept first, then both are put together.

What only one of them changed merges by itself. For what both changed, a page shows the two side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.stories.autosaves import new_key, store_for
from articles.admin.stories.buttons import label_of_button
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.filling import typed_content
from articles.admin.stories.history import describe_field_change, field_label, list_changes
from articles.admin.stories.request_state import SaveAttempt
from articles.differences import FieldChange
from articles.merging import MergeResult, Side, merge_edits
from articles.models import Article, Revision
from articles.models.article import StaleStory
from articles.models.choices import with_current_names
from articles.models.content import Content, Edit, clean_content
from articles.models.unseen import as_seen_by
from articles.states import name_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User

MAX_SAVE_ATTEMPTS = 3  # to save the merged text while colleagues go on saving


@dataclass(frozen=True)
class ShownClash:
    """One thing that both changed, as the page shows it."""

    key: str
    label: str
    mine: FieldChange
    theirs: FieldChange
    may_have_both: bool


def settle_conflict(request: HttpRequest, admin_site: Any, attempt: SaveAttempt) -> HttpResponse:
    """Keep what was typed into an older version of the story, and save it where nothing clashes; else ask.

    Times stay as they were saved meanwhile: a form that was loaded before cannot tell which of its own are meant.
    """
    story = _reload(attempt.story_id)
    kept = story.keep_unsaved(signed_in(request), attempt.edit)
    for _attempt in range(MAX_SAVE_ATTEMPTS):
        story = _reload(attempt.story_id)
        merged, other = _merge_with_saved(story, kept), _other_person(story, kept)
        if merged.clashes:
            break
        try:
            with transaction.atomic():
                story.save_draft(signed_in(request), Edit(merged.resolved({}), story.version, note=attempt.edit.note))
        except (StaleStory, ValidationError, IntegrityError):
            continue
        words = {"name": other, "story": story}
        message = _(
            "%(name)s saved “%(story)s” in the meantime: both texts are now merged. The dates and times are those of "
            "that version."
        )
        messages.success(request, message % words)
        if button := label_of_button(attempt.verb, story, signed_in(request)):
            messages.warning(request, _("Check it, then press “%(button)s” again.") % {"button": button})
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))
    return _compare_with_saved(request, admin_site, story, kept.pk, status=409)


def show_conflict(model_admin: ArticleAdmin, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
    """Show what was kept of a save that came too late, as version `revision_id`; with POST, merge it as chosen."""
    story = model_admin.get_story(request, story_id)
    return _compare_with_saved(request, model_admin.admin_site, story, revision_id)


def _compare_with_saved(
    request: HttpRequest, admin_site: Any, story: Article, kept_id: int, status: int = 200
) -> HttpResponse:
    """Show what was kept beside what is saved, and what of it would be merged; with POST, save it as chosen."""
    kept = get_object_or_404(story.revisions.filter(event=Revision.Event.KEPT).select_related("saved_by"), pk=kept_id)
    if not story.may_be_changed_by(signed_in(request)):
        raise PermissionDenied
    merged = _merge_with_saved(story, kept)
    if request.method == "POST" and status == 200:
        if request.POST.get("version") == str(story.version):
            return _save(request, story, merged)
        messages.warning(request, _("Somebody has saved it again in the meantime: check it again."))
        status = 409
    context = {
        **admin_site.each_context(request),
        "title": _("Compare with “%(story)s”") % {"story": story},
        "story": story,
        "opts": Article._meta,
        "kept": kept,
        "me": name_of(kept.saved_by),
        "other": _other_person(story, kept),
        "is_mine": kept.saved_by_id == signed_in(request).pk,
        "is_other": _newest_saver(story) != kept.saved_by_id,
        "clashes": [
            _describe_clash(clash, signed_in(request))
            for clash in merged.clashes
            if clash.key not in _followers(merged)
        ],
        "gains": list_changes(story.newest_content, _without_choice(merged), signed_in(request)),
        "saved_meanwhile": story.version != kept.version,
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context, status=status)


def _save(request: HttpRequest, story: Article, merged: MergeResult) -> HttpResponse:
    choices: dict[str, Side] = {
        clash.key: side
        for clash in merged.clashes
        for side in ("mine", "theirs", "both")
        if request.POST.get(clash.key) == side
    }
    choices |= {key: choices.get(leader, "mine") for key, leader in _followers(merged).items()}
    if "edit" in request.POST:
        return _edit_result(request, story, clean_content(merged.resolved(choices)))
    try:
        story.save_draft(signed_in(request), Edit(merged.resolved(choices), story.version))
    except StaleStory:
        messages.warning(request, _("Somebody has saved it again in the meantime: check it again."))
        return HttpResponseRedirect(request.path)
    except (ValidationError, IntegrityError) as error:
        messages.error(request, " ".join(describe_refusal(error).messages))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("Both versions of “%(story)s” are merged.") % {"story": story})
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))


def _edit_result(request: HttpRequest, story: Article, content: Content) -> HttpResponse:
    """Put the merged content into the form, as text that this person typed and has not saved yet."""
    data = typed_content(content) | {"version": [str(story.version)], "key": [new_key()]}
    form_data = QueryDict(mutable=True)
    for name, values in data.items():
        form_data.setlist(name, values)
    autosave = store_for(form_data, story.pk, signed_in(request).pk)
    form = reverse("admin:articles_article_change", args=[story.pk])
    return HttpResponseRedirect(f"{form}?typed={autosave.pk}")


def _merge_with_saved(story: Article, kept: Revision) -> MergeResult:
    """Merge what was kept with what is saved now; without the version that both began with, every difference is a
    clash.
    """
    mine, theirs = with_current_names(kept.content), with_current_names(story.newest_content)
    if kept.version == story.version:
        return merge_edits(theirs, mine, theirs)
    began = story.revisions.saved().filter(version=kept.version).newest_first().first()
    if began is None:
        return merge_edits({}, mine, theirs)
    base = with_current_names(began.content)
    return merge_edits({name: base[name] for name in began.stored}, mine, theirs)  # the rest is unknown


def _without_choice(merged: MergeResult) -> Content:
    """Return what the story becomes where nothing is asked."""
    return clean_content(merged.resolved({clash.key: "theirs" for clash in merged.clashes}))


def _followers(merged: MergeResult) -> dict[str, str]:
    """Return the clashes that are decided with another one: the slug comes from the headline."""
    keys = {clash.key for clash in merged.clashes}
    return {"slug": "headline"} if {"slug", "headline"} <= keys else {}


def _describe_clash(clash: Any, user: User) -> ShownClash:
    sides = ({clash.field: side} for side in (clash.base, clash.mine, clash.theirs))
    base, *others = (content[clash.field] for content in as_seen_by(user, *sides))
    mine, theirs = (describe_field_change(clash.field, base, side) for side in others)
    return ShownClash(clash.key, field_label(clash.field), mine, theirs, may_have_both=clash.field == "body")


def _newest_saver(story: Article) -> int | None:
    """Return the id of who saved the story last."""
    return story.revisions.saved().newest_first().values_list("saved_by", flat=True).first()


def _other_person(story: Article, kept: Revision) -> str:
    """Return who saved meanwhile; it may be the same person, in another window."""
    newest = story.revisions.saved().newest_first().select_related("saved_by").first()
    if newest and newest.saved_by_id and newest.saved_by_id == kept.saved_by_id:
        return _("Another window")
    return (name_of(newest.saved_by) if newest else "") or _("A colleague")


def _reload(story_id: int) -> Article:
    story = Article.objects.with_page_parts().select_related("waiting", "due").filter(pk=story_id).first()
    if story is None:
        raise Http404("no such story")
    return story
