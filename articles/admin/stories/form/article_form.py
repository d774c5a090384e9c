"""The story form: one flat form, authors, tags and related stories included, so that a version is one object."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property

from articles.admin.fields.tag_choosers import save_tags
from articles.admin.stories.buttons import buttons_for, publishing_verbs
from articles.admin.stories.form.checks import ADVICE_OPEN, NOTE_NEEDED, check_related, check_times, is_note_missing
from articles.admin.stories.form.fields import TAGS_HELP_OF_PROPOSERS, TIMES, StoryFields, language_choices
from articles.admin.stories.form.filling import KeptData, add_stored_times, fill_in_what_was_not_sent, stored_values
from articles.admin.stories.form.proposals import describe_proposed, find_proposals, has_proposals
from articles.admin.stories.form.questions import CONFIRMED, Question, find_question, take_asked_time
from articles.admin.stories.form.unseen import describe_unseen, find_unseen
from articles.admin.stories.numbers import parse_version
from articles.findings import PUBLISHING, ChecklistFinding, open_musts, open_shoulds
from articles.models import Article, Byline, Section, Tag
from articles.models.content import (
    RELATED_PLACES,
    SINGLE_CHOICES,
    TEXTS,
    ChosenRows,
    Content,
    Edit,
    choices_as_pairs,
    clean_content,
)
from articles.models.unseen import keep_unseen
from articles.slugs import ascii_slug

if TYPE_CHECKING:
    from articles.users import User

STORING_TIMES = ("save", "unschedule_changes")  # the verbs that leave a live story public, with the times of the form


class ArticleForm(StoryFields):
    """The story form. `user` fills it in; `refusal`, when given, is why the last attempt to save it was undone.

    It shows what was saved last, also when that waits over a live story. `story` is the story as it is stored:
    filling in the form changes `instance` alone.
    """

    user: User
    verb = "save"  # the verb of the button that was pressed; "" when nothing is to be saved
    typed: QueryDict | None = None  # shown in the form instead of what is saved
    refusal: ValidationError | None = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is None and self.typed is not None:
            data = add_stored_times(self.typed, kwargs.get("instance") or Article())
        super().__init__(data, *args, **kwargs)
        self.label_suffix = ""
        story = self.instance
        self.visible_before = story.is_visible()
        self._fill(story)
        if isinstance(self.data, KeptData) or (isinstance(self.data, QueryDict) and story.pk):
            self.data = fill_in_what_was_not_sent(self, self.data)
        if isinstance(self.data, QueryDict):
            self.data = take_asked_time(self.data, self.verb)
        self.story = copy(story)
        self._fit_to_person()

    def _fill(self, story: Article) -> None:
        """Fill the form with what was saved last; a new story with what the URL asks for."""
        stored = stored_values(story)
        self.initial.update({name: value for name, value in stored.items() if story.pk or name not in self.initial})
        tags: Any = self.fields["tags"]
        tags.proposals = find_proposals(self, story)
        self.unseen = find_unseen(self, story.newest_content)
        chosen = story.newest_choices.related
        unseen = {name: [row for row in chosen.get(name, []) if row.pk in self.unseen] for name in RELATED_PLACES}
        for name in RELATED_PLACES:
            field: Any = self.fields[name]
            field.user, field.unseen = self.user, [row for rows in unseen.values() for row in rows]
            if count := len(unseen[name]):
                field.help_text = f"{field.help_text} {describe_unseen(count)}"

    def _fit_to_person(self) -> None:
        """Offer what this person may choose and set."""
        fields: dict[str, Any] = self.fields
        fields["language"].choices = language_choices(self.initial["language"])
        fields["section"].queryset = Section.objects.offered_to(self.user, stored_values(self.instance).get("section"))
        fields["tags"].may_add = self.user.has_perm("articles.add_tag")
        fields["tags"].may_propose = not fields["tags"].may_add
        if fields["tags"].may_propose:
            fields["tags"].help_text = TAGS_HELP_OF_PROPOSERS
        fields["lead_image"].widget.may_upload = self.user.has_perm("articles.add_image")
        for name in TIMES:
            if name not in (self._meta.fields or ()):  # declared, but not for this person
                del fields[name]
        if self.visible_before and "publish_at" in fields:
            fields["publish_at"].disabled = True  # readers have seen its date

    @property
    def unseen_at_opening(self) -> str:
        """Return the value of the hidden input that tells, when the form is sent, what it did not show."""
        return ",".join(map(str, sorted(self.unseen)))

    @property
    def proposals_at_opening(self) -> str:
        """Return the value of the hidden input that tells which proposed tags the form showed."""
        field: Any = self.fields["tags"]
        return ",".join(str(proposal.pk) for proposal in field.proposals)

    # Reading what was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in TIMES:
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        times = check_times(self.instance, cleaned, self.changed_data)
        for name, problem in [*times, *check_related(self.instance, cleaned)]:
            self.add_error(name, problem)
        if self._slug_follows_headline():
            cleaned["slug"] = ""  # made from the headline again when it is saved
        if self.refusal:
            self._refuse(self.refusal)
        elif self._readers_will_see() and not self.errors and not self.data.get("anyway"):
            self._ask_about_advice()
        if not self.errors and self.asked and self.data.get(f"_{self.verb}") != CONFIRMED:
            self.add_error(None, ValidationError(self.asked.text, code="asked"))
        return cleaned

    @property
    def asked(self) -> Question | None:
        """Return what is asked before the pressed button does its work."""
        return find_question(self.verb, self.story, self.verb_times)

    @property
    def verb_times(self) -> dict[str, datetime.datetime | None]:
        """Return the time in the form of each verb that needs one."""
        return {
            "schedule": self.typed_time("publish_at", self.story.publish_at),
            "schedule_changes": self.typed_time("changes_at", self.story.due_at),
        }

    def _readers_will_see(self) -> bool:
        """Return whether what is in the form is for readers, now or later: saving a scheduled story counts too."""
        publishes = self.verb in PUBLISHING or (self.verb == "save" and self.story.is_scheduled)
        return publishes and "publish_at" in self.fields

    def _ask_about_advice(self) -> None:
        """Ask for a second, deliberate press to publish against the checklist's advice."""
        findings = self.findings_of([self.verb])
        if open_shoulds(findings) and not open_musts(findings):
            self.add_error(None, ValidationError(ADVICE_OPEN, code="advice"))

    def _refuse(self, refusal: ValidationError) -> None:
        """Say why the last attempt was undone: beside the field where there is one, else on top."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def _slug_follows_headline(self) -> bool:
        """Return whether the slug follows the headline: until it has an address, or somebody chose another slug."""
        if "slug" in self.changed_data or self.instance.address_date:
            return False
        return bool(self.initial.get("slug", "") == ascii_slug(self.initial.get("headline", "")))

    # Results

    @cached_property
    def findings(self) -> list[ChecklistFinding]:
        """Return the checklist for what is in the form now, with everything that would prevent publication."""
        found = self.findings_of(publishing_verbs(self.story, self.user) or [""])
        if is_note_missing(self.story, self.user, self["note"].value()):
            found.append(ChecklistFinding("note", "must", "note", False, str(NOTE_NEEDED), ("send_back",)))
        if not self.is_bound:
            return found
        story = self._story_with_times()
        times = story.time_problems(was_visible=self.visible_before) if story.is_visible() else {}
        storing = tuple(button.name for button in buttons_for(self.story, self.user) if button.name in STORING_TIMES)
        found += [ChecklistFinding("times", "must", name, False, text, storing) for name, text in times.items()]
        wrong = [(name, str(text)) for name, texts in self.errors.items() if name in self.fields for text in texts]
        others = [finding for finding in found if finding.passed or (finding.field, finding.text) not in wrong]
        return [ChecklistFinding("form", "must", name, False, text) for name, text in wrong] + others

    def findings_of(self, verbs: Iterable[str]) -> list[ChecklistFinding]:
        """Return the checklist for what is in the form now, for these verbs."""
        story = self._story_with_times()
        found = story.checklist_of(verbs, self._shown_content(), self.user, self.verb_times)
        return describe_proposed(found) if has_proposals(self) else found

    def _shown_content(self) -> Content | None:
        """Return what is in the form now; None for what is stored."""
        if self.is_bound:
            return clean_content(self.content())
        if self.story.pk or not self.initial.get("authors"):
            return None
        authors = [(byline.author, byline.role) for byline in self.initial["authors"]]
        return {**self.story.newest_content, **choices_as_pairs(ChosenRows(authors=authors))}

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
            reason=self.cleaned_data["reason"],
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
        texts["slug"] = texts["slug"] or ascii_slug(texts["headline"])
        return {**saved, **texts, **choices_as_pairs(self.choices())}

    def choices(self) -> ChosenRows:
        """Return the rows that were chosen."""
        data, saved = self.cleaned_data, self.story.newest_choices
        bylines: list[Byline] | None = data.get("authors")
        related: dict[str, list[Article]] = {name: saved.related.get(name, []) for name in RELATED_PLACES}
        for name, stories in related.items():
            related[name] = keep_unseen(data.get(name, stories), stories, self.unseen, lambda story: story.pk)
        return ChosenRows(
            **{name: data.get(name, getattr(saved, name)) for name in SINGLE_CHOICES},
            authors=saved.authors if bylines is None else [(byline.author, byline.role) for byline in bylines],
            tags=data.get("tags", saved.tags),
            related=related,
        )
