"""The queries of the desk's front: what waits for somebody, each list by an index and bounded in a large archive."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMinute
from django.db.models.lookups import IsNull

from articles import clock
from articles.models.advice_point import LINKED_STORY, PICTURE, AdvicePoint
from articles.models.by_month import ByMonth
from articles.models.byline import Byline
from articles.models.image import Image
from articles.models.revision import Revision
from articles.models.tagged_article import TaggedArticle
from articles.models.translation import Translation

if TYPE_CHECKING:
    from articles.models.article_queryset import ArticleQuerySet

MINUTE = datetime.timedelta(minutes=1)
CANDIDATES = 200  # stories of each kind that are looked through for the longest waiting and for open advice
Event = Revision.Event
HANDOVERS = (Event.SUBMITTED, Event.SENT_BACK, Event.RETURNED, Event.SCHEDULED, Event.PUBLISHED)


class DeskLists(ByMonth):
    if TYPE_CHECKING:  # article_queryset.py has it

        def among(self, ids: Any) -> ArticleQuerySet: ...

    def came_back(self) -> Self:
        """Return the drafts that an editor sent back and that nobody has handed in since."""
        return self._drafts_by_handover().filter(last_handover=Event.SENT_BACK)

    def begun_drafts(self) -> Self:
        """Return the drafts that did not come back from an editor."""
        return self._drafts_by_handover().exclude(last_handover=Event.SENT_BACK)

    def _drafts_by_handover(self) -> Self:
        return self.filter(status=self.model.Status.DRAFT).alias(last_handover=_last_handover())

    def with_last_handover(self) -> Self:
        """Annotate `last_handover` of the drafts, by which `Article.came_back` knows whether an editor sent it back."""
        of_draft = When(status=self.model.Status.DRAFT, then=_last_handover())
        return self.annotate(last_handover=Case(of_draft, default=Value("")))

    def in_review(self) -> Self:
        """Return what was handed in to the editors."""
        return self.filter(status=self.model.Status.IN_REVIEW)

    def missing_in(self, language: str) -> Self:
        """Return the stories that nobody has begun in this language."""
        begun = self.model._default_manager.filter(language=language, translation_group=OuterRef("translation_group"))
        return self.exclude(language=language).exclude(Exists(begun))

    def with_changed_original(self) -> Self:
        """Return the translations whose original says something else than when it was taken in."""
        return self.filter(pk__in=Translation.objects.changed().values("article"))

    def longest_waiting(self) -> ArticleQuerySet:
        """Return these stories, of which the least recently saved ones are read, by when they were handed in."""
        oldest = self.order_by("saved_at", "pk").values("pk")[:CANDIDATES]
        stories = self.model.objects.filter(pk__in=oldest).with_handovers()
        return stories.order_by("handed_in_at", "pk")

    def with_changes(self) -> ArticleQuerySet:
        """Return the stories over which changes wait or are scheduled, by the indexes of both."""
        stories = self.model.objects.order_by()
        waiting = stories.filter(waiting__isnull=False).values("pk")
        return self.among(waiting.union(stories.filter(due__isnull=False).values("pk")))

    def with_open_advice(self) -> ArticleQuerySet:
        """Return which of the newest published and submitted stories lack what the checklist advises."""
        status, stories = self.model.Status, self.model.objects.order_by("-publish_at", "-pk")
        others = [status.DRAFT, status.IN_REVIEW, status.WITHDRAWN]
        published = stories.filter(publish_at__isnull=False).exclude(status__in=others).values("pk")[:CANDIDATES]
        submitted = stories.in_review().order_by("-saved_at", "-pk").values("pk")[:CANDIDATES]
        kinds = (self.model.objects.order_by().filter(pk__in=ids).values("pk") for ids in (published, submitted))
        candidates: ArticleQuerySet = self.among(next(kinds).union(*kinds))
        return candidates.filter(reduce(or_, self._gaps().values()))

    def with_gaps(self) -> Self:
        """Annotate `lacks_standfirst` and so on, for each name of `_gaps`: what `with_open_advice` asks for."""
        gaps = {f"lacks_{name}": condition for name, condition in self._gaps().items()}
        return self.annotate(
            **{name: ExpressionWrapper(gap, output_field=BooleanField()) for name, gap in gaps.items()}
        )

    def _gaps(self) -> dict[str, Q]:
        """Return what a story may lack: rule of the checklist → condition. Its newest content is meant, as in the form.

        Links and columns answer for a story without changes, which may have come in otherwise than by a save.
        """
        noted = AdvicePoint.objects.filter(article=OuterRef("pk"))
        as_stored, lead = Q(waiting=None, due=None), Image.objects.filter(pk=OuterRef("lead_image"))
        signed = Byline.objects.filter(article=OuterRef("pk"))
        tagged = TaggedArticle.objects.filter(content_object=OuterRef("pk"))

        def either(is_lacking: Q, rule: str) -> Q:
            return (as_stored & is_lacking) | (~as_stored & _has(noted.filter(rule=rule)))

        def of_pictures(bare: Q) -> Q:
            shown = noted.filter(Exists(Image.objects.filter(bare, pk=OuterRef("target"))), rule=PICTURE)
            return _has(shown) | (as_stored & _has(lead.filter(bare)))

        target = self.model.objects.order_by().filter(pk=OuterRef("target"))
        return {
            "standfirst": either(Q(standfirst=""), "standfirst"),
            "author": either(~_has(signed), "author"),
            "tag": either(~_has(tagged), "tag"),
            "credit": of_pictures(Q(credit="")),
            "alt": of_pictures(Q(alt="", decorative=False)),
            "placeholder": _has(noted.filter(rule="placeholder")),
            "links": _has(noted.filter(~Exists(target.exclude(self._is_gone())), rule=LINKED_STORY)),
            "teaser_text": _has(noted.filter(rule="teaser-text")),
        }

    def _is_gone(self) -> Q:
        """Return the condition of `Publication.is_gone`."""
        status, now = self.model.Status, clock.now()
        ended = Q(status=status.PUBLISHED, unpublish_at__lte=now)
        return Q(first_published_at__lte=now) & (Q(status=status.WITHDRAWN) | ended)

    def with_handovers(self) -> Self:
        """Annotate `handed_in_at`, which is when it was saved without a record, and `sent_back_id`, of a revision."""
        handed_in = _newest_revision(event=Event.SUBMITTED).values("saved_at")[:1]
        sent_back = _newest_revision(event=Event.SENT_BACK).values("pk")[:1]
        return self.annotate(
            handed_in_at=Coalesce(Subquery(handed_in), F("saved_at")), sent_back_id=Subquery(sent_back)
        )

    def with_clashes(self, among: QuerySet[Any]) -> Self:
        """Annotate `clashes`: another of these stories is scheduled for the same minute in the same section."""
        others = among.scheduled().exclude(pk=OuterRef("pk"))  # type: ignore[attr-defined]
        near = others.filter(
            publish_at__gt=_outer_moment("publish_at", -MINUTE), publish_at__lt=_outer_moment("publish_at", MINUTE)
        )
        # The sum keeps SQLite from reading a whole section by its index.
        same_section = near.alias(of_section=F("section_id") + 0).filter(of_section=OuterRef("section_id"))
        same_minute = same_section.alias(minute=TruncMinute("publish_at")).filter(
            minute=TruncMinute(_outer_moment("publish_at"))
        )
        return self.annotate(clashes=Exists(same_minute))

    def first_of_each(self, lists: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
        """Return name → the stories of each list, in its order, as this QuerySet loads them.

        The lists are limited. Two queries however many there are.
        """
        parts = [
            self.model.objects.order_by().filter(pk__in=stories.values("pk")).values_list("pk", Value(name))
            for name, stories in lists.items()
        ]
        found: dict[str, list[int]] = {name: [] for name in lists}
        for pk, name in parts[0].union(*parts[1:], all=True) if parts else ():
            found[name].append(pk)
        stories = self.in_bulk({pk for ids in found.values() for pk in ids}) if any(found.values()) else {}
        return {
            name: _in_order([stories[pk] for pk in ids if pk in stories], lists[name].query.order_by)
            for name, ids in found.items()
        }


def _newest_revision(**conditions: Any) -> QuerySet[Revision]:
    return Revision.objects.filter(article=OuterRef("pk"), **conditions).newest_first()


def _last_handover() -> Coalesce:
    """Return the event by which the story changed hands last; "" for a story that never did."""
    return Coalesce(Subquery(_newest_revision(event__in=HANDOVERS).values("event")[:1]), Value(""))


def _has(rows: QuerySet[Any]) -> Q:
    """Return whether a story has such a row. PostgreSQL would read all rows of a table for an Exists among an OR."""
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def _outer_moment(name: str, later_by: datetime.timedelta | None = None) -> ExpressionWrapper[Any]:
    """Return this moment of the outer query's row, or one that is later."""
    moment = OuterRef(name) + later_by if later_by else OuterRef(name)
    return ExpressionWrapper(moment, output_field=DateTimeField())


def _in_order(stories: list[Any], order: Any) -> list[Any]:
    """Sort the stories by these names of attributes, of which “-” says that the highest is first."""
    for name in reversed(order):
        stories.sort(key=lambda story: getattr(story, name.removeprefix("-")), reverse=name.startswith("-"))
    return stories
