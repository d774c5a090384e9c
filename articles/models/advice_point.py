"""What the checklist advises about a story's newest content, noted at each save: lists ask without reading a text.

What the content alone answers is noted by the name of the rule. Where other rows answer, such as those of pictures that
get their credit later, the pictures and stories that the content names are noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from articles import excerpts, richtext
from articles.checklist import OF_CONTENT
from articles.findings import StoryFacts
from articles.models import content as contents
from articles.models.content import Content
from articles.sql.lookups import LARGEST_INTEGER

PICTURE, LINKED_STORY = "picture", "linked-story"


class AdvicePointQuerySet(models.QuerySet["AdvicePoint"]):
    def note(self, article: Any, content: Content) -> None:
        """Note the points of this content, the newest one of the story, in place of those of an older one."""
        known = {(point.rule, point.target): point.pk for point in self.filter(article=article.pk)}
        wanted = dict.fromkeys(points_of(contents.fill_missing_fields(content, lambda: article.stored_content)))
        if gone := [pk for point, pk in known.items() if point not in wanted]:
            self.filter(pk__in=gone).delete()
        new = [point for point in wanted if point not in known]
        self.bulk_create(self.model(article_id=article.pk, rule=rule, target=target) for rule, target in new)


class AdvicePoint(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="advice_points", db_index=False)
    rule = models.CharField(max_length=20)  # of the checklist, or PICTURE or LINKED_STORY
    target = models.BigIntegerField(default=0)  # id of what the content names; that may be gone

    objects = AdvicePointQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "rule", "target"], name="advice_point_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.target}"


def points_of(content: Content) -> Iterator[tuple[str, int]]:
    """Yield (rule or kind, id of what is named) of a whole content."""
    facts = StoryFacts(content=content)
    yield from ((finding.rule, 0) for finding in (rule(facts) for rule in OF_CONTENT) if not finding.passed)
    yield from ((PICTURE, pk) for pk in contents.picture_ids(content))
    named = {number for number, words in richtext.find_story_links(content["body"]) if excerpts.plain_text(words)}
    linked = (number for number in richtext.find_story_ids(content["body"]) if number in named)
    yield from ((LINKED_STORY, min(number, LARGEST_INTEGER)) for number in linked)
