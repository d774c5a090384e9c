"""In how many stories of a language each word is used, counted in the newest ones: what makes a word common or telling.

A sample says it as well as the archive does, so that no save has to count: it is taken again while the newsroom grows,
up to STORIES_COUNTED stories, and then whenever an operator asks for it.
"""

from __future__ import annotations

from collections import Counter

from django.db import models

from articles import clock
from articles.lexicon import Lexicon
from articles.models.search_entry import SearchEntry

STORIES_COUNTED = 2000  # stories
RECOUNT_GROWTH = 1.5  # times as many stories as when they were counted last

_lexicons: dict[str, tuple[object, Lexicon]] = {}  # by language, with the time of counting


class WordCountsQuerySet(models.QuerySet["WordCounts"]):
    def lexicon(self, language: str) -> Lexicon:
        """Return the latest counts of words, which may be empty. One small query when this process has them already."""
        found = self.filter(language=language)
        counted_at = found.values_list("counted_at", flat=True).first()
        if counted_at is None:
            return Lexicon()
        known_at, lexicon = _lexicons.get(language, (None, Lexicon()))
        if known_at != counted_at:
            row = found.get()
            counted_at, lexicon = row.counted_at, Lexicon(row.stories, row.counts)
            _lexicons[language] = counted_at, lexicon
        return lexicon

    def lexicons(self) -> list[Lexicon]:
        """Return the lexicons of all languages."""
        return [self.lexicon(language) for language in self.order_by("language").values_list("language", flat=True)]

    def refresh_lexicon(self, language: str) -> Lexicon:
        """Return the lexicon of a language, counted again when the newsroom has grown much since."""
        lexicon = self.lexicon(language)
        if lexicon.stories >= STORIES_COUNTED:
            return lexicon
        stories = _published_entries(language).values("pk")[:STORIES_COUNTED].count()
        return self.recount(language) if stories >= max(2, RECOUNT_GROWTH * lexicon.stories) else lexicon

    def recount(self, language: str) -> Lexicon:
        counts: Counter[str] = Counter()
        stories = 0
        for entry in _published_entries(language).order_by("-moment")[:STORIES_COUNTED].iterator():
            headline, words = entry.parts
            counts.update({*headline, *words})
            stories += 1
        known = {word: count for word, count in sorted(counts.items()) if count > 1}
        values = {"stories": stories, "counts": known, "counted_at": clock.now()}
        self.update_or_create(language=language, defaults=values)
        return self.lexicon(language)


def _published_entries(language: str) -> models.QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(article__status="published", article__language=language)


class WordCounts(models.Model):
    language = models.CharField(max_length=10, primary_key=True)
    stories = models.PositiveIntegerField()
    counts = models.JSONField()  # by word; those that only one story has are left out
    counted_at = models.DateTimeField()

    objects = WordCountsQuerySet.as_manager()

    class Meta:
        verbose_name = "word counts"
        verbose_name_plural = "word counts"

    def __str__(self) -> str:
        return f"{self.language}: {self.stories} stories"
