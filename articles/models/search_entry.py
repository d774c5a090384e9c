"""What a story is found by: its terms, in an index that each database keeps by a trigger (articles/triggers.py).

`moment` orders entries by time of publication, so that the newest matches are read first and reading can stop early.
Language, section and status are terms too, with a “_” that no typed term can have.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models, transaction

from articles import excerpts
from articles.sql.bulk_insert import copy_in
from articles.terms import terms

if TYPE_CHECKING:
    from articles.models.article import Article

PART_SEPARATOR = "_"  # between the parts of a story, so that no phrase spans two
ENTRIES_PER_STATEMENT = 100  # entries a statement, so that none takes long
ID_BITS = 25  # of a moment, 33 million stories; the other 38 hold the seconds from year 1 to 9999


def moment_at(time: datetime.datetime) -> int:
    """Return the first moment of this second; entries of earlier seconds are below it."""
    return math.floor(time.timestamp()) << ID_BITS


def time_at(moment: int) -> datetime.datetime:
    """Return the second that a moment lies in."""
    return datetime.datetime.fromtimestamp(moment >> ID_BITS, datetime.UTC)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def write(self, articles: Iterable[Article]) -> None:
        """Index these saved stories again."""
        entries = [self.model.for_story(article) for article in articles]
        self.filter(article__in=[entry.article_id for entry in entries]).delete()
        self.bulk_create(entries, batch_size=ENTRIES_PER_STATEMENT)

    def copy_in(self, entries: Iterable[tuple[Article, str, str]]) -> None:
        """Index these new stories, each with the words that it is found by and their `document`."""
        rows = (
            (self.model.moment_of(story.publish_at or story.created_at, story.pk), story.pk, words, document)
            for story, words, document in entries
        )
        if connection.vendor == "postgresql":
            copy_in(self.model, ("moment", "article_id", "words", "document"), rows)
        else:
            copy_in(self.model, ("moment", "article_id", "words"), (row[:3] for row in rows))

    @transaction.atomic
    def repair_index(self) -> None:
        """Bring the database's index in step with these entries, where a crash or a missing trigger left it behind.

        After the first migration alone SQLite has none: the second makes it.
        """
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                if "articles_search" in connection.introspection.table_names(cursor):
                    cursor.execute("INSERT INTO articles_search(articles_search) VALUES ('rebuild')")
                return
            cursor.execute("SET LOCAL statement_timeout = 0")  # entries of an archive take longer than a page may
            cursor.execute("UPDATE articles_searchentry SET words = words WHERE document IS NULL")  # fires the trigger

    @contextmanager
    def bulk_loading(self) -> Iterator[None]:
        """Let PostgreSQL collect the entries of a bulk load and sort them in by the thousand; searches read both.

        A load that was cut short leaves the index like this, correct but slower, until the next one ends.
        """
        if connection.vendor == "sqlite":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("ALTER INDEX articles_search_document SET (fastupdate = on)")
            yield
            cursor.execute("ALTER INDEX articles_search_document SET (fastupdate = off)")
            cursor.execute("SELECT gin_clean_pending_list('articles_search_document')")


class SearchEntry(models.Model):
    moment = models.BigAutoField(primary_key=True)
    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="search_entry")
    words = models.TextField()
    document = SearchVectorField(null=True, editable=False)  # written by the trigger of PostgreSQL, NULL on SQLite

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    def for_story(cls, article: Article) -> SearchEntry:
        time = article.publish_at or article.created_at
        return cls(moment=cls.moment_of(time, article.pk), article=article, words=cls.words_of(article))

    @staticmethod
    def moment_of(time: datetime.datetime, pk: int) -> int:
        """Return the moment of the story with this id that is published, or was begun, at this time."""
        return moment_at(time) | (pk & ((1 << ID_BITS) - 1))

    @staticmethod
    def words_of(article: Article) -> str:
        parts = [article.headline, article.kicker, article.standfirst, article.dateline]
        texts = filter(None, map(terms, [*parts, excerpts.plain_text(article.body)]))
        values = {"language": article.language, "section": article.section_id, "status": article.status}
        facets = [facet_term(name, value) for name, value in values.items()]
        return f" {PART_SEPARATOR} ".join(" ".join(part) for part in [facets, *texts])

    @property
    def parts(self) -> tuple[list[str], list[str]]:
        """Return the terms of its headline, and those of the rest of the story."""
        _facets, headline, *rest = self.words.split(f" {PART_SEPARATOR} ", 2)
        return headline.split(), " ".join(rest).replace(f" {PART_SEPARATOR} ", " ").split()


def document(words: str) -> str:
    """Return each word with its place, which PostgreSQL would take five times as long to make of the words."""
    return " ".join([f"{word}:{place}" for place, word in enumerate(words.split(" "), 1)])


def facet_term(name: str, value: object) -> str:
    """Return the term that stands for a property: facet_term("section", 7) is “section_7”."""
    return f"{name}_{value or 0}"
