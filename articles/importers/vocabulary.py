"""Imports the rows of a vocabulary as tags: first as a plan that says what would happen, then in one transaction.

Nothing is taken away: an empty cell leaves what is there, and spellings are only added. A row with anything wrong is
left out whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.importers.items import BadItem
from articles.importers.vocabulary_csv import TagRow, plain_lines
from articles.models import FormerAddress, Tag, TagAlias
from articles.models.tag_fields import MAX_TAG_KEY_LENGTH
from articles.slugs import ascii_slug, tag_key

if TYPE_CHECKING:
    from articles.users import User


@dataclass
class PlannedRow:
    """The result of a row."""

    row: TagRow
    tag: Tag | None = None  # None when the row is left out
    is_new: bool = False
    name: str = ""  # the tag's, when it is to be renamed
    slug: str = ""  # the tag's, when its address is to change
    description: str = ""  # when it is to change
    aliases: list[TagAlias] = field(default_factory=list)  # to be added
    says: list[str] = field(default_factory=list)  # in words, what happens or what is wrong

    @property
    def kind(self) -> str:
        """Return “new”, “changed”, “unchanged” or “left out”."""
        if self.tag is None:
            return "left out"
        return "new" if self.is_new else "changed" if self.says else "unchanged"


class VocabularyImport:
    """An import with the whole vocabulary in memory, after two queries, so that ten thousand rows need no others."""

    def __init__(self) -> None:
        tags = list(Tag.objects.all())
        by_id = {tag.pk: tag for tag in tags}
        self.keys = {tag.key: tag for tag in tags}
        self.slugs = {tag.slug: tag for tag in tags}
        self.aliases: dict[str, Tag] = {}  # by key
        for key, slug, tag in TagAlias.objects.values_list("key", "slug", "tag"):
            self.aliases[key] = by_id[tag]
            self.slugs.setdefault(slug, by_id[tag])
        self.lines: dict[int, int] = {}  # rows of the file, by the tag that they are about

    def plan(self, rows: Iterable[TagRow]) -> list[PlannedRow]:
        """Return what each row would do after those before it."""
        return [self._plan(row) for row in rows]

    @transaction.atomic
    def carry_out(self, rows: Iterable[TagRow], by: User | None) -> list[PlannedRow]:
        """Do it, all or nothing of what is not left out. Raises BadItem when somebody changed the tags meanwhile."""
        steps = self.plan(rows)
        try:
            with transaction.atomic():
                self._write([step for step in steps if step.tag], by)
        except (IntegrityError, ValidationError) as error:
            why = error.messages if isinstance(error, ValidationError) else []
            said = _("The tags changed in the meantime: nothing was imported. Try again.")
            raise BadItem(" ".join([said, *why])) from None
        return steps

    def _plan(self, row: TagRow) -> PlannedRow:
        try:
            return self._step(row)
        except BadItem as problem:
            return PlannedRow(row, says=[str(problem)])
        except ValidationError as problem:
            return PlannedRow(row, says=problem.messages)

    def _step(self, row: TagRow) -> PlannedRow:
        """Plan one row. Raises BadItem or ValidationError for a wrong one, which then leaves no trace in memory."""
        key = _good_key(row.name)
        tag = self._named_by(row, key)
        step = PlannedRow(
            row, tag or Tag(name=row.name, slug=row.slug, description=row.description), is_new=tag is None
        )
        assert step.tag is not None  # noqa: S101 - for mypy
        if row.name != step.tag.name or row.slug != step.tag.slug or step.is_new:
            Tag(name=row.name, slug=row.slug or "x").clean_fields(exclude=["key"])
        if (line := self.lines.get(id(step.tag))) is not None:
            raise BadItem(_("“%(tag)s” is already on line %(line)s.") % {"tag": step.tag, "line": line})
        if self.aliases.get(key, step.tag) is not step.tag:
            raise BadItem(_("“%(name)s” is an alias of “%(tag)s”.") % {"name": row.name, "tag": self.aliases[key]})
        if row.slug and self.slugs.get(row.slug, step.tag) is not step.tag:
            raise BadItem(
                _("The address “%(slug)s” leads to “%(tag)s”.") % {"slug": row.slug, "tag": self.slugs[row.slug]}
            )
        spellings = self._new_spellings(row, key, step.tag)
        if step.is_new:
            step.says.append(_("new"))
        else:
            self._compare(step)
        self._reserve_keys(step, key, spellings)
        return step

    def _named_by(self, row: TagRow, key: str) -> Tag | None:
        """Return the tag that a row is about, by its address or else its name."""
        at_slug, of_key = self.slugs.get(row.slug), self.keys.get(key)
        at_slug = at_slug if at_slug and at_slug.slug == row.slug else None
        if at_slug and of_key and at_slug is not of_key:
            said = _("The address “%(slug)s” belongs to “%(tag)s” and the name to another tag: merge them instead.")
            raise BadItem(said % {"slug": row.slug, "tag": at_slug})
        return at_slug or of_key

    def _new_spellings(self, row: TagRow, key: str, tag: Tag) -> dict[str, str]:
        """Return key → name of the aliases that the tag does not have yet."""
        new: dict[str, str] = {}
        for name in row.aliases:
            alias = _good_key(name)
            TagAlias(name=name).clean_fields(exclude=["key", "tag"])
            if self.keys.get(alias, tag) is not tag:
                raise BadItem(_("“%(name)s” is itself a tag: merge it instead.") % {"name": name})
            if self.aliases.get(alias, tag) is not tag:
                raise BadItem(_("“%(name)s” already leads to “%(tag)s”.") % {"name": name, "tag": self.aliases[alias]})
            if alias not in (key, tag.key) and alias not in self.aliases:
                new.setdefault(alias, name)
        return new

    def _compare(self, step: PlannedRow) -> None:
        row, tag = step.row, step.tag
        assert tag is not None  # noqa: S101 - for mypy
        if row.name != tag.name:
            step.name = row.name
            step.says.append(_("renamed, was “%(name)s”") % {"name": tag.name})
        if row.slug and row.slug != tag.slug:
            step.slug = row.slug
            step.says.append(_("new address, was “%(slug)s”") % {"slug": tag.slug})
        if row.description and row.description != plain_lines(tag.description).strip():
            step.description = row.description
            step.says.append(_("new description") if tag.description else _("a description"))

    def _reserve_keys(self, step: PlannedRow, key: str, spellings: dict[str, str]) -> None:
        """Reserve the names and addresses of this row, so that later rows cannot take them."""
        tag = step.tag
        assert tag is not None  # noqa: S101 - for mypy
        self.lines[id(tag)] = step.row.line
        if step.is_new:
            tag.key, tag.slug = key, tag.slug or self._free_slug(tag.name)
        elif step.name and key != tag.key:
            self.keys.pop(tag.key, None)
            self.aliases[tag.key] = tag
        self.aliases.pop(key, None)
        self.keys[key] = tag
        if slug := step.slug or tag.slug:
            self.slugs.setdefault(slug, tag)
        for alias, name in spellings.items():
            slug = self._free_slug(name) or f"alias-{uuid4().hex[:8]}"
            self.aliases[alias] = self.slugs[slug] = tag
            step.aliases.append(TagAlias(name=name, key=alias, slug=slug, tag=tag))
            step.says.append(_("new alias: “%(name)s”") % {"name": name})

    def _free_slug(self, name: str) -> str:
        """Return a free slug; "" for a name without a letter or digit for one."""
        wanted = ascii_slug(name)
        slug, number = wanted, 1
        while slug and slug in self.slugs:
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def _write(self, steps: list[PlannedRow], by: User | None) -> None:
        new = [step.tag for step in steps if step.is_new and step.tag]
        Tag.objects.bulk_create([tag for tag in new if tag.slug], batch_size=1000)
        for tag in new:
            if not tag.pk:
                tag.save()  # the tag then gets an address from its number
        for step in steps:
            if step.tag and (step.name or step.slug):
                step.tag.rename(by, step.name or step.tag.name, step.slug or None)
            if step.tag and step.description:
                step.tag.description = step.description
                step.tag.save(update_fields=["description"])
        aliases = [alias for step in steps for alias in step.aliases]
        TagAlias.objects.bulk_create(aliases, batch_size=1000)
        FormerAddress.objects.forget([alias.path for alias in aliases])


def count_kinds(steps: Iterable[PlannedRow]) -> Counter[str]:
    """Return how many rows are new, changed, unchanged and left out."""
    return Counter(step.kind for step in steps)


def _good_key(name: str) -> str:
    key = tag_key(name)
    if not key:
        raise BadItem(_("A tag needs a name."))
    if len(key) > MAX_TAG_KEY_LENGTH:
        raise BadItem(_("This name is too long: shorten it."))
    return key
