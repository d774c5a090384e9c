"""Finds what stories have in common, among a bounded number: those that share rare tags or telling words."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum

from articles.kinship import Kin, idf, weight
from articles.likeness import Lexicon, Text, likeness
from articles.models.prepared import Prepared, params
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle
from articles.models.telling_word import TellingWord
from articles.models.word_counts import WordCounts
from articles.terms import terms

TAGS = 8  # of a story's tags, the rarest, that bring others
LOOKED_AT = 60  # stories that share most of its telling words, and as many that share its rarest tags
LEAST = 0.02  # likeness; less is chance


@dataclass(frozen=True)
class Story:
    """What a story is compared by."""

    pk: int | None
    language: str
    text: Text = Text({}, {})
    telling: tuple[str, ...] = ()  # words
    tags: tuple[Tag, ...] = ()
    published: int = 0  # seconds since 1970
    section: int | None = None


def unsaved(pk: int | None, language: str, tags: Iterable[Tag], headline: str, *texts: str) -> Story:
    """A story as somebody writes it."""
    lexicon = WordCounts.objects.lexicon(language)
    text = lexicon.text(terms(headline), [term for text in texts for term in terms(text)])
    return Story(pk, language, text, tuple(lexicon.telling(text)), tuple(tags))


def indexed(ids: Iterable[int]) -> dict[int, Story]:
    """Those of these stories that are published, by id: from now on others find them, and no others of these ids."""
    ids = set(ids)
    for language in _entries(ids).order_by().values_list("language", flat=True).distinct():
        WordCounts.objects.follow(language)
    tags: dict[int, list[Tag]] = defaultdict(list)
    for link in TaggedArticle.objects.filter(content_object__in=ids).select_related("tag").order_by("pk"):
        tags[link.content_object_id].append(link.tag)
    stories = _stories(_entries(ids), tags)
    words: dict[int, list[TellingWord]] = {pk: [] for pk in ids}
    for pk, story in stories.items():
        at = datetime.datetime.fromtimestamp(story.published, datetime.UTC)
        words[pk] = [
            TellingWord(article_id=pk, language=story.language, word=word, publish_at=at) for word in story.telling
        ]
    TellingWord.objects.write(words)
    return stories


def compared(stories: Mapping[int, Story], former: Mapping[int, Iterable[int]]) -> dict[int, list[Kin]]:
    """What each of these has in common with those that its tags and words find, and with those that it had before."""
    known = dict(stories)
    total = total_published()
    return {pk: found(story, total, former.get(pk, ()), known) for pk, story in stories.items()}


def found(story: Story, total: int, former: Iterable[int] = (), known: dict[int, Story] | None = None) -> list[Kin]:
    """What has something in common with this story, in no order. Four queries; the texts that it reads are `known`."""
    known = {} if known is None else known
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    ids = {*_most(_points(_tagged(story, idfs), idfs)), *_worded(story), *former} - {story.pk}
    known |= _stories(_entries(ids - known.keys()))
    others = [known[pk] for pk in ids if pk in known and known[pk].language == story.language]
    return _kin(others, idfs, {other.pk: likeness(story.text, other.text) for other in others})


def _facts() -> QuerySet[Any]:
    from articles.models.article import Article

    return Article.objects.filter(status="published").among(params("ids")).only("publish_at", "section")


FACTS = Prepared(_facts)


def by_tags(story: Story, total: int, known: Iterable[Kin]) -> list[Kin]:
    """The same without reading any text: what is `known`, and what shares tags with it today. Two queries."""
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    shared = _tagged(story, idfs)
    former = {one.pk: one for one in known}
    kin = []
    for one in FACTS.ask(ids=[*({*_most(_points(shared, idfs)), *former} - {story.pk})]):
        was = former.get(one.pk)
        tags = shared.get(one.pk) or [tag for tag in (was.tags if was else ()) if idfs.get(tag)]
        other = Story(one.pk, story.language, published=int(one.publish_at.timestamp()), section=one.section_id)
        kin.append(_in_common(other, was.likeness if was else 0.0, tags, idfs))
    return [one for one in kin if one.weight]


def total_published() -> int:
    return Section.objects.aggregate(total=Sum("story_count"))["total"] or 0


def _kin(others: list[Story], idfs: Mapping[int, float], likenesses: Mapping[int | None, float]) -> list[Kin]:
    telling = [pk for pk, points in idfs.items() if points]
    shared: dict[int | None, list[int]] = defaultdict(list)
    links = TaggedArticle.objects.filter(content_object__in=[other.pk for other in others], tag__in=telling)
    for pk, tag in links.order_by().values_list("content_object", "tag"):
        shared[pk].append(tag)
    kin = [_in_common(other, likenesses.get(other.pk, 0.0), shared[other.pk], idfs) for other in others]
    return [one for one in kin if one.weight]


def _in_common(other: Story, alike: float, tags: list[int], idfs: Mapping[int, float]) -> Kin:
    alike = round(alike, 3) if alike >= LEAST else 0.0
    tags = sorted(tags, key=lambda tag: (-idfs[tag], tag))
    weighs = round(weight((idfs[tag] for tag in tags), alike), 3)
    return Kin(other.pk or 0, alike, tags, other.published, other.section, weighs)


def _tagged(story: Story, idfs: Mapping[int, float]) -> dict[int, list[int]]:
    """The newest stories of its rarest tags, by id, with those tags."""
    telling = [pk for pk, points in sorted(idfs.items(), key=lambda pair: (-pair[1], pair[0])) if points]
    shared: dict[int, list[int]] = defaultdict(list)
    for tag, pk in TaggedArticle.objects.newest_with(telling[:TAGS], story.language):
        shared[pk].append(tag)
    return dict(shared)


def _points(shared: Mapping[int, Iterable[int]], idfs: Mapping[int, float]) -> dict[int, float]:
    return {pk: math.fsum(idfs[tag] for tag in tags) for pk, tags in shared.items()}


def _worded(story: Story) -> list[int]:
    """Ids of the newest stories of its telling words: those first that share most."""
    common: dict[int, float] = defaultdict(float)
    for word, pk in TellingWord.objects.newest_with(list(story.telling), story.language):
        common[pk] += story.text.weights[word]
    return _most(common)


def _most(common: Mapping[int, float]) -> list[int]:
    return sorted(common, key=lambda pk: (-common[pk], -pk))[:LOOKED_AT]


def _entries(ids: Iterable[int | None]) -> QuerySet[Any]:
    """The search entries of those of these stories that are published, with what else they are compared by."""
    facts = {"language": F("article__language"), "publish_at": F("article__publish_at")}
    entries = SearchEntry.objects.filter(article__in=list(ids), article__status="published")
    return entries.annotate(**facts, section=F("article__section"))


def _stories(entries: Iterable[Any], tags: Mapping[int, list[Tag]] | None = None) -> dict[int, Story]:
    """By id; with tags when they are given."""
    lexicons: dict[str, Lexicon] = {}
    stories = {}
    for entry in entries:
        pk, language = entry.article_id, entry.language
        lexicon = lexicons.get(language) or lexicons.setdefault(language, WordCounts.objects.lexicon(language))
        text = lexicon.text(*entry.parts)
        telling = lexicon.telling(text) if tags is not None else ()
        of_story = tuple((tags or {}).get(pk, ()))
        stories[pk] = Story(
            pk, language, text, tuple(telling), of_story, int(entry.publish_at.timestamp()), entry.section
        )
    return stories
