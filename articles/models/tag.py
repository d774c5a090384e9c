"""What stories are about, and the other spellings that lead there. Names, slugs and aliases share one namespace."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.former_address import FormerAddress
from articles.models.merged_tag import MergedTag, following_query
from articles.models.tag_change import TagChange
from articles.models.tag_uses import TagUses
from articles.models.tag_verbs import TagVerbs
from articles.models.tagged_article import TaggedArticle
from articles.models.vocabulary import path_of
from articles.paths import in_language_of_page
from articles.slugs import ascii_slug, tag_key

KEY_LENGTH = 120  # characters
NEW_FOR = datetime.timedelta(days=7)  # a new tag waits so long for its first story
MERGE = "merge"  # the code of an error that a merge can help


class TagQuerySet(models.QuerySet["Tag"]):
    def resolve(self, text: str) -> Tag | None:
        """Return the tag that this text names, by its key or an alias; None when there is none. Two queries at most."""
        return self.resolve_all([text]).get(tag_key(text))

    def resolve_all(self, texts: list[str]) -> dict[str, Tag]:
        """Return key → tag for every text that names one, in two queries however many texts."""
        keys = {tag_key(text) for text in texts}
        found: dict[str, Tag] = {tag.key: tag for tag in self.filter(key__in=keys)}
        missing = keys - found.keys()
        if missing:
            aliases = TagAlias.objects.filter(key__in=missing).select_related("tag")
            found |= {alias.key: alias.tag for alias in aliases}
        return found

    def current_by_id(self, ids: Iterable[int]) -> dict[int, Tag]:
        """Return id → tag; the id of a merged tag leads to the one that it went into. Two queries at most."""
        numbers = list(ids)
        found: dict[int, Tag] = self.in_bulk(numbers)  # type: ignore[assignment]  # of a QuerySet of tags
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
        """Let nobody else count the stories of these tags until the transaction ends."""
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
        return bare.filter(~Exists(links), ~Exists(TagAlias.objects.filter(tag=OuterRef("pk"))))

    def used_once(self) -> TagQuerySet:
        """Return the tags of exactly one published story."""
        return self.filter(story_count=1)

    def undescribed(self) -> TagQuerySet:
        return self.filter(description="")

    def recount(self) -> None:
        """Count the published stories of these tags again, in one statement: for bulk loaders."""
        counts = Tag.objects.filter(pk=OuterRef("pk")).annotate(
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
        tag = Tag(name=name)
        tag.full_clean(exclude=["slug", "key"])
        tag.save()
        return tag


class Tag(TagVerbs, TagUses):
    # Not taggit's TagBase: that has a natural key, with which a dump leaves out the ids that versions of stories name.
    FEW = 3  # stories; the page of a tag with fewer is not for search engines

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("The last part of its address.")
    )
    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown on the tag's page."))
    story_count = models.PositiveIntegerField(_("stories"), default=0, editable=False)  # published, scheduled ones too
    last_used_at = models.DateTimeField(_("last use"), null=True, editable=False)  # of the same stories, the newest
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        permissions = [("merge_tag", "Can merge tags")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(key=""), name="tag_has_name_and_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep the key true to the name and the slug never empty; nothing else happens here."""
        self.key = tag_key(self.name)
        if not self.slug:
            self.slug = self.free_slug() or f"tag-new-{uuid4().hex}"
        models.Model.save(self, *args, **kwargs)
        if self.slug.startswith("tag-new-"):
            self.slug = f"tag-{self.pk}"
            models.Model.save(self, update_fields=["slug"])

    def get_absolute_url(self) -> str:
        return in_language_of_page(f"/tag/{self.slug}/")

    def free_slug(self) -> str:
        """Return the slug that its name asks for, or the next free one; "" for a new tag whose name asks for none."""
        return _free_slug(self.name, self.pk) or (f"tag-{self.pk}" if self.pk else "")

    @property
    def reuses_a_retired_address(self) -> bool:
        """Return whether readers were told that what was at its address is gone for good."""
        return FormerAddress.objects.is_closed(path_of(self.slug))

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        key = tag_key(self.name)
        if not key:
            raise ValidationError({"name": _("A tag needs a name.")})
        _require_room(key)
        other = Tag.objects.exclude(pk=self.pk).resolve(self.name)
        if other and other.pk != self.pk:  # a rename may take up one of its own spellings
            taken = ValidationError(
                _("“%(name)s” is already the tag “%(tag)s”."), code=MERGE, params={"name": self.name, "tag": other}
            )
            raise ValidationError({"name": taken})
        if alias := TagAlias.objects.filter(slug=self.slug).exclude(tag=self.pk).select_related("tag").first():
            raise ValidationError({"slug": _("This address leads to “%(tag)s”.") % {"tag": alias.tag}})


class TagAlias(models.Model):
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, blank=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return f"{self.name} → {self.tag}"

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep key and slug true to the name; nothing else happens here."""
        self.key = tag_key(self.name)
        self.slug = self.slug or _free_slug(self.name, self.tag_id) or f"alias-{uuid4().hex[:8]}"
        super().save(*args, **kwargs)

    @property
    def path(self) -> str:
        """Return the path that leads to the tag's page."""
        return path_of(self.slug)

    def clean(self) -> None:
        super().clean()
        key = tag_key(self.name)
        _require_room(key)
        if tag := Tag.objects.filter(key=key).first():
            if tag.pk == self.tag_id:
                raise ValidationError({"name": _("That is the name of the tag itself.")})
            raise ValidationError({"name": _("“%(name)s” is itself a tag: merge it instead.") % {"name": self.name}})
        if other := TagAlias.objects.filter(key=key).exclude(pk=self.pk).select_related("tag").first():
            raise ValidationError(
                {"name": _("“%(name)s” already leads to “%(tag)s”.") % {"name": self.name, "tag": other.tag}}
            )
        if self.slug and Tag.objects.filter(slug=self.slug).exclude(pk=self.tag_id).exists():
            raise ValidationError({"slug": _("Another tag already has this address.")})


def _public_links(at: datetime.datetime | None) -> QuerySet[TaggedArticle]:
    """Return the links of a tag to stories that are public at this instant (now)."""
    at = at or clock.now()
    return TaggedArticle.objects.filter(
        Q(content_object__unpublish_at=None) | Q(content_object__unpublish_at__gt=at),
        tag=OuterRef("pk"),
        status="published",
        publish_at__lte=at,
    )


def last_use(at: datetime.datetime | None = None, besides: Any = None) -> Subquery:
    """Return, for a query of tags, when the newest of a tag's published stories came out, by one look at an index.

    `at` leaves out what is scheduled for later, `besides` one story.
    """
    uses = TaggedArticle.objects.filter(tag=OuterRef("pk"), status="published").order_by("-publish_at")
    if at:
        uses = uses.filter(publish_at__lte=at)
    if besides:
        uses = uses.exclude(content_object=besides)
    return Subquery(uses.values("publish_at")[:1])


def _require_room(key: str) -> None:
    """Raise ValidationError for a key that is too long: “œ” in a name is two letters there."""
    if len(key) > KEY_LENGTH:
        raise ValidationError({"name": _("This name is too long: shorten it.")})


def taken_by(error: ValidationError) -> Tag | None:
    """Return the tag to merge with, when a name was refused because another tag has it."""
    errors = getattr(error, "error_dict", {}).get("name", [])
    return next((one.params["tag"] for one in errors if one.code == MERGE and one.params), None)


def _free_slug(name: str, pk: int | None = None) -> str:
    """Return an ASCII slug that no alias and no tag but `pk` has; "" for a name without a letter or digit for one."""
    wanted = ascii_slug(name, max_length=80)
    slug, number = wanted, 1
    others = Tag.objects.exclude(pk=pk) if pk else Tag.objects.all()
    while slug and (others.filter(slug=slug).exists() or TagAlias.objects.filter(slug=slug).exists()):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
