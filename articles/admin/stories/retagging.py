"""Tags of many stories at once: what is selected in the list, or all that it finds, gets tags, loses them, or both.

Each page asks for the tags, says which stories it is about, and then changes each story by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.fields.choosers import ChooserInput
from articles.admin.fields.tag_choosers import TagsField, save_tags
from articles.admin.refused_message import refused_message
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.fields import TAGS_URL
from articles.models import Article, Tag
from articles.models.article import StaleStory
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

MAX_STORIES_RETAGGED = 200  # stories: some seconds of work
MAX_STORIES_NAMED = 20  # listed by name


class RetagForm(forms.Form):
    add = TagsField(label=gettext_lazy("Add"), required=False, widget=ChooserInput(TAGS_URL))
    remove = TagsField(label=gettext_lazy("Remove"), required=False, widget=ChooserInput(TAGS_URL))

    def __init__(self, *args: Any, may_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["add"].may_add = may_add  # type: ignore[attr-defined]
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["add"] and not cleaned["remove"]:
            raise forms.ValidationError(_("Enter a tag to add or a tag to remove."))
        for tag in cleaned.get("add", []):
            if tag in cleaned.get("remove", []):
                raise forms.ValidationError(_("“%(tag)s” cannot be both added and removed."), params={"tag": tag})
        return cleaned


def show_retagging(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for tags to add to or remove from the stories that the same query of the list finds, and change them."""
    if not model_admin.has_retag_permission(request):
        raise PermissionDenied
    try:
        changelist: Any = model_admin.get_changelist_instance(request)
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    return _ask_for_tags(request, model_admin.admin_site, changelist.whole)


@admin.action(description=gettext_lazy("Add or remove tags …"), permissions=["retag", "change"])
def retag_selected(model_admin: Any, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse | None:
    """Ask for tags to add to or remove from the selected stories, and change those that this person may tag."""
    stories = list(chosen.select_related("section")[:MAX_STORIES_RETAGGED])
    own = Article.objects.retaggable_by(signed_in(request)).filter(pk__in=[story.pk for story in stories])
    allowed = set(own.values_list("pk", flat=True))
    sent = request.POST if "confirmed" in request.POST else None
    form = RetagForm(sent, may_add=request.user.has_perm("articles.add_tag"))
    if sent and allowed and form.is_valid():
        _retag_and_count(request, Article.objects.filter(pk__in=allowed), form, len(allowed))
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Tags of the selected stories"),
        "opts": model_admin.model._meta,
        "action": retag_selected.__name__,
        "form": form,
        "media": form.media,
        "possible": [story for story in stories if story.pk in allowed],
        "impossible": [story for story in stories if story.pk not in allowed],
        "query": request.GET.urlencode(),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/articles/article/retag_selected.html", context)


def _retag_and_count(request: HttpRequest, stories: QuerySet[Article], form: RetagForm, count: int) -> None:
    """Change the tags, and say also of how many stories there was nothing to change."""
    changed = list(_changed(stories, form))
    _retag(request, changed, form)
    if same := count - len(changed):
        text = ngettext("%(n)d story needed no change.", "%(n)d stories needed no change.", same)
        messages.info(request, text % {"n": same})


def _ask_for_tags(request: HttpRequest, admin_site: Any, found: QuerySet[Article]) -> HttpResponse:
    """Ask for tags to add to or remove from `found`, the stories that the list shows on all its pages, newest first."""
    posted = request.method == "POST"
    form = RetagForm(request.POST if posted else None, may_add=request.user.has_perm("articles.add_tag"))
    context = {
        **admin_site.each_context(request),
        "title": _("Tags of the stories found"),
        "opts": Article._meta,
        "form": form,
        "media": form.media,
        "query": request.GET.urlencode(),
        "at_once": MAX_STORIES_RETAGGED,
        "found": len(found.values_list("pk")[: MAX_STORIES_RETAGGED + 1]),
    }
    if posted and form.is_valid():
        stories = list(_changed(found, form)[: MAX_STORIES_RETAGGED + 1])
        if "confirmed" in request.POST:
            _retag(request, stories[:MAX_STORIES_RETAGGED], form)
            if len(stories) > MAX_STORIES_RETAGGED:
                messages.warning(request, _("There are more: repeat this for the rest."))
            return HttpResponseRedirect(f"{reverse('admin:articles_article_changelist')}?{context['query']}")
        context |= {
            "asked": True,
            "count": min(len(stories), MAX_STORIES_RETAGGED),
            "more": len(stories) > MAX_STORIES_RETAGGED,
            "stories": stories[:MAX_STORIES_NAMED],
        }
    return TemplateResponse(request, "admin/articles/article/retag.html", context)


def _changed(found: QuerySet[Article], form: RetagForm) -> QuerySet[Article]:
    add, remove = form.cleaned_data["add"], form.cleaned_data["remove"]
    if not all(tag.pk for tag in add):  # a tag that is yet to be made is on none of them
        return found
    return found.that_retagging_changes(add, remove)  # type: ignore[attr-defined]


def _retag(request: HttpRequest, stories: list[Article], form: RetagForm) -> None:
    """Change the tags of each story separately, so that somebody who saves one at the same moment does not stop the
    others.
    """
    add: list[Tag] = save_tags(form.cleaned_data["add"])
    done = 0
    for story in (
        Article.objects.with_page_parts()
        .select_related("waiting", "due")
        .filter(pk__in=[story.pk for story in stories])
    ):
        try:
            with transaction.atomic():
                done += story.retag(signed_in(request), add, form.cleaned_data["remove"])
        except PermissionDenied:
            messages.error(request, refused_message(story, _("You may not change this story.")))
        except StaleStory:
            messages.error(
                request, _("“%(story)s”: somebody saved it a moment ago; check it again.") % {"story": story}
            )
        except (ValidationError, IntegrityError) as error:
            messages.error(request, refused_message(story, describe_refusal(error)))
    if done:
        text = ngettext("The tags of %(n)d story are changed.", "The tags of %(n)d stories are changed.", done)
        messages.success(request, text % {"n": done})
