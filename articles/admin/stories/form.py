"""The story form: one flat form, authors, tags and related stories included, so that a version is one object."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import clock
from articles.admin.fields.body import BodyField
from articles.admin.fields.choosers import (
    MAX_CHOICES,
    AuthorsField,
    ChooserInput,
    TagsField,
)
from articles.admin.fields.moments import MomentField, format_moment
from articles.admin.fields.picture_input import PictureInput
from articles.admin.fields.story_choosers import StoriesField, find_stories
from articles.admin.fields.texts import LinesField
from articles.admin.stories.buttons import PUBLISHING, publishing_verbs
from articles.checklist import Finding, open_musts, open_shoulds
from articles.models import Article, Byline, Image, Section, Tag
from articles.models.content import (
    FIELDS,
    RELATED,
    SINGLE_CHOICES,
    TEXTS,
    Choices,
    Content,
    Edit,
    choices_as_pairs,
    clean_content,
)
from articles.models.unseen import keep_unseen, unseen_stories
from articles.slugs import ascii_slug

if TYPE_CHECKING:
    from articles.users import User

AUTHORS = reverse_lazy("admin:articles_article_suggest_authors")
TAGS = reverse_lazy("admin:articles_article_suggest_tags")
STORIES = reverse_lazy("admin:articles_article_suggest_stories")

TIMES = ("publish_at", "unpublish_at", "embargo_until")
UNSEEN = "unseen_at_opening"  # the hidden input that holds the ids of related stories that the form does not show


class KeptData(QueryDict):
    """Form data that somebody typed earlier and did not save. Newer fields are as the story has them now."""


class SectionField(forms.ModelChoiceField):
    """The sections by their names in the language of the desk."""

    def label_from_instance(self, section: Section) -> str:
        return section.label


class ArticleForm(forms.ModelForm):
    """The story form. `user` fills it in; `refusal`, when given, is why the last attempt to save it was undone.

    It shows what was saved last, also when that waits over a live story. `story` is the story as it is stored:
    filling in the form changes `instance` alone.
    """

    user: User
    verb = "save"  # the verb of the button that was pressed; "" when nothing is to be saved
    typed: QueryDict | None = None  # shown in the form instead of what is saved
    refusal: ValidationError | None = None

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)  # the key of this opening of the form
    body = BodyField(label=_("Story"), required=False)
    section = SectionField(Section.objects.all(), required=False, label=_("Section"))
    language = forms.ChoiceField(label=_("Language"))
    authors = AuthorsField(
        label=_("Authors"),
        widget=ChooserInput(AUTHORS),
        help_text=_("In the order of the byline, with commas."),
    )
    tags = TagsField(label=_("Tags"), widget=ChooserInput(TAGS), help_text=_("The most important first, with commas."))
    lead_image = forms.ModelChoiceField(
        Image.objects.all(),
        required=False,
        label=_("Lead picture"),
        widget=PictureInput,
        help_text=_("Shown above the story, and beside its headline on other pages."),
    )
    publish_at = MomentField(label=_("Publication time"), required=False)
    changes_at = MomentField(
        label=_("Changes go live at"),
        required=False,
        help_text=_("For “Schedule changes”: readers see the changes from then on."),
    )
    embargo_until = MomentField(
        label=_("Embargo"), required=False, help_text=_("No part of the story can be public before then.")
    )
    unpublish_at = MomentField(
        label=_("End of publication"), required=False, help_text=_("Leave empty to keep it online.")
    )
    pinned_compact = StoriesField(
        label=_("Pinned among the compact teasers"),
        widget=ChooserInput(STORIES),
        help_text=_("Shown first beside this story, in this order."),
    )
    pinned_long = StoriesField(
        label=_("Pinned among the long teasers"),
        widget=ChooserInput(STORIES),
        help_text=_("Shown first below this story, in this order."),
    )
    never_here = StoriesField(
        label=_("Never beside this story"),
        widget=ChooserInput(STORIES),
        help_text=_("Even if the search for related stories suggests them."),
    )
    note = LinesField(
        label=_("Note to colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history together with this action."),
    )

    class Meta:
        model = Article
        fields = [*TEXTS, *SINGLE_CHOICES, *TIMES]  # the admin shows those that its field sets name
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "compact_teaser": forms.Textarea(attrs={"rows": 2}),
            "long_teaser": forms.Textarea(attrs={"rows": 2}),
        }
        field_classes = dict.fromkeys(widgets, LinesField)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is None and self.typed is not None:
            data = add_stored_times(self.typed, kwargs.get("instance") or Article())
        super().__init__(data, *args, **kwargs)
        self.label_suffix = ""
        story = self.instance
        self.visible_before = story.is_visible()
        self._fill(story)
        if isinstance(self.data, KeptData) or (isinstance(self.data, QueryDict) and story.pk):
            self._fill_in_what_was_not_sent(self.data)
        self.story = copy(story)
        self.fields["language"].choices = language_choices(self.initial["language"])  # type: ignore[attr-defined]
        self.fields["tags"].may_add = self.user.has_perm("articles.add_tag")  # type: ignore[attr-defined]
        self.fields["lead_image"].widget.may_upload = self.user.has_perm("articles.add_image")
        for name in TIMES:
            if name not in (self._meta.fields or ()):  # declared above, but not for this person
                del self.fields[name]
        if self.visible_before and "publish_at" in self.fields:
            self.fields["publish_at"].disabled = True  # readers have seen its date

    def _fill_in_what_was_not_sent(self, sent: QueryDict) -> None:
        """Fill the fields that came after the form was opened: they are untouched, not emptied."""
        self.data = data = sent.copy()
        for name in (*FIELDS, *TIMES):
            if name in self.fields and self._is_missing(name, sent):
                field = self.fields[name]
                data.setlist(name, _as_browser_sends(field.prepare_value(self.get_initial_for_field(field, name))))

    def _is_missing(self, name: str, sent: QueryDict) -> bool:
        """Return whether this field was not on the form; of a box and of a list, only what was kept says so."""
        if isinstance(sent, KeptData):
            return name not in sent
        return self.fields[name].widget.value_omitted_from_data(sent, self.files, name)

    def _fill(self, story: Article) -> None:
        """Fill the form with what was saved last; a new story with what the URL asks for."""
        found, content = story.newest_choices, story.newest_content
        self.unseen = self._unseen(content)
        unseen = {name: [row for row in found.related.get(name, []) if row.pk in self.unseen] for name in RELATED}
        for name in RELATED:
            field: Any = self.fields[name]
            field.user, field.unseen = self.user, [row for rows in unseen.values() for row in rows]
            if count := len(unseen[name]):
                field.help_text = f"{field.help_text} {_describe_unseen(count)}"
        shown = {name: content[name] for name in TEXTS} if story.pk else {"language": story.language}
        chosen = {
            **{name: getattr(found, name) and getattr(found, name).pk for name in SINGLE_CHOICES},
            "authors": [author for author, _role in found.authors],
            "tags": found.tags,
            **found.related,
        }
        stored = {
            "version": str(story.version),
            "changes_at": story.changes_at,
            **shown,
            **(chosen if story.pk else {}),
        }
        self.initial.update({name: value for name, value in stored.items() if story.pk or name not in self.initial})

    def _unseen(self, content: Content) -> set[int]:
        """Return the ids of the saved related stories that this person may not see now, or that this form never showed.

        A story that became public while somebody typed is missing from the lists that are sent, and stays chosen
        unless they name it.
        """
        hidden = unseen_stories(self.user, content)
        at_opening = set(self.data.get(UNSEEN, "").split(","))
        saved = {pk for name in RELATED for pk, _name in content.get(name) or ()}
        shown_now = {pk for pk in saved - hidden if str(pk) in at_opening}
        return hidden | (shown_now - self._typed_stories() if shown_now else set())

    def _typed_stories(self) -> set[int]:
        """Return the ids of the stories that the lists of related stories name as they were sent."""
        widgets = {name: self.fields[name].widget for name in RELATED}
        lists = [widget.value_from_datadict(self.data, {}, name) for name, widget in widgets.items()]
        words = [word for words in lists for word in words[:MAX_CHOICES]]
        return {story.pk for story in find_stories(words, self.user).values()}

    @property
    def unseen_at_opening(self) -> str:
        """Return the value of the hidden input that tells, when the form is sent, what it did not show."""
        return ",".join(map(str, sorted(self.unseen)))

    # Reading what was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in TIMES:
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        self._check_times(cleaned)
        self._check_related(cleaned)
        if self._slug_follows_headline():
            cleaned["slug"] = ""  # made from the headline again when it is saved
        if self.refusal:
            self._refuse(self.refusal)
        elif self._readers_will_see() and not self.errors and not self.data.get("anyway"):
            self._ask_about_advice()
        return cleaned

    def _readers_will_see(self) -> bool:
        """Return whether what is in the form is for readers, now or later: saving a scheduled story counts too."""
        publishes = self.verb in PUBLISHING or (self.verb == "save" and self.story.is_scheduled)
        return publishes and "publish_at" in self.fields

    def _ask_about_advice(self) -> None:
        """Ask for a second, deliberate press to publish against the checklist's advice."""
        findings = self.findings_of([self.verb])
        if open_shoulds(findings) and not open_musts(findings):
            self.add_error(
                None,
                ValidationError(
                    _("The checklist has advice: follow it, or tick “Publish anyway” there and press again."),
                    code="advice",
                ),
            )

    def _refuse(self, refusal: ValidationError) -> None:
        """Say why the last attempt was undone: beside the field where there is one, else on top."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def _check_times(self, cleaned: dict[str, Any]) -> None:
        begin, end = cleaned.get("publish_at"), cleaned.get("unpublish_at")
        if begin and end and end <= begin:
            self.add_error("unpublish_at", _("Publication would end before it begins: choose a later end."))
        if self.instance.is_scheduled and "publish_at" in self.changed_data and "publish_at" in cleaned:
            if not begin:
                self.add_error("publish_at", _("It is scheduled: send it back to draft to unschedule it."))
            elif begin <= clock.now():
                self.add_error("publish_at", _("Choose a time in the future, or publish it now."))

    def _check_related(self, cleaned: dict[str, Any]) -> None:
        taken: dict[int, Any] = {}
        for name in RELATED:
            for story in cleaned.get(name, []):
                if story.pk == self.instance.pk:
                    self.add_error(name, _("A story cannot point to itself."))
                elif story.pk in taken:
                    self.add_error(name, _("“%(story)s” is selected twice.") % {"story": story})
                taken[story.pk] = name

    def _slug_follows_headline(self) -> bool:
        """Return whether the slug follows the headline: until the story has an address, unless somebody chose another
        slug.
        """
        untouched = "slug" not in self.changed_data and self.initial.get("slug", "") == ascii_slug(
            self.initial.get("headline", "")
        )
        return untouched and not self.instance.address_date

    # Results

    @cached_property
    def findings(self) -> list[Finding]:
        """Return the checklist for what is in the form now, with everything that would prevent publication."""
        found = self.findings_of(publishing_verbs(self.story, self.user) or [""])
        if not self.is_bound:
            return found
        story = self._story_with_times()
        times = story.time_problems(was_visible=self.visible_before) if story.is_visible() else {}
        found += [Finding("times", "must", name, False, text, ("save",)) for name, text in times.items()]
        said = {(finding.field, finding.text) for finding in found if not finding.passed}
        wrong = [(name, str(text)) for name, texts in self.errors.items() if name in self.fields for text in texts]
        return [Finding("form", "must", name, False, text) for name, text in wrong if (name, text) not in said] + found

    def findings_of(self, verbs: Iterable[str]) -> list[Finding]:
        """Return the checklist for what is in the form now, for these verbs."""
        story = self._story_with_times()
        times = {"schedule": story.publish_at, "schedule_changes": self.typed_time("changes_at", story.due_at)}
        return story.checklist_of(verbs, clean_content(self.content()) if self.is_bound else None, self.user, times)

    def typed_time(self, name: str, saved: datetime.datetime | None) -> datetime.datetime | None:
        """Return the time as typed, or the saved one where nothing readable was typed."""
        return self.cleaned_data.get(name, saved) if self.is_bound else saved

    def _story_with_times(self) -> Article:
        story = copy(self.story)
        for name in TIMES:
            setattr(story, name, self.typed_time(name, getattr(story, name)))
        return story

    def edit(self) -> Edit:
        """Return what is to be saved. Creates the tags that are only named yet."""
        self.cleaned_data["tags"] = save_tags(self.cleaned_data["tags"])
        return Edit(
            content=self.content(),
            version=parse_version(self.cleaned_data["version"]) if self.story.pk else None,
            times={name: self.cleaned_data[name] for name in TIMES if name in self.fields},
            note=self.cleaned_data["note"],
        )

    @property
    def filed(self) -> list[tuple[str, Tag]]:
        """Return what was typed as a tag and is another spelling of one, with that tag."""
        field: Any = self.fields["tags"]
        return field.other_spellings(self["tags"].data)

    def content(self) -> Content:
        """Return what was typed as flat content; invalid fields stay as they were saved last."""
        data, saved = self.cleaned_data, self.story.newest_content
        texts = {name: data.get(name, saved[name]) for name in TEXTS}
        if not texts["slug"]:
            texts["slug"] = ascii_slug(texts["headline"])
        return {**saved, **texts, **choices_as_pairs(self.choices())}

    def choices(self) -> Choices:
        """Return the rows that were chosen; people keep their roles."""
        data, saved = self.cleaned_data, self.story.newest_choices
        roles = {author.pk: role for author, role in saved.authors}
        authors = data.get("authors", [author for author, _role in saved.authors])
        related: dict[str, list[Article]] = {name: saved.related.get(name, []) for name in RELATED}
        for name, stories in related.items():
            related[name] = keep_unseen(data.get(name, stories), stories, self.unseen, lambda story: story.pk)
        return Choices(
            **{name: data.get(name, getattr(saved, name)) for name in SINGLE_CHOICES},
            authors=[(author, roles.get(author.pk, Byline.Role.AUTHOR)) for author in authors],
            tags=data.get("tags", saved.tags),
            related=related,
        )


def _describe_unseen(count: int) -> str:
    """Return what the form says of stories that this person may not see."""
    return ngettext(
        "A colleague selected %(count)d more story that you may not open. It stays selected.",
        "Colleagues selected %(count)d more stories that you may not open. They stay selected.",
        count,
    ) % {"count": count}


def _as_browser_sends(value: Any) -> list[str]:
    """Return what a browser sends of a field that shows this."""
    if isinstance(value, list):
        return [chosen.word for chosen in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [] if value is None else [str(value)]


def parse_version(text: str) -> int:
    """Return the version that a form was loaded with; 0, which no story has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def add_stored_times(typed: QueryDict, story: Article) -> QueryDict:
    """Return what was typed, completed with the stored times where none were typed."""
    data = typed.copy()
    for name, moment in {"changes_at": story.changes_at, **{name: getattr(story, name) for name in TIMES}}.items():
        if name not in data:
            data[name] = format_moment(moment) if moment else ""
    return data


def language_choices(current: str) -> list[tuple[str, str]]:
    """Return the languages of the site, and the story's own when it came from elsewhere."""
    known = dict(settings.LANGUAGES)
    return list((known | {current: known.get(current, current)}).items())


def save_tags(tags: list[Tag]) -> list[Tag]:
    """Create the tags that are only named yet, unless a colleague has just done so."""
    return [tag if tag.pk else Tag.objects.for_names([tag.name])[0] for tag in tags]


def describe_refusal(error: Exception) -> ValidationError:
    """Return what the form says about a save that was undone."""
    if isinstance(error, ValidationError):
        return error
    return ValidationError(_("Somebody saved at the same moment. Nothing is lost: press the button again."))
