"""When and whether the public sees a story: its status, its times, and the verbs that change them.

Each verb is one transaction, asks for its permission, and leaves one entry in the log.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import excerpts
from articles.models.former_address import FormerAddress
from articles.slugs import ascii_slug


class Publication(models.Model):
    # Of the story that this is part of (models/article.py)
    headline: Any
    slug: Any
    section_id: Any
    body: Any
    language: Any
    prepare: Any
    store: Any
    get_absolute_url: Any
    objects: Any

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("publication time"), null=True, blank=True)
    unpublish_at = models.DateTimeField(
        _("end of publication"), null=True, blank=True, help_text=_("Leave empty to keep it online.")
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    address_date = models.DateField(null=True, editable=False)  # of the first publication, in the site's time zone
    changed_at = models.DateTimeField(_("updated"), null=True, editable=False)  # last change that readers are told of

    class Meta:
        abstract = True

    @property
    def is_scheduled(self) -> bool:
        return bool(self.status == self.Status.PUBLISHED and self.publish_at and self.publish_at > timezone.now())

    def is_visible(self, at: datetime.datetime | None = None) -> bool:
        """The same answer as `Article.objects.visible(at)`, for a story at hand."""
        at = at or timezone.now()
        return bool(
            self.status == self.Status.PUBLISHED
            and self.publish_at
            and self.publish_at <= at
            and (self.unpublish_at is None or at < self.unpublish_at)
        )

    @property
    def is_gone(self) -> bool:
        """It was public once and is no more."""
        ended = bool(self.unpublish_at and self.unpublish_at <= timezone.now())
        was_public = bool(self.first_published_at and self.first_published_at <= timezone.now())
        return was_public and (self.status == self.Status.WITHDRAWN or (self.status == self.Status.PUBLISHED and ended))

    @property
    def last_changed(self) -> datetime.datetime | None:
        """What readers and machines are told of its last change: never before its publication."""
        moments = [moment for moment in (self.publish_at, self.changed_at) if moment]
        return max(moments, default=None)

    # Verbs

    def may_be_changed_by(self, user: Any) -> bool:
        return type(self).objects.editable_by(user).filter(pk=self.pk).exists()

    @transaction.atomic
    def submit(self, by: Any) -> None:
        """Hand a draft to the editors."""
        self._require("articles.change_article", by)
        self.status = self.Status.IN_REVIEW
        self._transition(by, gettext("Submitted for review"))

    @transaction.atomic
    def return_to_draft(self, by: Any) -> None:
        """Back to the writer; also ends a scheduled publication."""
        needed = "articles.change_article" if self.status == self.Status.IN_REVIEW else "articles.publish_article"
        self._require(needed, by)
        if self.first_published_at and self.first_published_at <= timezone.now():
            raise ValidationError(gettext("It has been public: withdraw it instead."))
        self.status = self.Status.DRAFT
        self.first_published_at = self.address_date = self.publish_at = None
        self._transition(by, gettext("Back to draft"))

    @transaction.atomic
    def publish(self, by: Any, at: datetime.datetime | None = None) -> None:
        """Public from `at` on (now); keeps the address and first date of a story that was public before.

        Raises PermissionDenied, or ValidationError naming each field that is missing.
        """
        self._require("articles.publish_article", by)
        now = timezone.now()
        was_public = self.first_published_at is not None and self.first_published_at <= now
        if at is None and was_public and self.publish_at and self.publish_at <= now:
            at = self.publish_at
        self.publish_at = at or now
        self.prepare()
        self.require_complete()
        if not was_public:
            self.first_published_at = self.publish_at
            self.address_date = timezone.localtime(self.publish_at, timezone.get_default_timezone()).date()
        self.slug = self.free_slug()
        self.status = self.Status.PUBLISHED
        self._transition(by, gettext("Published") if self.publish_at <= now else gettext("Scheduled"))

    @transaction.atomic
    def withdraw(self, by: Any) -> None:
        """Off every page; its address says that it is gone."""
        self._require("articles.publish_article", by)
        if self.status != self.Status.PUBLISHED:
            raise ValidationError(gettext("Only a published story can be withdrawn."))
        self.status = self.Status.WITHDRAWN
        self._transition(by, gettext("Withdrawn"))

    def free_slug(self) -> str:
        """Its slug, or the next one (-2, -3 …) that no other story of that day and language has."""
        wanted = self.slug or ascii_slug(self.headline) or f"story-{uuid.uuid4().hex[:8]}"
        others = type(self).objects.filter(language=self.language, address_date=self.address_date).exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=wanted[:90]).values_list("slug", flat=True))
        if wanted not in taken:
            return wanted
        numbered = (f"{wanted[:94]}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in numbered if slug not in taken)

    def _require(self, permission: str, by: Any) -> None:
        """`by` None is a command: whoever may run it may do anything."""
        if by is not None and not (by.has_perm(permission) and self.may_be_changed_by(by)):
            raise PermissionDenied

    def require_complete(self) -> None:
        """Raises ValidationError naming each field that readers would miss."""
        missing = {}
        if not self.headline:
            missing["headline"] = gettext("A story needs a headline before readers see it.")
        if not self.section_id:
            missing["section"] = gettext("Choose the section that it runs in.")
        if not excerpts.plain_text(self.body):
            missing["body"] = gettext("The story is empty.")
        if self.unpublish_at and self.publish_at and self.unpublish_at <= self.publish_at:
            missing["unpublish_at"] = gettext("It would end before it begins.")
        if missing:
            raise ValidationError(missing)

    def _transition(self, by: Any, message: str) -> None:
        self.store()
        if self.address_date:
            FormerAddress.objects.filter(path=self.get_absolute_url()).delete()
        if by is not None:
            LogEntry.objects.log_actions(by.pk, [self], CHANGE, message, single_object=True)
