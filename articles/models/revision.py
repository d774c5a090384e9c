"""Every saved state of a story, whole, with who, when and a note. Rows are added, old ones pruned.

A story's own row holds what the public may see, or the draft of what it never saw. Changes to a story that readers see
wait here: `Article.waiting` points to the newest of them, `Article.due` to those that go live at `due_at`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import content as contents
from articles.models.content import Content
from articles.models.stored_content import StoredContent

if TYPE_CHECKING:
    from articles.models.article_queryset import ArticleQuerySet
    from articles.models.section import Section
    from articles.users import User


# Sent with `revision`, in the transaction of the save, when a verb has recorded a state of a story.
revision_recorded = Signal()


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_first(self) -> RevisionQuerySet:
        return self.order_by("-pk")

    def saved(self) -> RevisionQuerySet:
        """Return the states that the story has had, without text that was kept because it came too late to be saved."""
        return self.exclude(event=self.model.Event.KEPT)

    def rewriting(self) -> RevisionQuerySet:
        """Return the versions in which somebody changed the story itself; tagging alone does not count."""
        return self.exclude(fields=[]).exclude(event=self.model.Event.TAGGED)

    def scheduled(self) -> RevisionQuerySet:
        """Return the changes that go live at their time, without another word of the desk."""
        return self.filter(pk__in=self.model.stories().filter(due__isnull=False).values("due"))

    def unpublished(self) -> RevisionQuerySet:
        """Return the changes that a story has beside its public text: those that wait, and those scheduled.

        By the indexes of both, which SQLite does not enter for a NOT.
        """
        stories = self.model.stories()
        waiting = stories.filter(waiting__isnull=False).values("waiting")
        return self.filter(pk__in=waiting.union(stories.filter(due__isnull=False).values("due")))

    def pictures(self) -> set[tuple[int, int]]:
        """Return (picture, story) for each of the library's pictures in these states."""
        states = self.values_list("article", "stored").iterator()
        return {(picture, story) for story, content in states for picture in contents.picture_ids(content)}

    def moving_to(self, section: Section) -> set[int]:
        """Return the ids of the stories that these states put into this section."""
        states = self.values_list("article", "stored").iterator()
        named = ((story, contents.valid_fields(content).get("section")) for story, content in states)
        return {story for story, entry in named if entry and entry[0] == section.pk}

    def authors(self) -> set[int]:
        """Return the ids of those who sign these states."""
        states = self.values_list("stored", flat=True).iterator()
        return {author for content in states for author, *_words in content.get("authors") or ()}

    def record(
        self,
        article: Any,
        content: Content,
        event: str,
        *,
        by: User | None = None,
        note: str = "",
        before: Content | None = None,
        published: bool = False,
        for_time: datetime.datetime | None = None,
        version: int | None = None,
    ) -> Revision:
        """Keep this state, of the story's version. `before` is the one that it changed, kept first if nothing was."""
        version = article.version if version is None else version
        if before and version == 2 and not contents.is_same_content(before, content) and not article.revisions.exists():
            self._keep(article, before, Revision.Event.FOUND, version=1, saved_at=article.created_at)
        added, removed = _difference(before or {}, content)
        revision = self._keep(
            article,
            content,
            event,
            version=version,
            saved_by=by,
            note=note,
            published=published,
            for_time=for_time,
            fields=contents.changed_fields(before, content) if before else [],
            words_added=added,
            words_removed=removed,
        )
        revision_recorded.send(self.model, revision=revision)
        return revision

    def _keep(self, article: Any, content: Content, event: str, **values: Any) -> Revision:
        count = sum(contents.count_words(content).values())
        return self.create(article=article, stored=content, event=event, word_count=count, **values)


class Revision(models.Model):
    class Event(models.TextChoices):
        FOUND = "found", _("as imported")
        SAVED = "saved", _("saved")
        KEPT = "kept", _("kept, not saved")
        NOTED = "noted", _("note")
        SUBMITTED = "submitted", _("submitted for review")
        SENT_BACK = "sent-back", _("sent back")
        RETURNED = "returned", _("back to draft")
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        CHANGES_PUBLISHED = "changes-published", _("changes published")
        CHANGES_SCHEDULED = "changes-scheduled", _("changes scheduled")
        CHANGES_DUE = "changes-due", _("scheduled changes went live")
        UNSCHEDULED = "unscheduled", _("changes unscheduled")
        DISCARDED = "discarded", _("changes discarded")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTORED = "restored", _("older version restored")
        TAGGED = "tagged", _("tags changed")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions", db_index=False)
    version = models.PositiveIntegerField()  # of the story when it was saved
    event = models.CharField(_("what happened"), max_length=20, choices=Event)
    stored = StoredContent(db_column="content")  # as it was then, maybe without some fields; read as `content`
    saved_at = models.DateTimeField(_("when"), default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    note = models.TextField(_("note"), blank=True)
    published = models.BooleanField(default=False)  # readers see it, or will
    for_time = models.DateTimeField(null=True)  # of what was scheduled
    word_count = models.PositiveIntegerField(default=0)
    words_added = models.PositiveIntegerField(default=0)
    words_removed = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=list)  # the names of those that changed

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [models.Index(fields=["article", "-id"], name="revision_story_newest")]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.version}: {self.get_event_display()}"

    @property
    def content(self) -> Content:
        """Return the stored content with all fields (articles/models/content.py)."""
        return contents.fill_missing_fields(self.stored, lambda: self.article.stored_content)

    @classmethod
    def stories(cls) -> ArticleQuerySet:
        """Return all stories, of which these are versions."""
        model: Any = cls._meta.get_field("article").related_model
        stories: ArticleQuerySet = model.objects.all()
        return stories


def _difference(before: Content, after: Content) -> tuple[int, int]:
    """Return how many words were added and removed; a moved word counts as neither."""
    old, new = (contents.count_words(content) if content else Counter[str]() for content in (before, after))
    return sum((new - old).values()), sum((old - new).values())
