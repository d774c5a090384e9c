"""Finds what stories have in common, among a bounded number: those that share rare tags or telling words.

A tag is half shared when one story has it and the other only mentions it: its editor may have forgotten it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from articles.lexicon import KEYWORDS_SOUGHT, Lexicon, Text
from articles.models.keyword import Keyword
from articles.models.related_list import Match
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.tag import Tag, TagAlias
from articles.models.tagged_article import TaggedArticle
from articles.models.word_counts import WordCounts
from articles.related.likeness import likeness
from articles.related.mentions import NameMentions, can_be_a_name
from articles.related.scoring import MENTIONED, idf, weight
from articles.slugs import tag_key
from articles.sql.compiled_query import CompiledQuery, params
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
    wording: NameMentions = NameMentions()
    telling: tuple[str, ...] = ()  # words by which others find it
    sought: tuple[str, ...] = ()  # words by which it finds others
    tags: tuple[Tag, ...] = ()
    published: int = 0  # seconds since 1970; 0 for one that its tags do not count yet
    section: int | None = None


@dataclass(frozen=True)
class TagNames:
    """What names mean and how tags are spelled, looked up once for many stories."""

    tags: Mapping[str, Tag]  # by what the stories' texts say
    spellings: Mapping[Tag, list[str]]  # of the tags that they have: what a text can say

    @classmethod
    def of(cls, stories: Collection[Story]) -> TagNames:
        """Read the names of the language. Three queries."""
        keys = {name: tag_key(name) for name in sorted({name for story in stories for name in story.wording.names})}
        by_key = Tag.objects.by_keys(keys.values())
        tags = {name: by_key[key] for name, key in keys.items() if key in by_key}
        return cls(tags, _spellings(list({tag for story in stories for tag in story.tags})))


def unsaved_story(pk: int | None, language: str, tags: Iterable[Tag], headline: str, *texts: str) -> Story:
    """Return a story as somebody writes it."""
    lexicon = WordCounts.objects.lexicon(language)
    parts = terms(headline), [term for text in texts for term in terms(text)]
    text = lexicon.text(*parts)
    sought = tuple(lexicon.telling(text, KEYWORDS_SOUGHT))
    return Story(pk, language, text, NameMentions.of(*parts), sought=sought, tags=tuple(tags))


def index_stories(ids: Iterable[int]) -> dict[int, Story]:
    """Index these stories for others to find, no others of these ids; return the published ones by id."""
    ids = set(ids)
    for language in _entries(list(ids)).order_by().values_list("language", flat=True).distinct():
        WordCounts.objects.refresh_lexicon(language)
    tags: dict[int, list[Tag]] = defaultdict(list)
    for link in TaggedArticle.objects.filter(content_object__in=ids).select_related("tag").order_by("pk"):
        tags[link.content_object_id].append(link.tag)
    stories = _stories(ENTRIES.fetch(ids=[*ids]), tags)
    words: dict[int, list[Keyword]] = {pk: [] for pk in ids}
    for pk, story in stories.items():
        words[pk] = [
            Keyword(article_id=pk, language=story.language, word=word, weight=story.text.share(word))
            for word in story.telling
        ]
    Keyword.objects.write(words)
    return stories


def compare_stories(stories: Mapping[int, Story], former: Mapping[int, Iterable[int]]) -> dict[int, list[Match]]:
    """Return what each has in common with those that its tags and words find, and with those that it had before."""
    known, names = dict(stories), TagNames.of(stories.values())
    total = Section.objects.total_published()
    return {pk: find_matches(story, total, former.get(pk, ()), known, names) for pk, story in stories.items()}


def find_matches(
    story: Story,
    total: int,
    former: Iterable[int] = (),
    known: dict[int, Story] | None = None,
    names: TagNames | None = None,
) -> list[Match]:
    """Return what has something in common with this story, in no order. Four queries, three more without `names`.

    The texts that it reads are `known` afterwards.
    """
    known = {} if known is None else known
    names = names or TagNames.of([story])
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    mentioned = {tag: MENTIONED * idf(tag.story_count, total) for tag in _mentioned(story, names)}
    points = idfs | {tag.pk: half for tag, half in mentioned.items()}
    ids = {*_most(_points(_tagged(story, points), points)), *_worded(story), *former} - {story.pk}
    known |= _stories(ENTRIES.fetch(ids=[*(ids - known.keys())]))
    others = [known[pk] for pk in ids if pk in known and known[pk].language == story.language]
    return _matches(story, others, idfs, mentioned, names)


def _facts() -> QuerySet[Any]:
    from articles.models.article import Article

    return Article.objects.filter(status="published").among(params("ids")).only("publish_at", "section")


FACTS = CompiledQuery(_facts)


def match_by_tags(story: Story, total: int, known: Iterable[Match]) -> list[Match]:
    """Return the same without reading any text: what is `known`, and what shares tags with it today. Two queries."""
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    names = {tag.name for tag in story.tags}
    shared = _tagged(story, idfs)
    former = {one.pk: one for one in known}
    matches = []
    for one in FACTS.fetch(ids=[*({*_most(_points(shared, idfs)), *former} - {story.pk})]):
        was = former.get(one.pk)
        tags = shared.get(one.pk) or [tag for tag in (was.tags if was else ()) if idfs.get(tag)]
        other = Story(one.pk, story.language, published=int(one.publish_at.timestamp()), section=one.section_id)
        mentioned = {name: points for name, points in was.mentioned.items() if name not in names} if was else {}
        matches.append(_in_common(other, was.likeness if was else 0.0, tags, idfs, mentioned))
    return [one for one in matches if one.weight]


def _matches(
    story: Story, others: list[Story], idfs: Mapping[int, float], mentioned: Mapping[Tag, float], names: TagNames
) -> list[Match]:
    telling = [pk for pk, points in idfs.items() if points]
    shared: dict[int | None, set[int]] = defaultdict(set)
    tags = [*telling, *(tag.pk for tag in mentioned)]
    links = TaggedArticle.objects.filter(content_object__in=[other.pk for other in others], tag__in=tags)
    for pk, tag_id in links.order_by().values_list("content_object", "tag"):
        shared[pk].add(tag_id)
    spellings = {tag: names.spellings.get(tag, []) for tag in story.tags if idfs[tag.pk]}
    matches = []
    for other in others:
        has = shared[other.pk]
        halves = {tag.name: half for tag, half in mentioned.items() if half and tag.pk in has}
        for tag, said in spellings.items():
            if tag.pk not in has and any(map(other.wording.mentions, said)):
                halves[tag.name] = MENTIONED * idfs[tag.pk]
        alike = likeness(story.text, other.text)
        matches.append(_in_common(other, alike, [pk for pk in telling if pk in has], idfs, halves))
    return [one for one in matches if one.weight]


def _in_common(
    other: Story, alike: float, tags: list[int], idfs: Mapping[int, float], mentioned: Mapping[str, float]
) -> Match:
    alike = round(alike, 3) if alike >= LEAST else 0.0
    tags = sorted(tags, key=lambda tag: (-idfs[tag], tag))
    mentioned = {name: round(points, 3) for name, points in sorted(mentioned.items())}
    weighs = round(weight([*(idfs[tag] for tag in tags), *mentioned.values()], alike), 3)
    return Match(other.pk or 0, alike, tags, other.published, other.section, weighs, mentioned)


def _mentioned(story: Story, names: TagNames) -> list[Tag]:
    """Return the tags that its words name in whatever spelling, that others use and that it does not have."""
    tags = [names.tags[name] for name in sorted(story.wording.names) if name in names.tags]
    return [tag for tag in dict.fromkeys(tags) if tag.story_count and tag not in story.tags]


def _spellings(tags: list[Tag]) -> dict[Tag, list[str]]:
    """Return the names of each tag that a text can mention."""
    names = [(tag, tag.name) for tag in tags]
    names += [(alias.tag, alias.name) for alias in TagAlias.objects.filter(tag__in=tags).select_related("tag")]
    spellings: dict[Tag, list[str]] = defaultdict(list)
    for tag, name in names:
        words = terms(name)
        # By its key it is looked up: a name with more to it, as C.E.M.A.C., is not looked for.
        if can_be_a_name(words) and " ".join(words) == tag_key(name):
            spellings[tag].append(" ".join(words))
    return spellings


def _tagged(story: Story, idfs: Mapping[int, float]) -> dict[int, list[int]]:
    """Return the newest stories of its rarest tags that others have, by id, with those tags."""
    alone = {tag.pk for tag in story.tags if tag.story_count <= bool(story.published)}
    others = [(points, pk) for pk, points in idfs.items() if points and pk not in alone]
    telling = [pk for _points, pk in sorted(others, key=lambda pair: (-pair[0], pair[1]))]
    shared: dict[int, list[int]] = defaultdict(list)
    for tag, pk in TaggedArticle.objects.newest_with(telling[:TAGS], story.language):
        shared[pk].append(tag)
    return dict(shared)


def _points(shared: Mapping[int, Iterable[int]], idfs: Mapping[int, float]) -> dict[int, float]:
    return {pk: math.fsum(idfs[tag] for tag in tags) for pk, tags in shared.items()}


def _worded(story: Story) -> list[int]:
    """Return ids of stories that its words tell most of: those first that share most, as far as these words say."""
    common: dict[int, float] = defaultdict(float)
    for word, pk, weight_there in Keyword.objects.heaviest_with(list(story.sought), story.language):
        common[pk] += story.text.weights[word] * weight_there
    return _most(common)


def _most(common: Mapping[int, float]) -> list[int]:
    return sorted(common, key=lambda pk: (-common[pk], -pk))[:LOOKED_AT]


def _entries(ids: Any) -> QuerySet[Any]:
    """Return the search entries of the published ones of these stories, with what else they are compared by."""
    facts = {"language": F("article__language"), "publish_at": F("article__publish_at")}
    entries = SearchEntry.objects.filter(article__in=ids, article__status="published")
    return entries.annotate(**facts, section=F("article__section")).only("article", "words")


ENTRIES = CompiledQuery(lambda: _entries(params("ids")))


def _stories(entries: Iterable[Any], tags: Mapping[int, list[Tag]] | None = None) -> dict[int, Story]:
    """Return the stories by id; with tags when they are given."""
    lexicons: dict[str, Lexicon] = {}
    stories = {}
    for entry in entries:
        pk, language = entry.article_id, entry.language
        lexicon = lexicons.get(language) or lexicons.setdefault(language, WordCounts.objects.lexicon(language))
        text, wording = lexicon.text(*entry.parts), NameMentions.of(*entry.parts)
        telling = tuple(lexicon.telling(text)) if tags is not None else ()
        sought = tuple(lexicon.telling(text, KEYWORDS_SOUGHT)) if tags is not None else ()
        of_story = tuple((tags or {}).get(pk, ()))
        published = int(entry.publish_at.timestamp())
        stories[pk] = Story(pk, language, text, wording, telling, sought, of_story, published, entry.section)
    return stories
