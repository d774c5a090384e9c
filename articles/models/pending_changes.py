"""Drafts: of a story that nobody has seen, and of changes to one that readers see.

Changes over a live story never touch what readers see until they are published, or until their time: then whichever
request or command first notices puts them live, once.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from articles import clock
from articles.models import choices
from articles.models import content as contents
from articles.models.content import Content, Edit
from articles.models.publication import NO_EDIT, Event, Publication, with_overridden_rules
from articles.models.revision import Revision
from articles.models.stuck_changes import StuckChanges, changes_stuck
from articles.models.tag import Tag

if TYPE_CHECKING:
    from articles.users import User

logger = logging.getLogger(__name__)


class PendingChanges(Publication):
    class Meta:
        abstract = True

    @transaction.atomic
    def save_draft(self, by: User | None, edit: Edit) -> bool:
        """Save what was typed: beside the public text of a live story, else as the story. False if nothing changed."""
        return self._save(by, edit, Event.SAVED, gettext_noop("Saved"))

    @transaction.atomic
    def keep_unsaved(self, by: User | None, edit: Edit) -> Revision:
        """Store what was typed too late to be saved, under the version that it began with; the story stays as it is."""
        content = choices.recreate_tags(contents.clean_content(edit.content or self.newest_content))
        version = self.version if edit.version is None else edit.version
        same = Revision.objects.filter(article=self.pk, event=Event.KEPT, saved_by=by, version=version, note=edit.note)
        kept = same.last()
        if kept and kept.content == content:
            return kept
        return Revision.objects.record(self, content, Event.KEPT, by=by, note=edit.note, version=version)

    @transaction.atomic
    def restore(self, revision: Revision, by: User | None, version: int | None = None) -> bool:
        """Save what an older version held: text, authors, tags, picture and pins, as a new version."""
        content = choices.bring_up_to_date(revision.content, self.newest_content)
        note = gettext("Version %(number)d restored.") % {"number": revision.version}
        return self._save(by, Edit(content, version, note=note), Event.RESTORED, note)

    @transaction.atomic
    def retag(self, by: User | None, add: Iterable[Tag] = (), remove: Iterable[Tag] = ()) -> bool:
        """Add and take off tags wherever the story has them: for readers, in what waits and in what is scheduled.

        Its text and its dates stay as they are. False: there was nothing to change. Raises PermissionDenied.
        """
        if by is not None and not type(self).objects.retaggable_by(by).filter(pk=self.pk).exists():
            raise PermissionDenied
        self._load_edit(NO_EDIT)
        add, gone = list(add), {tag.pk for tag in remove}
        stored = self.stored_content
        pending = {name: getattr(self, name) for name in ("due", "waiting") if getattr(self, f"{name}_id")}
        befores = {name: choices.with_current_tags(revision.content) for name, revision in pending.items()}
        if all(
            contents.is_same_content(content, _retagged(content, add, gone)) for content in [stored, *befores.values()]
        ):
            return False
        values: dict[str, Any] = {"by": by, "version": self.version + 1}
        public, published = _retagged(stored, add, gone), self.status == self.Status.PUBLISHED
        Revision.objects.record(self, public, Event.TAGGED, before=stored, published=published, **values)
        self.due_at = self._retry_of_stuck_changes().get("due_at", self.due_at)
        for name, revision in pending.items():
            content = _retagged(befores[name], add, gone)
            more = {"published": revision.published, "for_time": revision.for_time}
            new = Revision.objects.record(self, content, Event.TAGGED, before=revision.content, **values, **more)
            setattr(self, name, new)
        self._store_content(public, by)
        self._log(by, gettext_noop("Tags changed"))
        return True

    @transaction.atomic
    def publish_changes(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Publish what waits, and what was typed, now; a schedule for older changes ends."""
        self._require("articles.publish_article", by)
        content = self._load_changes(edit, by)
        overridden = self.require_ready("publish_changes", content, by)
        self.changed_at = clock.now()
        message = with_overridden_rules(gettext_noop("Changes published"), overridden)
        self._write(content, Event.CHANGES_PUBLISHED, by=by, note=edit.note, message=message)

    @transaction.atomic
    def schedule_changes(self, by: User | None, at: datetime.datetime | None, edit: Edit = NO_EDIT) -> None:
        """Schedule what waits, and what was typed, for this moment of the future."""
        self._require("articles.publish_article", by)
        content = self._load_changes(edit, by)
        overridden = self.require_ready("schedule_changes", content, by, at)
        message = with_overridden_rules(gettext_noop("Changes scheduled"), overridden)
        revision = self._store_pending(
            content, Event.CHANGES_SCHEDULED, by=by, note=edit.note, message=message, for_time=at
        )
        self._move_pointers(waiting=None, due=revision, due_at=at)

    @transaction.atomic
    def unschedule_changes(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Let scheduled changes wait again until somebody publishes them."""
        self._require("articles.publish_article", by)
        if not self.due_id:
            raise ValidationError(gettext("No changes are scheduled."))
        was_visible = self.is_visible()
        content = self._load_edit(edit, by)
        self._require_times(was_visible=was_visible)
        message = gettext_noop("Changes unscheduled")
        revision = self._store_pending(content, Event.UNSCHEDULED, by=by, note=edit.note, message=message)
        self._move_pointers(waiting=revision, due=None, due_at=None)

    @transaction.atomic
    def discard_changes(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Drop what waits, and what was typed; the history keeps it. Scheduled changes under it stay scheduled."""
        self._require("articles.publish_article", by)
        if not self.waiting_id:
            raise ValidationError(gettext("There are no pending changes."))
        if edit.version is not None:
            self.version = edit.version
        before = self.newest_content
        if edit.content is not None and not contents.is_same_content(contents.clean_content(edit.content), before):
            self.keep_unsaved(by, edit)
        self._move_pointers(waiting=None)
        Revision.objects.record(self, self.newest_content, Event.DISCARDED, by=by, note=edit.note, before=before)
        self._log(by, gettext_noop("Changes discarded"))

    @transaction.atomic
    def put_live(self, at: datetime.datetime, *, is_rehearsal: bool = False) -> bool:
        """Make scheduled changes whose time has come the public text; False when that failed, or somebody else did it.

        What an editor is writing on top of them stays, and stays savable: the version does not change. Whatever fails
        is undone and kept as a mark (StuckChanges), and tried again later. Raises only when that cannot be stored.
        """
        due = type(self).objects.filter(pk=self.pk, due_at__lte=at)
        if not due.update(due_at=None):  # the process that gets the row does it
            return False
        try:
            with transaction.atomic():
                self._publish_due(at)
        except Exception as error:  # noqa: BLE001 - no error of one story may stop the others
            if not is_rehearsal:
                self._mark_stuck(error)
            return False
        return True

    def _publish_due(self, at: datetime.datetime) -> None:
        story = type(self).objects.select_related("due", "waiting", "section", "lead_image").get(pk=self.pk)
        revision, was_stuck, story.due = story.due, story.stuck, None
        if revision:  # always there, by a constraint of the database
            story._put_live(revision, at if was_stuck else self.due_at or at)
        if was_stuck:
            was_stuck.delete()

    def _mark_stuck(self, error: Exception) -> None:
        row = type(self).objects.filter(pk=self.pk)
        mark, is_news = StuckChanges.objects.mark(row.values_list("due", flat=True)[0], error)
        row.update(due_at=clock.now() + mark.retry_after)
        if is_news:
            changes_stuck.send(StuckChanges, mark=mark, story_id=self.pk)
            logger.error("The changes to story %s could not go live", self.pk, exc_info=error)

    def _put_live(self, revision: Revision, moment: datetime.datetime) -> None:
        before = self.stored_content
        self._address = self.get_absolute_url()
        self.changed_at = moment
        content = choices.bring_up_to_date(revision.content, {**revision.content, "section": before["section"]})
        content = self._store_content(content, bump=False)
        Revision.objects.record(
            self, content, Event.CHANGES_DUE, by=revision.saved_by, before=before, published=True, for_time=moment
        )

    @property
    def stuck(self) -> StuckChanges | None:
        """Return why its scheduled changes did not go live at their time."""
        return getattr(self.due, "stuck", None) if self.due_id else None

    @property
    def changes_at(self) -> datetime.datetime | None:
        """Return when its scheduled changes go live; None for those that are stuck."""
        return None if self.stuck else self.due_at

    def _move_pointers(self, **columns: Any) -> None:
        """Move the pointers, and try stuck changes again: perhaps nothing stands in their way any more."""
        super()._move_pointers(**self._retry_of_stuck_changes() | columns)

    def _retry_of_stuck_changes(self) -> dict[str, Any]:
        """Return the columns by which stuck changes are tried again now."""
        return {"due_at": self.due.for_time} if self.due and self.stuck else {}

    def _load_changes(self, edit: Edit, by: User | None) -> Content:
        """Return the content that is to replace the public text."""
        if not self.is_visible():
            raise ValidationError(gettext("No reader sees it now: publish the story itself."))
        content = self._load_edit(edit, by)
        self._require_section(content, by)
        return content

    def _require_times(self, *, was_visible: bool) -> None:
        """Raise ValidationError, by field, where readers see the story and it cannot be saved with its times."""
        if self.is_visible() and (problems := self.time_problems(was_visible=was_visible)):
            raise ValidationError(problems)

    def _save(self, by: User | None, edit: Edit, event: str, message: str) -> bool:
        self._require("articles.change_article" if self.pk else "articles.add_article", by)
        if self.is_scheduled and edit.times.get("publish_at", self.publish_at) != self.publish_at:
            self.schedule(by, edit.times["publish_at"], edit)
            return True
        was_visible, times = self.is_visible(), {name: getattr(self, name) for name in edit.times}
        content = self._load_edit(edit, by)
        same = bool(self.pk) and contents.is_same_content(content, self.newest_content)
        if same and times == dict(edit.times) and not edit.note:
            return False
        event = Event.NOTED if same and event == Event.SAVED and edit.note else event
        if self.is_visible():
            self._require_times(was_visible=was_visible)
            revision = self._store_pending(content, event, by=by, note=edit.note, message=message)
            if not same:
                as_published = not self.due_id and contents.is_same_content(content, self.stored_content)
                self._move_pointers(waiting=None if as_published else revision)
            else:
                self._move_pointers()
            return True
        if self.status == self.Status.PUBLISHED:
            message = with_overridden_rules(message, self.require_ready("save", content, by))
        self._write(content, event, by=by, note=edit.note, message=message)
        return True


def _retagged(content: Content, add: list[Tag], gone: set[int]) -> Content:
    kept = [pair for pair in content["tags"] if pair[0] not in gone]
    there = {pk for pk, _name in kept}
    return {**content, "tags": kept + [contents.id_and_name(tag) for tag in add if tag.pk not in there]}
