"""How a tag is used: on how many stories in which state, and beside which other tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, F, Value, When

from articles import clock
from articles.models.tag_fields import TagFields
from articles.models.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from articles.models.tag import Tag

STORIES_OF_TAG_READ = 200  # stories that say which tags stand beside one


class TagUses(TagFields):
    class Meta:
        abstract = True

    def stories_by_state(self) -> dict[str, int]:
        """Return how many stories have it, by status; those that come out later are “scheduled”. Two queries.

        The tag itself stores how many are published: they may be half of the archive.
        """
        hidden = TaggedArticle.objects.filter(tag=self.pk, status__in=["draft", "review", "withdrawn"]).order_by()
        counts = dict(hidden.values_list("status").annotate(Count("pk")))
        scheduled = TaggedArticle.objects.filter(tag=self.pk, status="published", publish_at__gt=clock.now()).count()
        public = {"published": self.story_count - scheduled, "scheduled": scheduled}
        return {state: count for state, count in (public | counts).items() if count > 0}

    def co_occurring(self, limit: int = 12) -> list[Tag]:
        """Return the tags that its newest stories most often have too: `together` says how many. Two queries.

        Only public stories count: nobody learns yet which tags a scheduled story has.
        """
        out = TaggedArticle.objects.filter(tag=self.pk, status="published", publish_at__lte=clock.now())
        newest = out.order_by("-publish_at", "-content_object_id")
        stories = list(newest.values_list("content_object", flat=True)[:STORIES_OF_TAG_READ])
        others = self.all_tags().filter(taggings__content_object__in=stories).exclude(pk=self.pk)
        return list(others.annotate(together=Count("taggings")).order_by("-together", "pk")[:limit])


def current_state() -> Case:
    """Return an expression for the state of a link to a story: its status, or “scheduled” until it comes out."""
    scheduled = When(status="published", publish_at__gt=clock.now(), then=Value("scheduled"))
    return Case(scheduled, default=F("status"), output_field=CharField())
