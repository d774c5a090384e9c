"""Finds what stories have in common, among a bounded number: those that share rare tags or telling words.

A tag is half shared when one story has it and the other only mentions it: its editor may have forgotten it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from articles.models.article import Article
from articles.models.keyword import Keyword
from articles.models.related_list import Match
from articles.models.section import Section
from articles.models.tag import Tag, TagAlias
from articles.models.tagged_article import TaggedArticle
from articles.related.likeness import likeness_of_texts
from articles.related.mentions import can_be_a_name
from articles.related.profiles import StoryProfile, read_profiles
from articles.related.scoring import MENTIONED, idf, weight
from articles.slugs import tag_key
from articles.sql.compiled_query import CompiledQuery, params
from articles.terms import terms

MAX_SEARCHED_TAGS = 8  # of a story's tags, the rarest, by which others are found
MAX_COMPARED_STORIES = 60  # found by telling words, and as many found by rare tags
MIN_LIKENESS = 0.02  # less is chance


@dataclass(frozen=True)
class TagNames:
    """What names mean and how tags are spelled, looked up once for many stories."""

    tags: Mapping[str, Tag]  # by what the stories' texts say
    spellings: Mapping[Tag, list[str]]  # of the tags that they have: what a text can say

    @classmethod
    def read_for(cls, stories: Collection[StoryProfile]) -> TagNames:
        """Read the names of the language. Three queries."""
        keys = {name: tag_key(name) for name in sorted({name for story in stories for name in story.wording.names})}
        by_key = Tag.objects.by_keys(keys.values())
        tags = {name: by_key[key] for name, key in keys.items() if key in by_key}
        return cls(tags, _read_spellings(list({tag for story in stories for tag in story.tags})))


def compare_stories(stories: Mapping[int, StoryProfile], former: Mapping[int, Iterable[int]]) -> dict[int, list[Match]]:
    """Return what each has in common with those that its tags and words find, and with those that it had before."""
    known, names = dict(stories), TagNames.read_for(stories.values())
    total = Section.objects.total_published()
    return {pk: find_matches(story, total, former.get(pk, ()), known, names) for pk, story in stories.items()}


def find_matches(
    story: StoryProfile,
    total: int,
    former: Iterable[int] = (),
    known: dict[int, StoryProfile] | None = None,
    names: TagNames | None = None,
) -> list[Match]:
    """Return what has something in common with this story, in no order. Four queries, three more without `names`.

    The texts that it reads are `known` afterwards.
    """
    known = {} if known is None else known
    names = names or TagNames.read_for([story])
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    mentioned = {tag: MENTIONED * idf(tag.story_count, total) for tag in _find_mentioned_tags(story, names)}
    points = idfs | {tag.pk: half for tag, half in mentioned.items()}
    by_tags = _select_heaviest(_sum_points(_find_by_tags(story, points), points))
    ids = {*by_tags, *_find_by_words(story), *former} - {story.pk}
    known |= read_profiles(ids - known.keys())
    others = [known[pk] for pk in ids if pk in known and known[pk].language == story.language]
    return _build_matches(story, others, idfs, mentioned, names)


PUBLICATION_FACTS = CompiledQuery(
    lambda: Article.objects.filter(status="published").among(params("ids")).only("publish_at", "section")
)


def match_by_tags(story: StoryProfile, total: int, known: Iterable[Match]) -> list[Match]:
    """Return the same without reading any text: what is `known`, and what shares tags with it today. Two queries."""
    idfs = {tag.pk: idf(tag.story_count, total) for tag in story.tags}
    names = {tag.name for tag in story.tags}
    shared = _find_by_tags(story, idfs)
    former = {one.pk: one for one in known}
    matches = []
    for one in PUBLICATION_FACTS.fetch(ids=[*({*_select_heaviest(_sum_points(shared, idfs)), *former} - {story.pk})]):
        was = former.get(one.pk)
        tags = shared.get(one.pk) or [tag for tag in (was.tags if was else ()) if idfs.get(tag)]
        published = int(one.publish_at.timestamp()) if one.publish_at else 0
        other = StoryProfile(one.pk, story.language, published=published, section=one.section_id)
        mentioned = {name: points for name, points in was.mentioned.items() if name not in names} if was else {}
        matches.append(_build_match(other, was.likeness if was else 0.0, tags, idfs, mentioned))
    return [one for one in matches if one.weight]


def _build_matches(
    story: StoryProfile,
    others: list[StoryProfile],
    idfs: Mapping[int, float],
    mentioned: Mapping[Tag, float],
    names: TagNames,
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
        alike = likeness_of_texts(story.text, other.text)
        matches.append(_build_match(other, alike, [pk for pk in telling if pk in has], idfs, halves))
    return [one for one in matches if one.weight]


def _build_match(
    other: StoryProfile, alike: float, tags: list[int], idfs: Mapping[int, float], mentioned: Mapping[str, float]
) -> Match:
    alike = round(alike, 3) if alike >= MIN_LIKENESS else 0.0
    tags = sorted(tags, key=lambda tag: (-idfs[tag], tag))
    mentioned = {name: round(points, 3) for name, points in sorted(mentioned.items())}
    weighs = round(weight([*(idfs[tag] for tag in tags), *mentioned.values()], alike), 3)
    return Match(other.pk or 0, alike, tags, other.published, other.section, weighs, mentioned)


def _find_mentioned_tags(story: StoryProfile, names: TagNames) -> list[Tag]:
    """Return the tags that its words name in whatever spelling, that others use and that it does not have."""
    tags = [names.tags[name] for name in sorted(story.wording.names) if name in names.tags]
    return [tag for tag in dict.fromkeys(tags) if tag.story_count and tag not in story.tags]


def _read_spellings(tags: list[Tag]) -> dict[Tag, list[str]]:
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


def _find_by_tags(story: StoryProfile, idfs: Mapping[int, float]) -> dict[int, list[int]]:
    """Return {id: shared tags} of the newest stories that have one of its rarest tags."""
    alone = {tag.pk for tag in story.tags if tag.story_count <= bool(story.published)}
    others = [(points, pk) for pk, points in idfs.items() if points and pk not in alone]
    telling = [pk for _points, pk in sorted(others, key=lambda pair: (-pair[0], pair[1]))]
    shared: dict[int, list[int]] = defaultdict(list)
    for tag, pk in TaggedArticle.objects.newest_with(telling[:MAX_SEARCHED_TAGS], story.language):
        shared[pk].append(tag)
    return dict(shared)


def _sum_points(shared: Mapping[int, Iterable[int]], idfs: Mapping[int, float]) -> dict[int, float]:
    """Return {id: points} of stories by the tags that they share."""
    return {pk: math.fsum(idfs[tag] for tag in tags) for pk, tags in shared.items()}


def _find_by_words(story: StoryProfile) -> list[int]:
    """Return ids of the stories that share the heaviest of its telling words, the closest first."""
    common: dict[int, float] = defaultdict(float)
    for word, pk, weight_there in Keyword.objects.heaviest_with(list(story.sought), story.language):
        common[pk] += story.text.weights[word] * weight_there
    return _select_heaviest(common)


def _select_heaviest(common: Mapping[int, float]) -> list[int]:
    """Return the MAX_COMPARED_STORIES ids with most weight, ties to the newest."""
    return sorted(common, key=lambda pk: (-common[pk], -pk))[:MAX_COMPARED_STORIES]
