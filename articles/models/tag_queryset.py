"""The queries of pages, the desk and the importers about tags, and the locks that changes of tags take."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from articles import clock
from articles.models.merged_tag import MergedTag, following_query
from articles.models.tag_change import TagChange
from articles.models.tagged_article import TaggedArticle
from articles.models.vocabulary import path_of
from articles.slugs import tag_key

if TYPE_CHECKING:
    from articles.models.tag import Tag

NEW_FOR = datetime.timedelta(days=7)  # a new tag waits so long for its first story


class TagQuerySet(models.QuerySet["Tag"]):
    def resolve(self, text: str) -> Tag | None:
        """Return the tag that this text names, by its key or an alias; None when there is none. Two queries at most."""
        return self.resolve_all([text]).get(tag_key(text))

    def resolve_all(self, texts: list[str]) -> dict[str, Tag]:
        """Return key → tag for every text that names one, in two queries however many texts."""
        return self.by_keys(map(tag_key, texts))

    def by_keys(self, keys: Iterable[str]) -> dict[str, Tag]:
        """Return key → tag for every key of a tag or of another spelling of one, in two queries however many keys."""
        wanted = set(keys)
        found: dict[str, Tag] = {tag.key: tag for tag in self.filter(key__in=wanted)}
        missing = wanted - found.keys()
        if missing:
            aliased: Iterable[Any] = self.filter(aliases__key__in=missing).annotate(alias_key=F("aliases__key"))
            found |= {tag.alias_key: tag for tag in aliased}
        return found

    def current_by_id(self, ids: Iterable[int]) -> dict[int, Tag]:
        """Return id → tag; the id of a merged tag leads to the one that it went into. Two queries at most."""
        numbers = list(ids)
        found: dict[int, Tag] = self.in_bulk(numbers)
        return found | self.merged_into(pk for pk in numbers if pk not in found)

    def merged_into(self, ids: Iterable[int]) -> dict[int, Tag]:
        """Return former id → tag of today of merged tags, without those that ended at a deleted tag. One query."""
        numbers = list(ids)
        if not numbers:
            return {}
        tags: Iterable[Any] = self.raw(following_query(len(numbers)), numbers)  # with `former_id`
        return {tag.former_id: tag for tag in tags}

    def last_names(self, ids: list[int]) -> dict[int, str]:
        """Return id → the name that a tag had when it was merged or deleted. Two queries."""
        merged = MergedTag.objects.filter(pk__in=ids).values_list("pk", "name")
        deleted = TagChange.objects.filter(tag_id__in=ids, kind=TagChange.Kind.RETIRED).order_by("pk")
        return {**dict(merged), **dict(deleted.values_list("tag_id", "name"))}

    def lock(self, ids: Iterable[int]) -> list[Tag]:
        """Return which of these tags exist, locked against changes by others until the transaction ends.

        They are always locked in the order of ids, so that no two who want the same tags wait for each other.
        """
        return list(self.filter(pk__in=ids).order_by("pk").select_for_update())

    def lock_against_deletion(self, ids: Iterable[int]) -> list[Tag]:
        """Return which of these tags exist, locked against merging and deletion until the transaction ends.

        Others may take the same lock, and count their stories.
        """
        if not connection.features.has_select_for_update:
            return list(self.filter(pk__in=ids))
        query = "SELECT * FROM articles_tag WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"
        return list(self.raw(query, [list(ids)]))

    def lock_for_counting(self, ids: Iterable[int]) -> None:
        """Lock the counts of stories of these tags until the transaction ends."""
        if connection.features.has_select_for_update:
            list(self.filter(pk__in=ids).order_by("pk").values_list("pk").select_for_update(no_key=True))

    def at_slug(self, slug: str) -> Tag | None:
        """Return the tag at this slug or at a former one; compare `tag.slug` to know which."""
        return (
            self.filter(slug=slug).first()
            or self.filter(former_addresses__path=path_of(slug)).first()
            or self.filter(aliases__slug=slug).first()
        )

    def in_use(self, language: str, at: datetime.datetime | None = None) -> TagQuerySet:
        """Return the tags of at least one story of this language that is public at this instant (now)."""
        return self.filter(Exists(_public_links(at).filter(language=language)))

    def public(self, at: datetime.datetime | None = None) -> TagQuerySet:
        """Return the tags that readers may know of: described, or on a story that is public at this instant (now)."""
        return self.filter(~Q(description="") | Exists(_public_links(at)))

    def unused(self) -> TagQuerySet:
        """Return tags of no story, not even a draft, that are not new and have neither description nor alias."""
        bare = self.filter(story_count=0, description="", created_at__lt=clock.now() - NEW_FOR)
        links = TaggedArticle.objects.filter(tag=OuterRef("pk"))
        return bare.filter(~Exists(links)).exclude(aliases__isnull=False)

    def used_once(self) -> TagQuerySet:
        """Return the tags of exactly one published story."""
        return self.filter(story_count=1)

    def undescribed(self) -> TagQuerySet:
        return self.filter(description="")

    def described(self) -> TagQuerySet:
        return self.exclude(description="")

    def recount(self) -> None:
        """Count the published stories of these tags again, in one statement: for bulk loaders."""
        counts = self.model.objects.filter(pk=OuterRef("pk")).annotate(
            n=Count("taggings", filter=Q(taggings__status="published"))
        )
        self.update(story_count=Subquery(counts.values("n")), last_used_at=last_use())

    def for_names(self, names: list[str]) -> list[Tag]:
        """Return the tags of these names in their order, each once; unknown names become new tags."""
        names = [" ".join(name.split()) for name in names]
        found = self.resolve_all([name for name in names if name])
        tags: dict[str, Tag] = {}
        for name in filter(None, names):
            key = tag_key(name)
            tag = found.get(key) or self.create_named(name)
            found[key] = tag
            tags.setdefault(tag.key, tag)
        return list(tags.values())

    def create_named(self, name: str) -> Tag:
        """Return a new tag of this name, with a free slug. Raises ValidationError when the name is not a good one."""
        tag = self.model(name=name)
        tag.full_clean(exclude=["slug", "key"])
        tag.save()
        return tag


def _public_links(at: datetime.datetime | None) -> QuerySet[TaggedArticle]:
    """Return the links of a tag to stories that are public at this instant (now)."""
    at = at or clock.now()
    return TaggedArticle.objects.filter(
        Q(content_object__unpublish_at=None) | Q(content_object__unpublish_at__gt=at),
        tag=OuterRef("pk"),
        status="published",
        publish_at__lte=at,
    )


def last_use(at: datetime.datetime | None = None, besides: Any = None, tag: str = "pk") -> Subquery:
    """Return, for a query of tags, when the newest of a tag's published stories came out, by one look at an index.

    `at` leaves out what is scheduled for later, `besides` one story; `tag` leads from a row to its tag.
    """
    uses = TaggedArticle.objects.filter(tag=OuterRef(tag), status="published").order_by("-publish_at")
    if at:
        uses = uses.filter(publish_at__lte=at)
    if besides:
        uses = uses.exclude(content_object=besides)
    return Subquery(uses.values("publish_at")[:1])
