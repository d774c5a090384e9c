"""A word that tells a public story from others, so that stories that may be like it are found by an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from articles.sql.postings import postings


class KeywordQuerySet(models.QuerySet["Keyword"]):
    def write(self, words: Mapping[int, list[Keyword]]) -> None:
        """Store these words as the only ones of these stories (by id). What is stored already is not written."""
        stored: dict[int, set[tuple[object, ...]]] = {pk: set() for pk in words}
        for word in self.filter(article__in=words):
            stored[word.article_id].add(word.values)
        changed = {pk: new for pk, new in words.items() if {word.values for word in new} != stored[pk]}
        if not changed:
            return
        with transaction.atomic():
            self.filter(article__in=[pk for pk in changed if stored[pk]]).delete()
            Keyword.objects.bulk_create([word for new in changed.values() for word in new])

    def heaviest_with(self, words: list[str], language: str) -> list[tuple[Any, ...]]:
        """Return (word, story id, weight) of the stories that each word tells most of. One query, a range a word."""
        order = "weight DESC, article_id DESC"
        return postings("articles_keyword", "word, article_id, weight", order, words, language)


class Keyword(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="keywords")
    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    weight = models.FloatField(default=0)  # of the word in the story, from 0 to 1 for its only one

    objects = KeywordQuerySet.as_manager()

    class Meta:
        verbose_name = "keyword"
        verbose_name_plural = "keywords"
        indexes = [
            models.Index(fields=["language", "word", "-weight", "-article"], name="keyword_heaviest"),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def values(self) -> tuple[str, str, float]:
        return self.language, self.word, self.weight
