"""What tag staff did to tags: one row for each rename, merge and deletion, with all that is needed to undo it.

An undo is a change too, and to undo it is to do the first one again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import vocabulary
from articles.models.merged_tag import MergedTag
from articles.models.moved_link import MovedLink

if TYPE_CHECKING:
    from articles.models.tag_fields import TagFields
    from articles.users import User

UNDO_FOR = datetime.timedelta(days=30)


@dataclass(frozen=True)
class UndoResult:
    """What an undo restored, and what it had to leave."""

    change: TagChange  # the undo itself, which can be undone
    restored: int = 0  # links of stories
    left_out: list[int] = field(default_factory=list)  # ids of stories that are gone or were retagged since
    lost: list[str] = field(default_factory=list)  # spellings and paths that now belong to another tag


class TagChangeQuerySet(models.QuerySet["TagChange"]):
    def newest_first(self) -> TagChangeQuerySet:
        return self.order_by("-pk")

    def about(self, tag: models.Model) -> TagChangeQuerySet:
        """Return what happened to this tag itself, and what was merged into it."""
        return self.filter(tag_id=tag.pk)

    def with_details(self) -> TagChangeQuerySet:
        """Fetch what a list shows of them in the same query: `by`, `undoes`, and `was_undone`."""
        undone = models.Exists(TagChange.objects.filter(undoes=models.OuterRef("pk")))
        return self.select_related("by", "undoes").annotate(was_undone=undone)

    @contextmanager
    def recording(
        self,
        kind: str,
        tag: TagFields,
        by: User | None,
        *,
        sources: Iterable[TagFields] = (),
        paths: Collection[str] = (),
    ) -> Iterator[TagChange]:
        """Record a change of this tag and these others, with what is done to their rows inside the block.

        `paths` are those that the change gives to the tag. An alias that it makes answers at its address from then on,
        whatever was there before.
        """
        tags = [tag, *sources]
        ids = [one.pk for one in tags]
        before = vocabulary.read_rows(ids)
        before |= vocabulary.read_addresses(ids, {*paths, *vocabulary.paths_of(before)})
        change = self.create(
            kind=kind, tag_id=tag.pk, name=tag.name, by=by, record={"sources": [[one.pk, one.name] for one in sources]}
        )
        yield change
        rows = vocabulary.read_rows(ids)
        before |= vocabulary.forget_addresses_of_new_aliases(before, rows)
        after = rows | vocabulary.read_addresses(ids, {*paths, *vocabulary.paths_of(before)})
        change.record["rows"] = vocabulary.changed_rows(before, after)
        change.save(update_fields=["record"])


class TagChange(models.Model):
    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        RETIRED = "retired", _("deleted")
        UNDONE = "undone", _("undone")

    PERMISSIONS = {
        Kind.RENAMED: "articles.change_tag",
        Kind.MERGED: "articles.merge_tag",
        Kind.RETIRED: "articles.delete_tag",
    }

    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    tag_id = models.PositiveBigIntegerField()  # no foreign key: the log outlives its tags
    name = models.CharField(_("tag"), max_length=100)  # before
    at = models.DateTimeField(_("when"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    # `sources`: [id, name] of the tags that were merged; `rows`: see articles/models/vocabulary.py
    record = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    objects = TagChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of tags")
        verbose_name_plural = _("changes of tags")
        indexes = [models.Index(fields=["tag_id", "-id"], name="tag_change_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"

    @property
    def sources(self) -> list[tuple[int, str]]:
        """Return id and name of the tags that were merged into this one."""
        return [(pk, name) for pk, name in self.record["sources"]]

    @property
    def is_undone(self) -> bool:
        return TagChange.objects.filter(undoes=self.pk).exists()

    @property
    def is_too_old(self) -> bool:
        return self.at < clock.now() - UNDO_FOR

    @property
    def story_count(self) -> int:
        """Return how many stories it touched."""
        return self.links.values("article_id").distinct().count()

    @property
    def permission(self) -> str:
        """Return the permission that it takes, and its undo too."""
        return self.PERMISSIONS[self.Kind(self.origin.kind)]

    def left_out(self) -> list[int]:
        """Return the ids of stories that an undo would leave as they are, or has left."""
        if self.kind == self.Kind.UNDONE:
            return list(self.record["left_out"])
        return MovedLink.objects.left_out(self, self.tag_id if self.kind == self.Kind.MERGED else None)

    @property
    def origin(self) -> TagChange:
        """Return the rename, merge or deletion that this is, or undoes."""
        return self.undoes if self.kind == self.Kind.UNDONE and self.undoes else self

    @transaction.atomic
    def undo(self, by: User | None) -> UndoResult:
        """Undo it as far as nothing was built on it; what was built stays and is reported.

        Raises PermissionDenied, or ValidationError when it is too late, undone already, or a tag cannot come back.
        """
        require_permission(by, self.permission)
        TagChange.objects.select_for_update().get(pk=self.pk)
        if self.is_undone:
            raise ValidationError(gettext("This has already been undone."))
        if self.is_too_old:
            raise ValidationError(gettext("This was too long ago to be undone."))
        return self._do_again(by) if self.kind == self.Kind.UNDONE else self._undo(by)

    def _undo(self, by: User | None) -> UndoResult:
        tags = apps.get_model("articles", "tag").objects
        merged = self.kind == self.Kind.MERGED
        if self.kind != self.Kind.RETIRED and not tags.lock([self.tag_id]):
            raise ValidationError(
                gettext("“%(tag)s” is no longer a tag: first undo its merge or deletion."), params={"tag": self.name}
            )
        lost = vocabulary.restore_rows(self.record["rows"])
        restored, left_out = MovedLink.objects.relink(self, self.tag_id if merged else None)
        sources = [pk for pk, _name in self.sources]
        MergedTag.objects.filter(pk__in=sources).delete()
        tags.filter(pk__in=[self.tag_id, *sources]).recount()
        record = {"sources": self.record["sources"], "left_out": left_out, "lost": lost}
        undo = TagChange.objects.create(
            kind=self.Kind.UNDONE, tag_id=self.tag_id, name=self.name, by=by, record=record, undoes=self
        )
        return UndoResult(undo, restored, left_out, lost)

    def _do_again(self, by: User | None) -> UndoResult:
        tags = apps.get_model("articles", "tag").objects
        first = self.origin
        tag = tags.filter(pk=self.tag_id).first()
        if tag is None:
            raise ValidationError(gettext("“%(tag)s” is no longer a tag."), params={"tag": self.name})
        change: TagChange | None
        match first.kind:
            case self.Kind.MERGED:
                change = tag.merge(tags.filter(pk__in=[pk for pk, _name in self.sources]), by)
            case self.Kind.RETIRED:
                change = tag.retire(by, remove_from_stories=True)
            case _:
                name, slug = first.new_name
                change = tag.rename(by, name, slug)
        if change is None:
            raise ValidationError(gettext("Nothing to do: this is already the case."))
        change.undoes = self
        change.save(update_fields=["undoes"])
        return UndoResult(change, change.links.filter(now=None).count())

    @property
    def old_name(self) -> tuple[str, str]:
        """Return name and slug before a rename."""
        return self._named(0)

    @property
    def new_name(self) -> tuple[str, str]:
        """Return name and slug that a rename gave."""
        return self._named(1)

    def _named(self, side: int) -> tuple[str, str]:
        row = next(sides[side] for table, *sides in self.record["rows"] if table == "tag")
        return row["name"], row["slug"]

    @property
    def closed(self) -> list[str]:
        """Return the addresses that it closed: they say that they are gone."""
        addresses = [after for table, _before, after in self.record.get("rows", []) if table == "formeraddress"]
        return [after["path"] for after in addresses if after and not after["tag_id"]]


def require_permission(by: User | None, permission: str) -> None:
    """Raise PermissionDenied unless `by` has it. None stands for a command, which may do anything."""
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied
