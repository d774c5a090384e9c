"""Text that somebody typed into a story's form and has not saved: theirs alone, beside the story, never in it.

`typed` is what a browser would post, field by field, without times: an autosave cannot publish or schedule.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles import clock
from articles.models.article import Article
from articles.models.stored_content import StoredForm

if TYPE_CHECKING:
    from articles.users import User


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def for_user(self, story_id: int | None, user: User) -> AutosaveQuerySet:
        """Return this person's autosaves of this story; None stands for a story that is not saved yet."""
        return self.filter(article=story_id, user=user)

    def readable_by(self, user: User) -> AutosaveQuerySet:
        """Return this person's own autosaves, of stories that they may open now and of stories not saved yet."""
        stories = Article.objects.seen_by(user)
        return self.filter(Q(article=None) | Q(article__in=stories.values("pk")), user=user)

    def keep(
        self,
        story_id: int | None,
        user_id: int,
        key: str,
        typed: dict[str, list[str]],
        pressed: str = "",
        browser: uuid.UUID | None = None,
    ) -> Autosave:
        """Keep what is in this form, and replace what was kept of it before. Two queries at most."""
        now = clock.now()
        values = {"article_id": story_id, "typed": typed, "pressed": pressed, "browser": browser, "saved_at": now}
        if self.filter(user=user_id, key=key).update(**values):
            return self.model(user_id=user_id, key=key, **values)
        return self.create(user_id=user_id, key=key, **values)


class Autosave(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, related_name="autosaves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)  # of the form: each opening of it has its own
    typed = StoredForm()  # field → the values that its inputs hold
    pressed = models.CharField(max_length=32, blank=True)  # the button with which it was sent after the session's end
    browser = models.UUIDField(null=True)  # the FormBrowser from which it was sent then; it may be gone
    saved_at = models.DateTimeField(default=clock.now, db_index=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = "autosave"
        verbose_name_plural = "autosaves"
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="autosave_one_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}, {self.saved_at}"
