"""When and whether the public sees a story: its status, its times, and the verbs that change them.

Each verb is one transaction, asks for its permission, runs the checklist where readers are concerned, and leaves one
entry in the history and in the log. Each may save what somebody typed (an Edit) along with it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from articles import clock
from articles.findings import ChecklistFinding
from articles.log_messages import log_message
from articles.models.content import Edit
from articles.models.former_address import FormerAddress
from articles.models.readiness import Readiness
from articles.models.revision import Revision
from articles.time_zones import newsroom_day

if TYPE_CHECKING:
    from articles.users import User

NO_EDIT = Edit()
Event = Revision.Event


class Publication(Readiness):
    class Meta:
        abstract = True

    @property
    def is_scheduled(self) -> bool:
        return bool(self.status == self.Status.PUBLISHED and self.publish_at and self.publish_at > clock.now())

    def is_visible(self, at: datetime.datetime | None = None) -> bool:
        """Return the same answer as `Article.objects.visible(at)`, for a story that is loaded."""
        at = at or clock.now()
        return bool(
            self.status == self.Status.PUBLISHED
            and self.publish_at
            and self.publish_at <= at
            and (self.unpublish_at is None or at < self.unpublish_at)
        )

    @property
    def is_gone(self) -> bool:
        """Return whether it was public once and is not any more."""
        ended = bool(self.unpublish_at and self.unpublish_at <= clock.now())
        return self.was_public and (
            self.status == self.Status.WITHDRAWN or (self.status == self.Status.PUBLISHED and ended)
        )

    @property
    def is_shareable(self) -> bool:
        """Return whether it has something that readers do not see, and that was not taken from them."""
        return self.status != self.Status.WITHDRAWN and (
            not self.was_public or (self.is_visible() and self.has_changes)
        )

    @property
    def last_changed(self) -> datetime.datetime | None:
        """Return when it last changed, as pages and feeds say: never before its publication."""
        moments = [moment for moment in (self.publish_at, self.changed_at) if moment]
        return max(moments, default=None)

    # Verbs

    @transaction.atomic
    def submit(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Hand a draft to the editors."""
        self._require("articles.change_article", by)
        self._require_status(self.Status.DRAFT)
        content = self._load_edit(edit, by)
        self.status = self.Status.IN_REVIEW
        self._write(content, Event.SUBMITTED, by=by, note=edit.note, message=gettext_noop("Submitted for review"))

    @transaction.atomic
    def send_back(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Give it back to its writer, with a note that says what is missing."""
        self._require("articles.publish_article", by)
        self._require_status(self.Status.IN_REVIEW)
        if not edit.note.strip():
            raise ValidationError({"note": gettext("Say in the note what the writer should change.")})
        content = self._load_edit(edit, by)
        self.status = self.Status.DRAFT
        self._write(content, Event.SENT_BACK, by=by, note=edit.note, message=gettext_noop("Sent back"))

    @transaction.atomic
    def return_to_draft(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Make it a draft again: its writer takes it back from review, or an editor ends a scheduled publication."""
        in_review = self.status == self.Status.IN_REVIEW
        self._require("articles.change_article" if in_review else "articles.publish_article", by)
        if in_review and (by is None or by.has_perm("articles.publish_article")):
            raise ValidationError(gettext("Send it back instead, with a note to its writer."))
        if self.was_public:
            raise ValidationError(gettext("It has been public: withdraw it instead."))
        self._require_status(self.Status.IN_REVIEW, self.Status.PUBLISHED)
        content = self._load_edit(edit, by)
        self.status = self.Status.DRAFT
        self.first_published_at = self.address_date = self.publish_at = None
        self._write(content, Event.RETURNED, by=by, note=edit.note, message=gettext_noop("Back to draft"))

    def publish(self, by: User | None, at: datetime.datetime | None = None, edit: Edit = NO_EDIT) -> None:
        """Publish it from `at` on (now); a story that was public before keeps its address and first date.

        A story that was public before takes no time of the future. Raises PermissionDenied, or ValidationError
        naming each field that is missing.
        """
        self._publish("publish", by, at, edit)

    def schedule(self, by: User | None, at: datetime.datetime | None, edit: Edit = NO_EDIT) -> None:
        """Publish it from this moment of the future on."""
        self._publish("schedule", by, at, edit)

    @transaction.atomic
    def _publish(self, verb: str, by: User | None, at: datetime.datetime | None, edit: Edit) -> None:
        self._require("articles.publish_article", by)
        if self.is_visible():
            raise ValidationError(gettext("It is already public."))
        content = self._load_edit(edit, by)
        self._require_section(content, by)
        if at and at > clock.now() and self.was_public:
            raise ValidationError({"publish_at": gettext("It has been public before: publish it again instead.")})
        at = self.moment_of(verb, at)
        self.unpublish_at = self.end_after(verb)
        overridden = self.require_ready(verb, content, by, at)
        now = clock.now()
        self.publish_at = at or now
        if not self.was_public:
            self.first_published_at = self.publish_at
            self.address_date = newsroom_day(self.publish_at)
            self.slug, self.language, self.headline = content["slug"], content["language"], content["headline"]
            content = {**content, "slug": self.free_slug()}
        self.status, self.withdrawal_reason = self.Status.PUBLISHED, ""
        scheduled = self.publish_at > now
        self._write(
            content,
            Event.SCHEDULED if scheduled else Event.PUBLISHED,
            by=by,
            note=edit.note,
            message=with_overridden_rules(
                gettext_noop("Scheduled") if scheduled else gettext_noop("Published"), overridden
            ),
        )
        FormerAddress.objects.filter(path=self.get_absolute_url()).delete()

    @transaction.atomic
    def withdraw(self, by: User | None, edit: Edit = NO_EDIT) -> None:
        """Take it off every page; its address says that it is gone, and why if the edit names a reason."""
        self._require("articles.publish_article", by)
        self._require_status(self.Status.PUBLISHED)
        if not self.was_public:
            raise ValidationError(gettext("No reader has seen it yet: send it back to draft instead."))
        if self.is_gone:
            raise ValidationError(
                gettext("Its publication has ended: readers are told that it is no longer available.")
            )
        content = self._load_edit(edit, by)
        self.status = self.Status.WITHDRAWN
        self.withdrawal_reason = edit.reason.strip()[:500]
        message = gettext_noop("Withdrawn")
        if self.withdrawal_reason:
            message = log_message(
                gettext_noop("Withdrawn; readers are told: %(reason)s"), {"reason": self.withdrawal_reason}
            )
        self._write(content, Event.WITHDRAWN, by=by, note=edit.note, message=message)

    def _require_status(self, *wanted: str) -> None:
        if self.status not in wanted:
            raise ValidationError(
                gettext("This cannot be done to a story in this state: %(state)s.")
                % {"state": self.get_status_display()}
            )


def with_overridden_rules(message: str, overridden: list[ChecklistFinding]) -> str:
    """Return the message for the log, which also names the rules of the checklist that were overridden."""
    if not overridden:
        return message
    rules = " ".join(finding.text for finding in overridden)
    text = gettext_noop("%(what)s, although the checklist says: %(rules)s")
    return log_message(text, {"rules": rules}, {"what": [message]})
