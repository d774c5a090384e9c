"""How a story's row and its links are written: without permissions, versions or a record, which are in saving.py."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from articles import clock, excerpts, richtext
from articles.characters import is_blank, tidy
from articles.models.article_fields import ArticleFields
from articles.models.author import Author, authors_of_today
from articles.models.byline import Byline, BylineRole
from articles.models.content import RELATED_PLACES, Content
from articles.models.counting import StoryCounts, count_story
from articles.models.related_choice import RelatedChoice
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle
from articles.slugs import ascii_slug

if TYPE_CHECKING:
    from articles.users import User

# Sent with `story`, in the transaction of the save, when its text or what lists show of it has changed.
story_stored = Signal()


class StaleStory(Exception):
    """Raised when somebody saved this story since it was loaded; nothing was written."""


class ArticleRow(ArticleFields):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("update_fields"):
            self.prepare()
        with transaction.atomic():
            super().save(*args, **kwargs)
            story_stored.send(type(self), story=self)

    def prepare(self) -> None:
        """Clean the body and fill what derives from the text. Idempotent; bulk loaders call it themselves."""
        self.headline = "" if is_blank(self.headline) else tidy(self.headline)
        self.body = richtext.clean(self.body)
        self.cut_teasers()
        if not self.slug:
            self.slug = ascii_slug(self.headline)

    def cut_teasers(self) -> None:
        """Fill what is stored so that lists read no body: both teasers, and the number of words."""
        self.compact_text = excerpts.excerpt(self.compact_teaser, self.standfirst, self.body, excerpts.COMPACT)
        self.long_text = excerpts.excerpt(self.long_teaser, self.standfirst, self.body, excerpts.LONG)
        self.word_count = excerpts.word_count(self.body)

    def store(self, *, bump: bool = True, text_changed: bool = True) -> None:
        """Write every column. Raises StaleStory if somebody has saved since this object was loaded.

        `bump` counts the version up; `text_changed` is False when what is found and used by the text is true already.
        """
        with transaction.atomic(savepoint=False):
            before = self.write_row(bump=bump, text_changed=text_changed)
            tags = list(self._taggings().values_list("tag", flat=True))
            self.count(before, tags, tags)

    def write_row(self, *, bump: bool = True, text_changed: bool = True) -> dict[str, Any]:
        """Write every column in one UPDATE as `store` does, but leave counting to the caller.

        Returns the section and the listing that the row had.
        """
        self.prepare()
        self.saved_at = clock.now()
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        del values["id"], values["translation_group"]  # Translating alone writes the second
        values["version"] = self.version + bump
        with transaction.atomic(savepoint=False):
            before = type(self).objects.filter(pk=self.pk).values("section_id", *self.listing()).first() or {}
            if not type(self).objects.filter(pk=self.pk, version=self.version).update(**values):
                raise StaleStory
            self.version += bump
            self._forget()
            relisted = self.listing() != {name: before.get(name) for name in self.listing()}
            if relisted:
                self.update_listings()
            if relisted or text_changed:
                story_stored.send(type(self), story=self)
        return before

    def store_links(self, content: Content, names: Iterable[str], by: User | None = None) -> None:
        """Write these lists of a content (LIST_FIELDS): bylines, tags, related stories."""
        for name in names:
            if name == "authors":
                self._sign(authors_of_today(content[name]))
            elif name == "tags":
                self.link_tags(dict.fromkeys(pk for pk, _name in content[name]))
            else:
                self._choose(RELATED_PLACES[name], [pk for pk, _name in content[name]], by)

    def set_authors(self, authors: Iterable[Author], role: str = BylineRole.AUTHOR) -> None:
        """Give it these authors, in this order; those who stay keep their role."""
        roles = {byline.author_id: byline.role for byline in self._bylines()}
        self._sign([(author, roles.get(author.pk, role)) for author in dict.fromkeys(authors)])

    def _sign(self, people: list[tuple[Author, str]]) -> None:
        with transaction.atomic(savepoint=False):
            self._bylines().delete()
            Byline.objects.bulk_create(
                Byline(article_id=self.pk, author=author, role=role, position=place, **self.listing())
                for place, (author, role) in enumerate(people)
            )
        self._forget("byline_rows", "_read_bylines")

    def set_tags(self, tags: Iterable[Tag]) -> None:
        """Give it these tags, in this order, each once."""
        wanted = list(dict.fromkeys(tag.pk for tag in tags))
        with transaction.atomic(savepoint=False):
            before = list(self._taggings().values_list("tag", flat=True))
            self.link_tags(wanted)
            self.count({"section_id": self.section_id, **self.listing()}, before, wanted)

    def link_tags(self, ids: Iterable[int]) -> None:
        """Write the links to these tags, in this order, but leave counting to the caller."""
        self._taggings().delete()
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object_id=self.pk, tag_id=pk, position=place, **self.listing())
            for place, pk in enumerate(ids)
        )
        self._forget("tag_rows", "_read_tags")

    def set_related(self, place: str, stories: Iterable[ArticleRow], by: User | None = None) -> None:
        """Choose these stories in this place (RelatedChoice.Place), in order; a story chosen elsewhere moves here.

        `by` chose those that come in; of those that stay it remains known who did.
        """
        self._choose(place, [story.pk for story in stories], by)

    def _choose(self, place: str, ids: Iterable[int], by: User | None) -> None:
        wanted = [pk for pk in dict.fromkeys(ids) if pk != self.pk]
        chosen_by = by.pk if by else None
        with transaction.atomic(savepoint=False):
            own = RelatedChoice.objects.filter(article=self.pk)
            before = dict(own.filter(place=place).values_list("story_id", "chosen_by_id"))
            own.filter(Q(place=place) | Q(story__in=wanted)).delete()
            RelatedChoice.objects.bulk_create(
                RelatedChoice(
                    article_id=self.pk,
                    story_id=pk,
                    place=place,
                    position=number,
                    chosen_by_id=before.get(pk, chosen_by),
                )
                for number, pk in enumerate(wanted)
            )
        self._forget("choice_rows")

    def _bylines(self) -> QuerySet[Byline]:
        return Byline.objects.filter(article=self.pk)

    def _taggings(self) -> QuerySet[TaggedArticle]:
        return TaggedArticle.objects.filter(content_object=self.pk)

    def update_listings(self) -> None:
        """Write again what bylines and taggings repeat of this story."""
        self._bylines().update(**self.listing())
        self._taggings().update(**self.listing())

    def count(self, before: Mapping[str, Any], tags_before: Iterable[int], tags: Iterable[int]) -> None:
        """Keep the counts of its section and tags true: `before` is the section and listing of the row before."""
        now = {"section_id": self.section_id, **self.listing()}
        count_story(self.pk, StoryCounts.of_story(before, tags_before), StoryCounts.of_story(now, tags))

    def listing(self) -> dict[str, Any]:
        """Return the values that its bylines and taggings repeat."""
        return {
            "status": self.status,
            "publish_at": self.publish_at,
            "language": self.language,
        }

    def _forget(self, *links: str) -> None:
        """Forget what was read of these links, and what was derived from them."""
        for kept in (*links, "stored_content", "stored_choices", "newest_choices"):
            self.__dict__.pop(kept, None)

    def free_slug(self) -> str:
        """Return its slug, or the next one (-2, -3 …) that no other story of that day and language has."""
        wanted = self.slug or ascii_slug(self.headline) or f"story-{uuid.uuid4().hex[:8]}"
        others = type(self).objects.filter(language=self.language, address_date=self.address_date).exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=wanted[:90]).values_list("slug", flat=True))
        if wanted not in taken:
            return wanted
        numbered = (f"{wanted[:94]}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in numbered if slug not in taken)
