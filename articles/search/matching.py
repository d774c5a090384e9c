"""Finds which stories match with a bound on the work, whatever the query: the same ids in one order on both engines.

An inverted index answers fast when one of the words is rare, or when the words are so common that the newest stories
hold them. Between the two lie searches that read half the archive to find little: common words that seldom meet, and
phrases of them. So only what is rare is sought in the whole archive; everything else among the newest stories. Which
words are rare is known from a sample that may be old, or lack what was in the news long ago: the index is asked whether
few stories match, before they are read. What an index cannot tell without reading texts (phrases, and the beginning of
many words) is checked in a limited number of stories that hold the other words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from articles.models import Article, SearchEntry, Section, WordCounts
from articles.models.search_entry import time_at
from articles.search import spans
from articles.search.query import SearchQuery, for_postgres, for_sqlite

MAX_STORIES_RANKED = 400  # newest matches, among which the best are sought
STORIES_PER_WINDOW = (2_000, 20_000)  # newest stories that are searched: at first, and at most
MAX_STORIES_OF_RARE_WORD = 5_000  # stories at most that hold a word for which the whole archive is looked through
MAX_STORIES_CHECKED = 2_000  # stories at most whose texts are read for phrases
MIN_MOMENT, MAX_MOMENT = -(1 << 63), (1 << 63) - 1

SPANS_SQL = f"ARRAY[{', '.join(f'(moment >> {bits}) * {spans.NUMBERS} + {n}' for n, bits in enumerate(spans.BITS))}]"
SQL = {
    "sqlite": """
        SELECT {columns} FROM articles_search JOIN articles_searchentry ON moment = articles_search.rowid
        WHERE articles_search MATCH %s AND articles_search.rowid >= %s AND articles_search.rowid < %s
        ORDER BY articles_search.rowid DESC LIMIT %s""",
    # “+ 0”: not by the index of moments, which would read the words of every story of the period.
    "postgresql": """
        SELECT {columns} FROM articles_searchentry
        WHERE {period} document @@ %s::tsquery AND moment + 0 >= %s AND moment + 0 < %s
        ORDER BY moment + 0 DESC LIMIT %s""",
}
COUNT_SQL = {
    "sqlite": "SELECT count(*) FROM (SELECT 1 FROM articles_search WHERE articles_search MATCH %s LIMIT %s)",
    "postgresql": """
        SELECT count(*) FROM (SELECT 1 FROM articles_searchentry WHERE document @@ %s::tsquery LIMIT %s) AS matching""",
}
HOLDS_SQL = {"sqlite": "instr(' ' || words || ' ', %s) > 0", "postgresql": "strpos(' ' || words || ' ', %s) > 0"}


@dataclass(frozen=True)
class MatchingStories:
    ids: list[int]  # ids of stories, newest first, published or not
    is_whole: bool  # False when older stories, which were not looked through, may match too


@dataclass(frozen=True)
class _Plan:
    """The part of a query that the index answers, and what is checked in the texts that it finds."""

    indexed: str  # in the engine's language
    checks: list[str]  # pieces of text
    is_rare: bool


def find_matching_stories(
    query: SearchQuery,
    facets: list[str],
    language: str = "",
    *,
    start: int = MIN_MOMENT,
    end: int = MAX_MOMENT,
    limit: int = MAX_STORIES_RANKED,
) -> MatchingStories:
    """Return the newest matching stories with moments from `start` to before `end`.

    `language` is that of the words, where the facets ask for one alone.
    """
    plan = _plan_query(query, facets, language)
    periods = iter([(start, end)]) if plan.is_rare else _newest_periods(language, start, end)
    ids: list[int] = []
    unchecked = MAX_STORIES_CHECKED
    first = end
    for first, after in periods:
        rows = _fetch_indexed(plan, first, after, unchecked if plan.checks else limit - len(ids))
        unchecked -= len(rows)
        ids += [pk for pk, is_match in rows if is_match]
        if len(ids) >= limit:
            return MatchingStories(ids[:limit], is_whole=True)
        if plan.checks and unchecked <= 0:
            return MatchingStories(ids, is_whole=False)
    return MatchingStories(ids, is_whole=first <= start)


def _plan_query(query: SearchQuery, facets: list[str], language: str) -> _Plan:
    """Return which part the index answers, depending on how many stories of a sample have each word."""
    write = for_sqlite if connection.vendor == "sqlite" else for_postgres
    lexicons = [WordCounts.objects.lexicon(language)] if language else WordCounts.objects.lexicons()
    total = Section.objects.total_published()

    def is_rare(shares: list[float]) -> bool:
        return max(shares, default=1) * total <= MAX_STORIES_OF_RARE_WORD

    checks = [f" {' '.join(phrase)} " for phrase in query.phrases if len(phrase) > 1]
    rare_prefix = query.prefix if is_rare([lexicon.share_beginning(query.prefix) for lexicon in lexicons]) else ""
    if query.prefix and not rare_prefix:
        checks.append(f" {query.prefix}")
    rare_word = any(is_rare([lexicon.share(word) for lexicon in lexicons]) for word in query.words)
    indexed = write(query.words, facets, rare_prefix)
    return _Plan(indexed, checks, bool(rare_prefix or rare_word) and _match_is_rare(indexed))


def _match_is_rare(indexed: str) -> bool:
    """Return whether the index finds few stories. No more than that number are counted."""
    [(number,)] = _fetch(COUNT_SQL[connection.vendor], [indexed, MAX_STORIES_OF_RARE_WORD + 1])
    return bool(number <= MAX_STORIES_OF_RARE_WORD)


def _newest_periods(language: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield periods with as many stories as STORIES_PER_WINDOW says, newest first; a smaller one starts at `start`."""
    stories = Article.objects.dated(
        from_=None if start == MIN_MOMENT else time_at(start), before=None if end == MAX_MOMENT else time_at(end)
    )
    if language:
        stories = stories.filter(status=Article.Status.PUBLISHED, language=language)
    newest: Any = stories.order_by("-publish_at", "-pk").values_list("publish_at", "pk")
    for size in STORIES_PER_WINDOW:
        if not (following := newest[size : size + 1].first()):
            yield start, end
            return
        first = SearchEntry.moment_of(*following) + 1
        yield first, end
        end = first


def _fetch_indexed(plan: _Plan, first: int, after: int, limit: int) -> list[tuple[int, Any]]:
    """Return (story id, whether all checks hold) of the newest stories that the index finds, in one query."""
    sql = SQL[connection.vendor]
    parameters: list[Any] = [plan.indexed, first, after, limit]
    period = ""
    if connection.vendor == "postgresql" and not plan.is_rare:
        period = f"{SPANS_SQL} && %s::bigint[] AND"
        parameters.insert(0, spans.spans_covering(first, after))
    if plan.checks:
        holds = " AND ".join([HOLDS_SQL[connection.vendor]] * len(plan.checks))
        sql = f"SELECT article_id, {holds} FROM ({sql}) AS newest ORDER BY moment DESC"  # noqa: S608
        parameters = plan.checks + parameters
        columns = "moment, article_id, articles_searchentry.words"
    else:
        columns = "article_id, TRUE"
    return _fetch(sql.format(columns=columns, period=period), parameters)


def _fetch(sql: str, parameters: list[Any]) -> list[Any]:
    """Return the rows of a query that PostgreSQL answers by an index, whatever it takes the table's size for."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on", parameters)
            cursor.nextset()
        else:
            cursor.execute(sql, parameters)
        return list(cursor.fetchall())
