"""Finds stories by words: the same answers in the same order on SQLite (FTS5) and PostgreSQL (tsvector).

Both engines only say which stories match, newest first (matching.py); which are best is decided here, among the newest
MAX_STORIES_RANKED. A search costs the same whatever it finds, and however large the archive is.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import clock, excerpts
from articles.models import Article, Author, Byline, SearchEntry, Section, Tag, TaggedArticle
from articles.models.search_entry import facet_term, moment_at
from articles.search import marks
from articles.search.matching import MAX_STORIES_RANKED, MIN_MOMENT, MatchingStories, find_matching_stories
from articles.search.query import SearchQuery, parse_query
from articles.terms import terms

__all__ = ["MatchingStories", "SearchHit", "SearchOrder", "SearchResults", "find_matching_stories", "search"]

HITS_PER_PAGE = 20  # stories
# Within an author or a tag: these are looked through, so that neither a common word nor a large tag takes long.
NEWEST_MATCHES, NEWEST_LINKED = 2_000, 500  # the newest stories that hold the words; the newest of the author or tag
SearchOrder = Literal["best", "newest"]


@dataclass(frozen=True)
class SearchHit:
    story: Article  # with teaser parts and bylines
    excerpt: SafeString


@dataclass(frozen=True)
class SearchResults:
    hits: list[SearchHit]
    number: int = 1  # of this page
    next: int = 0  # number of the next page, 0 for none
    is_whole: bool = True  # False when only the newest stories were looked through

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
    order: SearchOrder = "best",
    at: datetime.datetime | None = None,
    page: int = 1,
) -> SearchResults:
    """Return a page of visible stories with every word and phrase of `text`; none when it has no word."""
    query, at = parse_query(text), at or clock.now()
    if not query:
        return SearchResults([])
    facets = [facet_term("language", language), facet_term("status", Article.Status.PUBLISHED)]
    if section:
        facets.append(facet_term("section", section.pk))
    start, end = _period_of_year(year, at)
    links = _links(author, tag)
    if links:
        found = _newest_linked_matches(query, facets, language, year, links, start=start, end=end)
    else:
        found = find_matching_stories(query, facets, language, start=start, end=end)
    stories = Article.objects.visible(at).among(found.ids)
    if order == "best":
        rows = stories.order_by().values_list("pk", "headline", "standfirst")
        place = {pk: number for number, pk in enumerate(found.ids)}
        ids = [pk for *_weights, pk in sorted(_weigh(row, query, place) for row in rows)]
    else:
        seen = set(stories.order_by().values_list("pk", flat=True))
        ids = [pk for pk in found.ids if pk in seen]
    first = (page - 1) * HITS_PER_PAGE
    shown = ids[first : first + HITS_PER_PAGE]
    following = page + 1 if len(ids) > first + HITS_PER_PAGE else 0
    return SearchResults(_hits(shown, query), page, following, found.is_whole)


StoryLinkRows = list[tuple[QuerySet[Any], str]]  # rows that link stories to an author or a tag, and the story's column


def _links(author: Author | None, tag: Tag | None) -> StoryLinkRows:
    links: StoryLinkRows = []
    if author:
        links.append((Byline.objects.filter(author=author), "article_id"))
    if tag:
        links.append((TaggedArticle.objects.filter(tag=tag), "content_object_id"))
    return links


def _newest_linked_matches(
    query: SearchQuery,
    facets: list[str],
    language: str,
    year: int | None,
    links: StoryLinkRows,
    *,
    start: int,
    end: int,
) -> MatchingStories:
    """Return the newest matching stories of an author, a tag or both: see NEWEST_MATCHES."""
    matching = find_matching_stories(query, facets, language, start=start, end=end, limit=NEWEST_MATCHES)
    found, is_whole = set(matching.ids), matching.is_whole and len(matching.ids) < NEWEST_MATCHES
    for rows, story in links:
        public = rows.filter(status=Article.Status.PUBLISHED, language=language, **_year_conditions("publish_at", year))
        newest = public.order_by("-publish_at", f"-{story}").values_list(story, flat=True)[:NEWEST_LINKED]
        is_whole = is_whole or len(newest) < NEWEST_LINKED
        entries = SearchEntry.objects.filter(article__in=list(newest)).values_list("article_id", "words")
        found |= {pk for pk, words in entries if query.is_in(words, facets)}
    for rows, story in links:
        found &= set(rows.filter(**{f"{story}__in": found}).order_by().values_list(story, flat=True))
    in_time = SearchEntry.objects.filter(article__in=found, moment__gte=start, moment__lt=end)
    return MatchingStories(
        list(in_time.order_by("-moment").values_list("article_id", flat=True)[:MAX_STORIES_RANKED]), is_whole
    )


def _weigh(row: tuple[int, str, str], query: SearchQuery, place: dict[int, int]) -> tuple[int, int, int, int]:
    """Sort the best first: most of the words in the headline, then in the standfirst, then the newest."""
    pk, headline, standfirst = row
    in_headline = sum(map(query.holds, set(terms(headline))))
    in_standfirst = sum(map(query.holds, set(terms(standfirst))))
    return -in_headline, -in_standfirst, place[pk], pk


def _hits(found: list[int], query: SearchQuery) -> list[SearchHit]:
    stories = Article.objects.filter(pk__in=found).with_teaser_parts().with_bylines()
    by_id = {story.pk: story for story in stories}
    bodies = dict(Article.objects.filter(pk__in=found).values_list("pk", "body"))
    hits = []
    for pk in found:
        text = f"{by_id[pk].standfirst} {excerpts.plain_text(bodies[pk])}".strip()
        hits.append(SearchHit(by_id[pk], marks.mark_excerpt(text, query)))
    return hits


def _period_of_year(year: int | None, at: datetime.datetime) -> tuple[int, int]:
    """Return the first and the end moment of the public stories of a year, of all years without one."""
    end = moment_at(at + datetime.timedelta(seconds=1))
    if not (span := _year_conditions("", year)):
        return MIN_MOMENT, end
    first, next_first = map(moment_at, span.values())
    return first, min(end, next_first)


def _year_conditions(name: str, year: int | None) -> dict[str, datetime.datetime]:
    """Return the conditions for a time in this year of the site's time zone; none without a year."""
    if not year or not datetime.MINYEAR <= year < datetime.MAXYEAR:
        return {}
    zone = timezone.get_default_timezone()
    first, following = (datetime.datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    return {f"{name}__gte": first, f"{name}__lt": following}
