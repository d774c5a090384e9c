"""What somebody saw of a story when they last opened it on the desk: so that they are told what changed since."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, models

from articles import clock
from articles.models.revision import Revision

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.users import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def for_user(self, story: Article, user: User) -> Visit | None:
        return self.filter(article=story, user=user).select_related("before").first()

    def mark(self, story: Article, user: User) -> Visit | None:
        """Record that `user` sees the newest version of a saved story. Returns None while there are no versions.

        Where nothing can be written, the visit is not recorded: that prevents nobody from reading.

        Three queries at most, one of them a write and only when there is something new.
        """
        newest = story.revisions.saved().newest_first().values_list("pk", flat=True).first()
        if newest is None:
            return None
        visit = self.for_user(story, user) or self.model(article=story, user=user)
        if visit.revision_id != newest:
            visit.before_id, visit.revision_id, visit.at = visit.revision_id, newest, clock.now()
            with suppress(DatabaseError):
                self.bulk_create(
                    [visit],
                    update_conflicts=True,
                    unique_fields=["article", "user"],
                    update_fields=["before", "revision", "at"],
                )
        return visit


class Visit(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="visits", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    before = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")  # seen by an earlier visit
    at = models.DateTimeField(default=clock.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "visit"
        verbose_name_plural = "visits"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="visit_once_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}"

    def is_news_to(self, user: User) -> bool:
        """Return whether a colleague has saved something since the visit before."""
        if not self.before_id:
            return False
        return (
            Revision.objects.saved()
            .filter(article=self.article_id, pk__gt=self.before_id)
            .exclude(saved_by=user)
            .exists()
        )
