"""The stories that teasers show: those of a page come by one question."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import cache
from typing import Any

from articles.models import Article, ArticleQuerySet, Prepared, param

KEPT = 4000  # in each process; a story with its teaser takes about 5 KB
STEP = 12  # ids; questions for fewer are filled up, so that there are few questions


def among(ids: Collection[int], *, besides: Collection[int], language: str, at: datetime.datetime) -> list[Article]:
    """Those with one of these ids that may stand beside a story of this language, in no order."""
    question = _among(_room(ids), _room(besides))
    return question.ask(at=at, language=language, **_given("id", ids), **_given("besides", besides))


def with_latest(
    ids: Collection[int],
    spare: int,
    *,
    section: int | None,
    besides: Collection[int],
    language: str,
    at: datetime.datetime,
) -> list[Article]:
    """The same, and so many of the newest of the section and of the site, but for what was paid for."""
    question = _with_latest(_room(ids), _room(besides), spare)
    given = _given("id", ids) | _given("besides", besides)
    return question.ask(at=at, language=language, section=section or 0, **given)


@cache
def _among(ids: int, besides: int) -> Prepared[Article]:
    return Prepared(lambda: _eligible(besides).among(_params("id", ids)).with_teaser_parts(), keeps=KEPT)


@cache
def _with_latest(ids: int, besides: int, spare: int) -> Prepared[Article]:
    def build() -> ArticleQuerySet:
        stories = _eligible(besides)
        newest = stories.exclude(label=Article.Label.SPONSORED).newest_first()
        lists = [newest.in_section(param("section")), newest]
        latest = [Article.objects.filter(pk__in=one.values("pk")[:spare]).with_teaser_parts() for one in lists]
        return stories.among(_params("id", ids)).with_teaser_parts().union(*latest)

    return Prepared(build, keeps=KEPT)


def _eligible(besides: int) -> ArticleQuerySet:
    """What may stand beside a story at all, pinned or not. Its translations are in other languages."""
    stories = Article.objects.visible(param("at")).in_language(param("language")).filter(never_teased=False)
    return stories.exclude(pk__in=_params("besides", besides))


def _room(ids: Collection[int]) -> int:
    """As many places as these need, at least STEP."""
    return max(1, -(-len(ids) // STEP)) * STEP


def _params(name: str, number: int) -> list[Any]:
    return [param(f"{name}{place}") for place in range(number)]


def _given(name: str, ids: Collection[int]) -> dict[str, int]:
    """No story has the id 0."""
    filled = [*ids, *([0] * (_room(ids) - len(ids)))]
    return {f"{name}{place}": pk for place, pk in enumerate(filled)}
