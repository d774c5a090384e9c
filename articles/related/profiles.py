"""What stories are compared by: their words and tags, read from the search index, and kept for others to find them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from articles.lexicon import KEYWORDS_SOUGHT, Lexicon, WeightedWords
from articles.models.keyword import Keyword
from articles.models.search_entry import SearchEntry
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle
from articles.models.word_counts import WordCounts
from articles.related.mentions import NameMentions
from articles.sql.compiled_query import CompiledQuery, params
from articles.terms import terms


@dataclass(frozen=True)
class StoryProfile:
    """What a story is compared by."""

    pk: int | None
    language: str
    text: WeightedWords = WeightedWords({}, {})
    wording: NameMentions = NameMentions()
    telling: tuple[str, ...] = ()  # words by which others find it
    sought: tuple[str, ...] = ()  # words by which it finds others
    tags: tuple[Tag, ...] = ()
    published: int = 0  # seconds since 1970; 0 for one that its tags do not count yet
    section: int | None = None


def unsaved_profile(pk: int | None, language: str, tags: Iterable[Tag], headline: str, *texts: str) -> StoryProfile:
    """Return a story as somebody writes it."""
    lexicon = WordCounts.objects.lexicon(language)
    parts = terms(headline), [term for text in texts for term in terms(text)]
    text = lexicon.text(*parts)
    sought = tuple(lexicon.telling(text, KEYWORDS_SOUGHT))
    return StoryProfile(pk, language, text, NameMentions.from_terms(*parts), sought=sought, tags=tuple(tags))


def index_stories(ids: Iterable[int]) -> dict[int, StoryProfile]:
    """Index these stories for others to find, no others of these ids; return the published ones by id."""
    ids = set(ids)
    for language in _published_entries(list(ids)).order_by().values_list("language", flat=True).distinct():
        WordCounts.objects.refresh_lexicon(language)
    tags: dict[int, list[Tag]] = defaultdict(list)
    for link in TaggedArticle.objects.filter(content_object__in=ids).select_related("tag").order_by("pk"):
        tags[link.content_object_id].append(link.tag)
    stories = read_profiles(ids, tags)
    words: dict[int, list[Keyword]] = {pk: [] for pk in ids}
    for pk, story in stories.items():
        words[pk] = [
            Keyword(article_id=pk, language=story.language, word=word, weight=story.text.share(word))
            for word in story.telling
        ]
    Keyword.objects.write(words)
    return stories


def read_profiles(ids: Iterable[int], tags: Mapping[int, list[Tag]] | None = None) -> dict[int, StoryProfile]:
    """Return the published ones of these stories by id, with the words to find others by when tags are given."""
    lexicons: dict[str, Lexicon] = {}
    stories = {}
    for entry in PUBLISHED_ENTRIES.fetch(ids=[*ids]):
        pk, language = entry.article_id, entry.language
        lexicon = lexicons.get(language) or lexicons.setdefault(language, WordCounts.objects.lexicon(language))
        text, wording = lexicon.text(*entry.parts), NameMentions.from_terms(*entry.parts)
        telling = tuple(lexicon.telling(text)) if tags is not None else ()
        sought = tuple(lexicon.telling(text, KEYWORDS_SOUGHT)) if tags is not None else ()
        of_story = tuple((tags or {}).get(pk, ()))
        published = int(entry.publish_at.timestamp())
        stories[pk] = StoryProfile(pk, language, text, wording, telling, sought, of_story, published, entry.section)
    return stories


def _published_entries(ids: Any) -> QuerySet[Any]:
    """Return the search entries of the published ones of these stories, with what else they are compared by."""
    facts = {"language": F("article__language"), "publish_at": F("article__publish_at")}
    entries = SearchEntry.objects.filter(article__in=ids, article__status="published")
    return entries.annotate(**facts, section=F("article__section")).only("article", "words")


PUBLISHED_ENTRIES = CompiledQuery(lambda: _published_entries(params("ids")))
