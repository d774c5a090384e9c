"""Which stories a story's page points to, how they invite, and why they are there.

Two zones: five compact teasers, then six long ones. An editor's pins come first, in the editor's order; then what
shares rare tags, newer rather than older; then the newest of the section and of the site. No story twice on a page.
Two queries, whatever the size of the archive: candidates come from the newest links of each tag, by index.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, ArticleQuerySet, RelatedChoice, Section, Tag, TaggedArticle
from articles.slugs import tag_key

COMPACT = 5  # teasers
LONG = 6  # teasers
TAGS = 8  # of the story's tags, the rarest, that bring candidates
LINKS = 40  # newest links of each of them
UBIQUITOUS = 5  # a tag on more than one story in so many says nothing
SECTION_BONUS = 0.5  # like a tag on three stories in five
HALF_LIFE = 30  # days in which a story loses half its weight …
FLOOR = 0.2  # … down to this part, so that strong background can win
LATEST = COMPACT + LONG + 10  # newest stories to fall back on; near-duplicates and chosen ones fall out


@dataclass(frozen=True)
class Reason:
    """Why a story is there. `str()` says it to an editor, `short` to a reader ("" when it needs no words)."""

    kind: Literal["pinned", "tags", "section", "latest"]
    tags: tuple[Tag, ...] = ()  # shared, rarest first
    days: int = 0
    by: str = ""
    section: str = ""
    score: float = 0.0

    def __str__(self) -> str:
        match self.kind:
            case "pinned":
                return _("pinned by %(name)s") % {"name": self.by} if self.by else _("pinned")
            case "tags":
                age = ngettext("%(days)d day old", "%(days)d days old", self.days) % {"days": self.days}
                return _("shares %(tags)s; %(age)s") % {"tags": ", ".join(map(_counted, self.tags)), "age": age}
            case "section":
                return _("latest in %(section)s") % {"section": self.section}
        return _("latest on the site")

    @property
    def short(self) -> str:
        return _("More on %(tag)s") % {"tag": self.tags[0].name} if self.kind == "tags" else ""


@dataclass(frozen=True)
class Teaser:
    """`story` (with teaser parts) invites with `text`, cut for its zone, because of `reason`."""

    story: Article
    text: str
    reason: Reason


@dataclass(frozen=True)
class Related:
    compact: list[Teaser] = field(default_factory=list)
    long: list[Teaser] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    pk: int
    headline: str
    section_id: int
    publish_at: datetime.datetime
    tags: tuple[Tag, ...]
    total: int  # published stories on the site


def related(article: Article, at: datetime.datetime | None = None) -> Related:
    """Both zones of this story's page as the public sees them at `at` (now); also for an unsaved story."""
    at = at or timezone.now()
    minute = at.replace(second=0, microsecond=0)  # in which scores stay the same
    ranked = rank(article, _candidates(article, at), minute)
    return _fill(article, ranked, _stories(article, [pk for pk, _reason in ranked], at))


def idf(stories: int, total: int) -> float:
    """ln((total + 1) / (stories + 1)); 0 for a tag on more than a fifth of all stories."""
    if stories * UBIQUITOUS > total:
        return 0.0
    return math.log((total + 1) / (stories + 1))


def recency(age: datetime.timedelta) -> float:
    """1 for a new story, halved every HALF_LIFE days, never under FLOOR."""
    days = max(0.0, age / datetime.timedelta(days=1))
    return float(max(FLOOR, 0.5 ** (days / HALF_LIFE)))


def score(article: Article, candidate: Candidate, at: datetime.datetime) -> float:
    """0 when the two are not related: no shared tag that says something."""
    shared = sum(idf(tag.story_count, candidate.total) for tag in candidate.tags)
    if not shared:
        return 0.0
    bonus = SECTION_BONUS if candidate.section_id == article.section_id else 0.0
    return (shared + bonus) * recency(at - candidate.publish_at)


def rank(article: Article, candidates: list[Candidate], at: datetime.datetime) -> list[tuple[int, Reason]]:
    """(id, reason) of the related ones, best first; ties newest first, then by id; near-duplicates collapsed."""
    scored = [(score(article, candidate, at), candidate) for candidate in candidates]
    scored = [pair for pair in scored if pair[0] > 0]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].publish_at.timestamp(), -pair[1].pk))
    best = collapse(scored[: 4 * (COMPACT + LONG)])
    return [(candidate.pk, _tags_reason(candidate, points, at)) for points, candidate in best]


def collapse(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Without those whose headline nearly repeats a newer one's; the order stays."""
    kept: list[tuple[set[str], int]] = []
    for _points, candidate in sorted(scored, key=lambda pair: (pair[1].publish_at, pair[1].pk), reverse=True):
        words = set(tag_key(candidate.headline).split())
        if not any(_alike(words, others) for others, _pk in kept):
            kept.append((words, candidate.pk))
    wanted = {pk for _words, pk in kept}
    return [pair for pair in scored if pair[1].pk in wanted]


def _alike(words: set[str], others: set[str]) -> bool:
    """Four words in five are the same."""
    return len(words & others) * 5 >= len(words | others) * 4


_total = Section.objects.order_by().annotate(all=Value(1)).values("all").annotate(n=Sum("story_count")).values("n")


def _candidates(article: Article, at: datetime.datetime) -> list[Candidate]:
    tags = {tag.pk: tag for tag in sorted(article.tags_in_order, key=lambda tag: (tag.story_count, tag.pk))[:TAGS]}
    if not tags:
        return []
    rows = (
        _eligible(article, at)
        .exclude(label=Article.Label.SPONSORED)
        .among(_newest_links(tags, article.language))
        .filter(taggings__tag__in=list(tags))
        .order_by("pk")
        .annotate(total=Subquery(_total))
        .values_list("pk", "headline", "section_id", "publish_at", "total", "taggings__tag")
    )
    shared: dict[tuple[Any, ...], list[Tag]] = defaultdict(list)
    for *story, tag in rows:
        shared[tuple(story)].append(tags[tag])
    order = list(tags.values())
    return [
        Candidate(pk, headline, section, publish_at, tuple(sorted(found, key=order.index)), total)
        for (pk, headline, section, publish_at, total), found in shared.items()
    ]


def _newest_links(tags: Iterable[int], language: str) -> QuerySet[Any, Any]:
    """Story ids of each tag's newest links; one index range a tag."""
    parts = [
        TaggedArticle.objects.order_by()
        .filter(
            pk__in=TaggedArticle.objects.filter(tag=tag, status=Article.Status.PUBLISHED, language=language)
            .order_by("-publish_at", "-content_object")
            .values("pk")[:LINKS]
        )
        .values("content_object")
        for tag in tags
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _eligible(article: Article, at: datetime.datetime) -> ArticleQuerySet:
    """What may stand beside this story at all, pinned or not."""
    stories = Article.objects.visible(at).in_language(article.language).filter(never_teased=False)
    if article.pk:
        never = _choices(article).filter(place=RelatedChoice.Place.NEVER)
        stories = stories.exclude(pk=article.pk).exclude(pk__in=never.values("story"))
    if article.translation_group:
        stories = stories.exclude(Q(translation_group__isnull=False, translation_group=article.translation_group))
    return stories


def _stories(article: Article, wanted: list[int], at: datetime.datetime) -> list[Article]:
    """The pinned and wanted stories that may be shown, and the newest of the section and of the site, in one query."""
    eligible = _eligible(article, at)
    pins = _choices(article).exclude(place=RelatedChoice.Place.NEVER)
    newest = eligible.exclude(label=Article.Label.SPONSORED).newest_first()
    queries = [eligible.among(wanted)] if wanted else []
    queries += [eligible.among(pins.values("story"))] if article.pk else []
    queries.append(Article.objects.filter(pk__in=newest.values("pk")[:LATEST]))
    if article.section:
        queries.append(Article.objects.filter(pk__in=newest.in_section(article.section).values("pk")[:LATEST]))
    pin = Subquery(pins.filter(story=OuterRef("pk")).values(pin=_PIN)[:1])
    parts = [query.with_teaser_parts().annotate(pin=pin) for query in queries]
    return list(parts[0].union(*parts[1:]))


_PIN = JSONObject(
    place="place",
    position="position",
    first="chosen_by__first_name",
    last="chosen_by__last_name",
    username="chosen_by__username",
)


def _choices(article: Article) -> QuerySet[RelatedChoice]:
    return RelatedChoice.objects.filter(article=article.pk or 0).order_by()


def _fill(article: Article, ranked: list[tuple[int, Reason]], stories: list[Any]) -> Related:
    """Reserve every pin of the page, then fill: the related ones, the section's newest, the site's newest."""
    by_id = {story.pk: story for story in stories}
    pinned = sorted((story for story in by_id.values() if story.pin), key=lambda story: story.pin["position"])
    compact, long = (
        [(story, Reason("pinned", by=_name(story.pin))) for story in pinned if story.pin["place"] == zone][:room]
        for zone, room in ((RelatedChoice.Place.COMPACT, COMPACT), (RelatedChoice.Place.LONG, LONG))
    )
    taken = {story.pk for story, _reason in compact + long}
    automatic = _in_turn(article, ranked, by_id, taken)
    compact += islice(automatic, COMPACT - len(compact))
    long += islice(automatic, LONG - len(long))
    return Related(
        [Teaser(story, story.compact_text, reason) for story, reason in compact],
        [Teaser(story, story.long_text, reason) for story, reason in long],
    )


def _in_turn(
    article: Article, ranked: list[tuple[int, Reason]], by_id: dict[int, Article], taken: set[int]
) -> Iterator[tuple[Article, Reason]]:
    """The related ones, then the section's newest, then the site's, without those taken."""
    for pk, reason in ranked:
        if pk in by_id and pk not in taken:
            taken.add(pk)
            yield by_id[pk], reason
    rest = [story for pk, story in by_id.items() if pk not in taken and story.label != Article.Label.SPONSORED]
    rest.sort(key=lambda story: (story.section_id != article.section_id, -_moment(story), -story.pk))
    for story in rest:
        if story.section_id == article.section_id and story.section:
            yield story, Reason("section", section=story.section.label)
        else:
            yield story, Reason("latest")


def _tags_reason(candidate: Candidate, points: float, at: datetime.datetime) -> Reason:
    telling = tuple(tag for tag in candidate.tags if idf(tag.story_count, candidate.total))
    return Reason("tags", telling, days=max(0, (at - candidate.publish_at).days), score=points)


def _counted(tag: Tag) -> str:
    return ngettext("%(tag)s (%(n)d story)", "%(tag)s (%(n)d stories)", tag.story_count) % {
        "tag": tag.name,
        "n": tag.story_count,
    }


def _name(pin: dict[str, Any]) -> str:
    """Of who pinned it, "" when nobody knows any more."""
    return f"{pin['first'] or ''} {pin['last'] or ''}".strip() or pin["username"] or ""


def _moment(story: Article) -> float:
    return story.publish_at.timestamp() if story.publish_at else 0.0
