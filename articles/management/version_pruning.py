"""Which old versions of stories `manage.py prune_revisions` deletes, and how."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Subquery

from articles.models.article import Article
from articles.models.revision import Revision, RevisionQuerySet
from articles.models.visit import Visit

VERSIONS_PER_DELETE = 500  # versions that are deleted in one go


def prunable_versions(before: datetime.datetime, keep: int) -> RevisionQuerySet:
    """Return older versions that no reader saw, nothing points to and that have no note, beyond the newest `keep`.

    `keep` is 1 or more, of each story. The version that a story came in as, which readers may have seen, stays,
    and so does the one that tells who wrote its text. They are ordered by id, so that a batch of them is read by
    the primary key.
    """
    of_story = Revision.objects.filter(article=OuterRef("article"))
    newest = of_story.newest_first().values("pk")[keep - 1 : keep]
    rewritten = of_story.filter(pk__gt=OuterRef("pk")).rewriting()
    story = Article.objects.filter(pk=OuterRef("article"))
    return (
        Revision.objects.filter(saved_at__lt=before, published=False, note="", pk__lt=Subquery(newest))
        .exclude(event=Revision.Event.FOUND)
        .filter(
            Q(fields=[]) | Exists(rewritten),
            ~Exists(story.filter(Q(waiting=OuterRef("pk")) | Q(due=OuterRef("pk")))),
            ~Exists(Visit.objects.filter(revision=OuterRef("pk"))),
            ~Exists(Visit.objects.filter(before=OuterRef("pk"))),
        )
        .order_by("pk")
    )


def prune_versions(before: datetime.datetime, keep: int) -> Iterator[int]:
    """Delete what is prunable in batches, each in its own transaction, and yield the size of each."""
    last = 0
    while ids := list(
        prunable_versions(before, keep).filter(pk__gt=last).values_list("pk", flat=True)[:VERSIONS_PER_DELETE]
    ):
        last = ids[-1]
        yield prunable_versions(before, keep).filter(pk__in=ids).delete()[0]
