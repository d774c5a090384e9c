"""A story in other languages: beginning a translation, joining stories that say the same, taking one out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.admin.fields.choosers import ChooserInput
from articles.admin.fields.story_choosers import StoriesField
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.fields import STORIES_URL
from articles.languages import language_name
from articles.log_messages import log_message
from articles.models import Article
from articles.states import StoryState, state_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User


@dataclass(frozen=True)
class StoryInLanguage:
    """The story in one language; without headline where this person may not read it."""

    language: str
    story: Article | None
    state: StoryState | None


class TranslateForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    copy_text = forms.BooleanField(
        label=gettext_lazy("Begin with the text of the original, to be overwritten"), required=False
    )

    prefix = "translate"

    def __init__(self, story: Article, data: Any = None) -> None:
        """Offer the languages that the story lacks; when sent, the others too: a second press finds the draft."""
        super().__init__(data, label_suffix="")
        others = [code for code, _name in settings.LANGUAGES if code != story.language]
        field: Any = self.fields["language"]
        field.choices = [(code, language_name(code)) for code in (others if self.is_bound else story.missing_languages)]


class JoinForm(forms.Form):
    story = StoriesField(
        label=gettext_lazy("Story in another language"), widget=ChooserInput(STORIES_URL), required=True
    )

    prefix = "join"

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        field: Any = self.fields["story"]
        field.user = user

    def clean_story(self) -> Article:
        stories: list[Article] = self.cleaned_data["story"]
        if len(stories) != 1:
            raise ValidationError(_("Choose one story."))
        return stories[0]


def show_languages(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show in which languages the story is there, and begin a translation or join another story with POST."""
    story, user = model_admin.get_story(request, story_id), signed_in(request)
    may_join = story.may_be_joined_by(user)
    if not story.may_be_copied_by(user) or ("join" in request.POST and not may_join):
        raise PermissionDenied
    pressed = request.POST if request.method == "POST" else None
    translate = TranslateForm(story, pressed if pressed and "join" not in pressed else None)
    join = JoinForm(user, pressed if pressed and "join" in pressed else None)
    try:
        if translate.is_bound and translate.is_valid():
            return _translate(request, story, translate)
        if join.is_bound and join.is_valid():
            return _join(request, story, join.cleaned_data["story"])
    except (ValidationError, IntegrityError) as error:
        (translate if translate.is_bound else join).add_error(None, describe_refusal(error).messages)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("“%(story)s” in other languages") % {"story": story},
        "story": story,
        "opts": Article._meta,
        "stories": list(_stories_of_group(story, user)),
        "translate": translate if story.missing_languages else None,
        "join": join if may_join and story.missing_languages else None,
        "media": join.media,
        "may_leave": story.may_be_changed_by(user),
    }
    return TemplateResponse(request, "admin/articles/article/languages.html", context)


@transaction.atomic
def leave_group(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Take the story out of its group."""
    story = model_admin.get_editable_story(request, story_id)
    story.leave_group(signed_in(request))
    _log(request, story, log_message(gettext_noop("Taken out of its translations")))
    messages.success(request, _("“%(story)s” is no translation of the others any more.") % {"story": story})
    return HttpResponseRedirect(reverse("admin:articles_article_languages", args=[story.pk]))


def _translate(request: HttpRequest, story: Article, form: TranslateForm) -> HttpResponse:
    language = form.cleaned_data["language"]
    draft = story.translate(language, signed_in(request), copy_text=form.cleaned_data["copy_text"])
    text = _("This is the draft of “%(story)s” in another language: %(language)s.")
    messages.success(request, text % {"story": story, "language": language_name(language)})
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[draft.pk]))


@transaction.atomic
def _join(request: HttpRequest, story: Article, other: Article) -> HttpResponse:
    if other.language == story.language:
        raise ValidationError(_("Both stories are in the same language."))
    if not other.may_be_joined_by(signed_in(request)):
        raise ValidationError(_("You may read this story, but not change it and all its translations."))
    story.join(other, signed_in(request))
    _log(request, story, log_message(gettext_noop("Joined with its translation “%(story)s”"), {"story": other}))
    messages.success(request, _("“%(one)s” and “%(other)s” are one story now.") % {"one": story, "other": other})
    return HttpResponseRedirect(reverse("admin:articles_article_languages", args=[story.pk]))


def _stories_of_group(story: Article, user: User) -> Iterator[StoryInLanguage]:
    """Yield the other stories of the group in the order of the site's languages."""
    others = list(story.group.exclude(pk=story.pk).with_state().defer("body"))
    readable = set(
        Article.objects.readable_by(user).filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True)
    )
    place = {code: number for number, (code, _name) in enumerate(settings.LANGUAGES)}
    for one in sorted(others, key=lambda other: place.get(other.language, len(place))):
        shown = one.pk in readable
        yield StoryInLanguage(language_name(one.language), one if shown else None, state_of(one) if shown else None)


def _log(request: HttpRequest, story: Article, message: str) -> None:
    LogEntry.objects.log_actions(signed_in(request).pk, [story], CHANGE, message, single_object=True)
