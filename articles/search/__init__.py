"""Finds stories by words: the same answers in the same order on SQLite (FTS5) and PostgreSQL (tsvector).

Both engines only say which stories match, newest first; which are best is decided here, among the newest
CANDIDATES. So a search costs the same whether a hundred stories match or a hundred thousand.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import excerpts
from articles.models import Article, Author, Section, Tag, facet, moment_at
from articles.search import marks
from articles.search.query import Query, for_postgres, for_sqlite, parse
from articles.terms import terms

CANDIDATES = 400  # newest matches, among which the best are sought
PER_PAGE = 20  # stories
EARLIEST, LATEST = -(1 << 63), (1 << 63) - 1  # moments
Order = Literal["best", "newest"]

SQL = {
    "sqlite": """
        SELECT article_id FROM articles_search JOIN articles_searchentry ON moment = articles_search.rowid
        WHERE articles_search MATCH %s AND articles_search.rowid >= %s AND articles_search.rowid < %s {more}
        ORDER BY articles_search.rowid DESC LIMIT %s""",
    "postgresql": """
        SELECT article_id FROM articles_searchentry
        WHERE document @@ %s::tsquery AND moment >= %s AND moment < %s {more}
        ORDER BY moment DESC LIMIT %s""",
}
# PostgreSQL takes words for independent of each other: it would seek a common word of another language by reading every
# entry, newest first. So only among the newest it may choose its way; what is older it seeks by its index of words.
WINDOWS = (10_000, 50_000)  # newest entries, entries before them; the last window holds all others
WINDOW = """
    SELECT moment FROM articles_searchentry WHERE moment >= %s AND moment < %s ORDER BY moment DESC OFFSET %s LIMIT 1"""
OLDER = """
    SET LOCAL enable_seqscan = off;
    SELECT article_id FROM articles_searchentry
    WHERE document @@ %s::tsquery AND moment >= %s AND moment < %s {more}
    ORDER BY moment + 0 DESC LIMIT %s;
    SET LOCAL enable_seqscan = on"""  # “+ 0”: in no index's order
LINKED = "AND EXISTS (SELECT 1 FROM {table} WHERE {story} = articles_searchentry.article_id AND {column} = %s)"
BY_AUTHOR = LINKED.format(table="articles_byline", story="articles_byline.article_id", column="author_id")
BY_TAG = LINKED.format(table="articles_taggedarticle", story="content_object_id", column="tag_id")


@dataclass(frozen=True)
class Hit:
    story: Article  # with teaser parts and bylines
    excerpt: SafeString


@dataclass(frozen=True)
class Results:
    hits: list[Hit]
    number: int = 1  # of this page
    next: int = 0  # number of the next page, 0 for none

    @property
    def previous(self) -> int:
        return self.number - 1


def search(
    text: str,
    *,
    language: str,
    section: Section | None = None,
    author: Author | None = None,
    tag: Tag | None = None,
    year: int | None = None,
    order: Order = "best",
    at: datetime.datetime | None = None,
    page: int = 1,
) -> Results:
    """A page of visible stories that hold every word and phrase of `text`; empty when it holds no word."""
    query, at = parse(text), at or timezone.now()
    if not query:
        return Results([])
    facets = [facet("language", language), facet("status", Article.Status.PUBLISHED)]
    if section:
        facets.append(facet("section", section.pk))
    start, end = _years(year, at)
    found = matches(query, facets, start=start, end=end, author=author, tag=tag)
    stories = Article.objects.visible(at).among(found)
    if order == "best":
        rows = stories.order_by().values_list("pk", "headline", "standfirst")
        place = {pk: number for number, pk in enumerate(found)}
        found = [pk for *_weights, pk in sorted(_weigh(row, query, place) for row in rows)]
    else:
        seen = set(stories.order_by().values_list("pk", flat=True))
        found = [pk for pk in found if pk in seen]
    first = (page - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    return Results(_hits(shown, query), page, page + 1 if len(found) > first + PER_PAGE else 0)


def matches(
    query: Query,
    facets: list[str],
    *,
    start: int = EARLIEST,
    end: int = LATEST,
    author: Author | None = None,
    tag: Tag | None = None,
    limit: int = CANDIDATES,
) -> list[int]:
    """Ids of the newest matching stories, newest first, published or not; moments from `start` to before `end`."""
    write = for_sqlite if connection.vendor == "sqlite" else for_postgres
    more, linked = "", []
    if author:
        more += BY_AUTHOR
        linked.append(author.pk)
    if tag:
        more += BY_TAG
        linked.append(tag.pk)
    asked, sql = write(query, facets), SQL[connection.vendor]
    found: list[int] = []
    with connection.cursor() as cursor:
        for first, after in _windows(cursor, start, end):
            cursor.execute(sql.format(more=more), [asked, first, after, *linked, limit - len(found)])
            if sql is OLDER:
                cursor.nextset()
            found += [pk for (pk,) in cursor.fetchall()]
            if len(found) == limit:
                break
            sql = OLDER
    return found


def _windows(cursor: Any, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of the moments from `start` to before `end`, newest first; one for SQLite, whose index has that order."""
    for size in WINDOWS if connection.vendor == "postgresql" else ():
        cursor.execute(WINDOW, [start, end, size])
        if not (row := cursor.fetchone()):
            break
        yield row[0] + 1, end
        end = row[0] + 1
    yield start, end


def _weigh(row: tuple[int, str, str], query: Query, place: dict[int, int]) -> tuple[int, int, int, int]:
    """Sorts the best first: most of the words in the headline, then in the standfirst, then the newest."""
    pk, headline, standfirst = row
    in_headline = sum(map(query.holds, set(terms(headline))))
    in_standfirst = sum(map(query.holds, set(terms(standfirst))))
    return -in_headline, -in_standfirst, place[pk], pk


def _hits(found: list[int], query: Query) -> list[Hit]:
    stories = Article.objects.filter(pk__in=found).with_teaser_parts().with_bylines()
    by_id = {story.pk: story for story in stories}
    bodies = dict(Article.objects.filter(pk__in=found).values_list("pk", "body"))
    hits = []
    for pk in found:
        text = f"{by_id[pk].standfirst} {excerpts.plain_text(bodies[pk])}".strip()
        hits.append(Hit(by_id[pk], marks.excerpt(text, query)))
    return hits


def _years(year: int | None, at: datetime.datetime) -> tuple[int, int]:
    """First and end moment of the public stories of a year, of all years without one."""
    end = moment_at(at + datetime.timedelta(seconds=1))
    if not year or not datetime.MINYEAR <= year < datetime.MAXYEAR:
        return EARLIEST, end
    zone = timezone.get_default_timezone()
    first, next_first = (moment_at(datetime.datetime(y, 1, 1, tzinfo=zone)) for y in (year, year + 1))
    return first, min(end, next_first)
