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
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import clock, excerpts
from articles.models import (
    Article,
    Author,
    Byline,
    SearchEntry,
    Section,
    Tag,
    TaggedArticle,
    WordCounts,
    facet,
    moment_at,
)
from articles.search import marks
from articles.search.query import Query, for_postgres, for_sqlite, parse
from articles.terms import terms

CANDIDATES = 400  # newest matches, among which the best are sought
PER_PAGE = 20  # stories
# Within an author or a tag: these are looked through, so that neither a common word nor a large tag takes long.
NEWEST_MATCHES, NEWEST_LINKED = 2_000, 500  # the newest stories that hold the words; the newest of the author or tag
EARLIEST, LATEST = -(1 << 63), (1 << 63) - 1  # moments
Order = Literal["best", "newest"]

SQL = {
    "sqlite": """
        SELECT article_id FROM articles_search JOIN articles_searchentry ON moment = articles_search.rowid
        WHERE articles_search MATCH %s AND articles_search.rowid >= %s AND articles_search.rowid < %s
        ORDER BY articles_search.rowid DESC LIMIT %s""",
    "postgresql": """
        SELECT article_id FROM articles_searchentry
        WHERE document @@ %s::tsquery AND moment >= %s AND moment < %s
        ORDER BY moment DESC LIMIT %s""",
}
# PostgreSQL takes words for independent of each other: it would seek a common word of another language by reading every
# entry, newest first. So only among the newest it may choose its way; what is older it seeks by its index of words, and
# what is rare altogether.
WINDOWS = (10_000, 50_000)  # newest entries, entries before them; the last window holds all others
RARE = CANDIDATES / WINDOWS[0]  # part of the stories
WINDOW = """
    SELECT moment FROM articles_searchentry WHERE moment >= %s AND moment < %s ORDER BY moment DESC OFFSET %s LIMIT 1"""
OLDER = """
    SET LOCAL enable_seqscan = off;
    SELECT article_id FROM articles_searchentry
    WHERE document @@ %s::tsquery AND moment + 0 >= %s AND moment + 0 < %s
    ORDER BY moment + 0 DESC LIMIT %s;
    SET LOCAL enable_seqscan = on"""  # “+ 0”: by no index of theirs


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
    query, at = parse(text), at or clock.now()
    if not query:
        return Results([])
    facets = [facet("language", language), facet("status", Article.Status.PUBLISHED)]
    if section:
        facets.append(facet("section", section.pk))
    start, end = _years(year, at)
    if author or tag:
        found = _linked(query, facets, language, year, start=start, end=end, author=author, tag=tag)
    else:
        found = matches(query, facets, language, start=start, end=end)
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
    language: str = "",
    *,
    start: int = EARLIEST,
    end: int = LATEST,
    limit: int = CANDIDATES,
) -> list[int]:
    """Ids of the newest matching stories, newest first, published or not; moments from `start` to before `end`.

    `language` is that of the words, where the facets ask for one alone.
    """
    write = for_sqlite if connection.vendor == "sqlite" else for_postgres
    asked, sql = write(query, facets), SQL[connection.vendor]
    found: list[int] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and _is_rare(query, language):
            sql, windows = OLDER, iter([(start, end)])
        else:
            windows = _windows(cursor, start, end)
        for first, after in windows:
            cursor.execute(sql, [asked, first, after, limit - len(found)])
            if sql is OLDER:
                cursor.nextset()
            found += [pk for (pk,) in cursor.fetchall()]
            if len(found) == limit:
                break
            sql = OLDER
    return found


def _is_rare(query: Query, language: str) -> bool:
    """Going by the rarest word in the stories whose words were counted."""
    lexicon = WordCounts.objects.lexicon(language)
    shares = [lexicon.share(word) for word in query.words]
    if query.prefix:
        shares.append(lexicon.share_beginning(query.prefix))
    return min(shares) < RARE


def _linked(
    query: Query,
    facets: list[str],
    language: str,
    year: int | None,
    *,
    start: int,
    end: int,
    author: Author | None,
    tag: Tag | None,
) -> list[int]:
    """Ids of the newest matching stories of an author, a tag or both, newest first: see NEWEST_MATCHES."""
    links: list[tuple[QuerySet[Any], str]] = []
    if author:
        links.append((Byline.objects.filter(author=author), "article_id"))
    if tag:
        links.append((TaggedArticle.objects.filter(tag=tag), "content_object_id"))
    found = set(matches(query, facets, language, start=start, end=end, limit=NEWEST_MATCHES))
    for rows, story in links:
        public = rows.filter(status=Article.Status.PUBLISHED, language=language, **_in_year("publish_at", year))
        newest = public.order_by("-publish_at", f"-{story}").values_list(story, flat=True)[:NEWEST_LINKED]
        entries = SearchEntry.objects.filter(article__in=list(newest)).values_list("article_id", "words")
        found |= {pk for pk, words in entries if query.is_in(words, facets)}
    for rows, story in links:
        found &= set(rows.filter(**{f"{story}__in": found}).order_by().values_list(story, flat=True))
    in_time = SearchEntry.objects.filter(article__in=found, moment__gte=start, moment__lt=end)
    return list(in_time.order_by("-moment").values_list("article_id", flat=True)[:CANDIDATES])


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
    if not (span := _in_year("", year)):
        return EARLIEST, end
    first, next_first = map(moment_at, span.values())
    return first, min(end, next_first)


def _in_year(name: str, year: int | None) -> dict[str, datetime.datetime]:
    """The conditions by which a time is in this year of the site's time zone; none without a year."""
    if not year or not datetime.MINYEAR <= year < datetime.MAXYEAR:
        return {}
    zone = timezone.get_default_timezone()
    first, following = (datetime.datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    return {f"{name}__gte": first, f"{name}__lt": following}
