"""What stands in the way of publication: the checklist's answers, before a verb is called and by the verb itself.

Facts about the story are gathered here; the rules themselves are pure functions, in articles/checklist.py.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from articles import checklist, clock
from articles.dates import format_moment
from articles.findings import (
    TIME_FIELDS,
    CheckedPicture,
    ChecklistFinding,
    StoryFacts,
    merge_findings,
    open_musts,
    open_shoulds,
)
from articles.models import content as contents
from articles.models.content import Content
from articles.models.image import Image
from articles.models.revision import Revision
from articles.models.saving import Saving
from articles.models.section import Section
from articles.models.story_links import gone_links, number_story_links

if TYPE_CHECKING:
    from articles.users import User


class Readiness(Saving):
    class Meta:
        abstract = True

    def checklist(
        self,
        verb: str = "",
        content: Content | None = None,
        by: User | None = None,
        at: datetime.datetime | None = None,
    ) -> list[ChecklistFinding]:
        """Return every rule's answer if `by` did this to the story with this content (what was saved last).

        `at` is the time that was chosen for it. Without a verb, what is planned counts.
        """
        return self.checklist_of([verb], content, by, {verb: at})

    def checklist_of(
        self,
        verbs: Iterable[str],
        content: Content | None,
        by: User | None,
        times: Mapping[str, datetime.datetime | None],
    ) -> list[ChecklistFinding]:
        """Return the same for several verbs, each at its own time; what hinders only some of them says so."""
        facts = self._facts(content or self.newest_content, by)
        return merge_findings(
            {verb: checklist.check(self._facts_after(facts, verb, times.get(verb))) for verb in verbs}
        )

    def require_ready(
        self, verb: str, content: Content, by: User | None, at: datetime.datetime | None = None
    ) -> list[ChecklistFinding]:
        """Return the advice that this verb overrides. Raises ValidationError by field for what stands in its way."""
        findings = self.checklist(verb, content, by, at)
        if missing := open_musts(findings):
            raise ValidationError(missing)
        return open_shoulds(findings)

    def moment_of(self, verb: str, at: datetime.datetime | None = None) -> datetime.datetime | None:
        """Return when readers first see it after this verb, for which `at` was chosen; None where a time is missing."""
        now = clock.now()
        if verb in TIME_FIELDS:
            return at
        if verb == "publish":
            keeps_its_date = self.was_public and self.publish_at and self.publish_at <= now
            return at or (self.publish_at if keeps_its_date else now)
        return now if verb == "publish_changes" else at or self.publish_at

    def end_after(self, verb: str) -> datetime.datetime | None:
        """Return the end of publication after this verb: a story that is published again after its end has none."""
        ended = self.was_public and self.unpublish_at and self.unpublish_at <= clock.now()
        return None if verb == "publish" and ended else self.unpublish_at

    def time_problems(self, *, was_visible: bool) -> dict[str, str]:
        """Return why a story that readers see cannot be saved with its times, by field.

        Saving puts nothing online; no embargo begins on a live story, and no end comes before its beginning.
        """
        problems = {}
        if self.embargo_until and self.publish_at and self.embargo_until > self.publish_at:
            problems["embargo_until"] = gettext("Readers already see it: withdraw it first.")
        if self.unpublish_at and self.publish_at and self.unpublish_at <= self.publish_at:
            problems["unpublish_at"] = gettext("Publication would end before it begins: choose a later end.")
        if not was_visible:
            problems["unpublish_at"] = gettext("This would put it online again: publish it instead.")
        return problems

    def _facts(self, content: Content, by: User | None) -> StoryFacts:
        images = Image.objects.in_bulk(contents.picture_ids(content)).values()
        return StoryFacts(
            content=content,
            pictures=[CheckedPicture(image.alt, image.decorative, image.credit, str(image)) for image in images],
            now=clock.now(),
            embargo=self.embargo_until,
            embargo_in_words=format_moment(self.embargo_until) if self.embargo_until else "",
            read_by_another=self._is_read_by_another(content, by),
            section_is_theirs=self._may_be_in_section(content, by),
            differs=not contents.is_same_content(content, self.stored_content),
            gone_links=gone_links(number_story_links(content["body"], by)),
        )

    def _facts_after(self, facts: StoryFacts, verb: str, at: datetime.datetime | None) -> StoryFacts:
        return replace(facts, verb=verb, at=self.moment_of(verb, at), until=self.end_after(verb))

    def _is_read_by_another(self, content: Content, by: User | None) -> bool:
        """Return whether `by` is somebody else than the writer of what is to be published, or may be the same."""
        if not self._needs_second_eyes(content):
            return True
        if by is None or not contents.is_same_content(content, self._newest_today()):
            return False
        written = Revision.objects.filter(article=self.pk).saved().rewriting().newest_first()
        writer = next(iter(written.values_list("saved_by", flat=True)[:1]), self.created_by_id)
        return bool(writer != by.pk)

    def _needs_second_eyes(self, content: Content) -> bool:
        """Return whether the section asks it of stories with this label. Without a section, nothing is published."""
        pk = content["section"] and content["section"][0]
        section = self.section if pk == self.section_id else Section.objects.filter(pk=pk).first()
        return section is not None and content["label"] in section.second_eyes
