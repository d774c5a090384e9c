"""What tag staff do to a tag: rename it, merge others into it, delete it. A verb is one transaction and one TagChange.

No verb changes a story's text, dates or version: only which tags it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext

from articles.models.former_address import FormerAddress, plain_path
from articles.models.merged_tag import MergedTag
from articles.models.moved_link import MovedLink
from articles.models.tag_change import TagChange, require_permission
from articles.models.tag_fields import TagFields
from articles.models.tag_uses import TagUses, current_state
from articles.models.tagged_article import TaggedArticle
from articles.models.vocabulary import path_of
from articles.slugs import tag_key

if TYPE_CHECKING:
    from articles.models.tag import Tag
    from articles.users import User

# What points to the target of a merge from then on. A test knows what becomes of every other table that points at tags.
REPOINTED = {"articles.TagAlias.tag", "articles.FormerAddress.tag"}


@dataclass(frozen=True)
class SourcePlan:
    """The effect of a merge on one of its sources."""

    tag: Tag
    moved: int = 0  # stories that get the target in its place
    had: int = 0  # stories that have the target already
    statuses: dict[str, int] = field(default_factory=dict)  # stories by status; “scheduled” stands apart
    aliases: list[str] = field(default_factory=list)  # spellings that lead to the target, its own name first
    addresses: list[str] = field(default_factory=list)  # paths that lead to the target, its own first


@dataclass(frozen=True)
class MergePlan:
    target: TagFields
    sources: list[SourcePlan]
    stories: int  # that have any of the sources, each counted once
    gain: int  # of them, those that do not have the target yet


class TagVerbs(TagUses):
    class Meta:
        abstract = True

    @transaction.atomic
    def rename(self, by: User | None, name: str, slug: str | None = None) -> TagChange | None:
        """Change its name, and its address when a slug is given. Returns None when it has both already.

        The old name becomes another spelling, the old address leads to the new one. Raises PermissionDenied, or
        ValidationError by field; `taken_by(error)` is the tag to merge with when the name is that of another.
        """
        require_permission(by, TagChange.PERMISSIONS[TagChange.Kind.RENAMED])
        before = self._lock_current()
        tag = copy(before)
        tag.name = " ".join(name.split())
        tag.slug = before.slug if slug is None else slug or tag.free_slug()
        if (tag.name, tag.slug) == (before.name, before.slug):
            return None
        tag.clean_fields(exclude=["key"])
        with TagChange.objects.recording(TagChange.Kind.RENAMED, before, by, paths=[path_of(tag.slug)]) as change:
            taken_up = list(tag.aliases.filter(key=tag_key(tag.name)))
            tag.aliases.filter(pk__in=[alias.pk for alias in taken_up]).delete()
            tag.full_clean(exclude=["key"])
            tag.save()
            if tag.key != before.key:
                tag.aliases.create(name=before.name)
            for path in [plain_path(before), *(path_of(alias.slug) for alias in taken_up)]:
                FormerAddress.objects.record(path, tag)
        self.name, self.slug, self.key = tag.name, tag.slug, tag.key
        return change

    def merge_plan(self, sources: Iterable[TagFields]) -> MergePlan:
        """Return what `merge` would do with these tags, this one left out. Five queries, however many there are."""
        tags = list(self.all_tags().filter(pk__in=_others(self, sources)).prefetch_related("aliases"))
        links = TaggedArticle.objects.filter(tag__in=[tag.pk for tag in tags]).order_by()
        marked = links.annotate(
            had=Exists(TaggedArticle.objects.filter(tag=self.pk, content_object=OuterRef("content_object"))),
            state=current_state(),
        )
        counted = list(marked.values_list("tag", "had", "state").annotate(Count("pk")))
        stories = Count("content_object", distinct=True)
        totals = marked.aggregate(stories=stories, gain=Count("content_object", distinct=True, filter=Q(had=False)))
        paths = list(FormerAddress.objects.filter(tag__in=tags).values_list("tag", "path"))
        return MergePlan(self, [_source_plan(tag, counted, paths) for tag in tags], **totals)

    @transaction.atomic
    def merge(self, sources: Iterable[TagFields], by: User | None) -> TagChange:
        """Make these tags aliases of this one, which takes their stories, aliases and addresses.

        This one may be among them. On each story it takes the place of the first of them, or stays where it was. A
        tag without a description takes that of the first source that has one. Raises PermissionDenied, or
        ValidationError when nothing is left to merge.
        """
        require_permission(by, TagChange.PERMISSIONS[TagChange.Kind.MERGED])
        others = _others(self, sources)
        held = {tag.pk: tag for tag in self.all_tags().lock([self.pk, *others])}
        target = held.get(self.pk)
        if target is None:
            raise _gone(self)
        tags = [held[pk] for pk in others if pk in held]
        if not tags:
            raise ValidationError(gettext("There is no other tag to merge into “%(tag)s”.") % {"tag": target})
        with TagChange.objects.recording(TagChange.Kind.MERGED, target, by, sources=tags) as change:
            ids = [tag.pk for tag in tags]
            MovedLink.objects.unlink(change, ids, target.pk)
            _follow(ids, target)
            self.all_tags().filter(pk__in=ids).delete()
            for tag in tags:
                target.aliases.create(name=tag.name)
                FormerAddress.objects.record(plain_path(tag), target)
            MergedTag.objects.record(tags, target)
            if not target.description:
                target.description = next((tag.description for tag in tags if tag.description), "")
                target.save(update_fields=["description"])
            self.all_tags().filter(pk=target.pk).recount()
        return change

    @transaction.atomic
    def retire(self, by: User | None, *, remove_from_stories: bool = False) -> TagChange:
        """Delete it for good, with its spellings: every address that it ever had answers that it is gone.

        Raises PermissionDenied, or ValidationError with the code “used” while stories have it, drafts included, unless
        it is to be removed from them.
        """
        require_permission(by, TagChange.PERMISSIONS[TagChange.Kind.RETIRED])
        tag = self._lock_current()
        used = 0 if remove_from_stories else tag.taggings.count()
        if used:
            raise ValidationError(
                gettext("“%(tag)s” is on %(count)d stories: merge it into another tag, or remove it from them."),
                code="used",
                params={"tag": tag, "count": used},
            )
        with TagChange.objects.recording(TagChange.Kind.RETIRED, tag, by) as change:
            paths = [plain_path(tag), *(path_of(alias.slug) for alias in tag.aliases.all())]
            MovedLink.objects.unlink(change, [tag.pk])
            tag.former_addresses.update(tag=None)
            tag.delete()
            for path in paths:
                FormerAddress.objects.close(path)
        return change

    def _lock_current(self) -> Tag:
        """Return the tag as it is stored, locked until the transaction ends."""
        for tag in self.all_tags().lock([self.pk]):
            return tag
        raise _gone(self)


def _others(target: models.Model, sources: Iterable[models.Model]) -> list[int]:
    """Return the ids of the sources in their order, each once, without the target."""
    return [pk for pk in dict.fromkeys(tag.pk for tag in sources) if pk != target.pk]


def _follow(sources: list[int], target: models.Model) -> None:
    """Point what points at the sources, besides links of stories, at the target."""
    for relation in _pointing_at(target):
        if _relation_label(relation) in REPOINTED:
            name = relation.field.name
            relation.related_model._base_manager.filter(**{f"{name}__in": sources}).update(**{name: target})


def _pointing_at(model: models.Model) -> list[Any]:
    """Return the relations to this model, also those without a related name."""
    relations = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created]
    return [relation for relation in relations if relation.one_to_many or relation.one_to_one]


def _relation_label(relation: Any) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def _source_plan(tag: Tag, counted: list[Any], paths: list[Any]) -> SourcePlan:
    own = [(had, state, count) for pk, had, state, count in counted if pk == tag.pk]
    statuses: dict[str, int] = {}
    for _had, state, count in own:
        statuses[state] = statuses.get(state, 0) + count
    aliases = list(tag.aliases.all())
    return SourcePlan(
        tag=tag,
        moved=sum(count for had, _state, count in own if not had),
        had=sum(count for had, _state, count in own if had),
        statuses=statuses,
        aliases=[tag.name, *(alias.name for alias in aliases)],
        addresses=list(
            dict.fromkeys(
                [plain_path(tag), *(path_of(alias.slug) for alias in aliases)]
                + [path for pk, path in paths if pk == tag.pk]
            )
        ),
    )


def _gone(tag: models.Model) -> ValidationError:
    return ValidationError(gettext("“%(tag)s” is no longer a tag."), code="gone", params={"tag": tag})
