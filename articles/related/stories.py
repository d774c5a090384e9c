"""The stories that teasers show: those of a page are found by one query."""

from __future__ import annotations

import datetime
from typing import Any

from articles.models import Article, ArticleQuerySet
from articles.sql.compiled_query import CompiledQuery, param, params

MAX_LATEST = 32  # newest stories of a section and of the site: relatives and near-duplicates fall out


def fetch_eligible(ids: list[int], *, excluded_ids: list[int], language: str, at: datetime.datetime) -> list[Article]:
    """Return the stories with these ids that may stand beside a story of this language, in no order."""
    return ELIGIBLE_STORIES.fetch(ids=ids, excluded_ids=excluded_ids, language=language, at=at)


def fetch_eligible_and_latest(
    ids: list[int], *, section: int | None, excluded_ids: list[int], language: str, at: datetime.datetime
) -> list[Article]:
    """Return the same, and MAX_LATEST of the newest unpaid stories of the section and of the site."""
    return ELIGIBLE_AND_LATEST_STORIES.fetch(
        ids=ids, section=section or 0, excluded_ids=excluded_ids, language=language, at=at
    )


def _eligible(language: Any) -> ArticleQuerySet:
    """Return what may stand beside a story at all, pinned or not. Its translations are in other languages."""
    stories = Article.objects.visible(param("at")).in_language(language).filter(never_teased=False)
    return stories.exclude(pk__in=params("excluded_ids"))


ELIGIBLE_STORIES = CompiledQuery(lambda: _eligible(param("language")).among(params("ids")).with_teaser_parts())


def _eligible_and_latest() -> ArticleQuerySet:
    eligible = _eligible(param("language"))
    newest = eligible.unpaid().newest_first()
    lists = [newest.in_section(param("section")), newest]
    latest = [Article.objects.filter(pk__in=one.values("pk")[:MAX_LATEST]).with_teaser_parts() for one in lists]
    return eligible.among(params("ids")).with_teaser_parts().union(*latest)


ELIGIBLE_AND_LATEST_STORIES = CompiledQuery(_eligible_and_latest)
