"""Which stories a story's page points to, how they invite, and why they are there.

Two zones: five compact teasers, then six long ones. An editor's pins come first, in the editor's order; then what
shares rare tags or has a similar text, of equals the newer; then the newest of the section and of the site. No
story twice on a page.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from articles import clock, keys
from articles.models import Article
from articles.related import stories
from articles.related.candidates import EditorChoices, Search, search_for
from articles.related.reasons import Reason
from articles.related.rejected import RejectedStory, find_rejected
from articles.related.repeats import repeated_by

ZONE_SIZES = {"compact": 5, "long": 6}  # teasers a zone (RelatedChoice.Place)
TOTAL_TEASERS = sum(ZONE_SIZES.values())
PlacedStory = tuple[Article, Reason]


@dataclass(frozen=True)
class Teaser:
    """`story` (with teaser parts) invites with `text`, cut for its zone, because of `reason`."""

    story: Article
    text: str
    reason: Reason


@dataclass(frozen=True)
class RelatedZones:
    compact: list[Teaser] = field(default_factory=list)
    long: list[Teaser] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # of stories that may come to stand there (articles/keys.py)


def find_related(article: Article, at: datetime.datetime | None = None, total: int = 0) -> RelatedZones:
    """Return both zones of this story's page as the public sees them at `at` (now); also for an unsaved story.

    `total` is how many stories the site has published, 0 when the database has to count them. One query for a stored
    story with page parts; one more when many of its relatives may not be shown.
    """
    at = at or clock.now()
    return _choose_stories(search_for(article, at, total), at)


def explain_related(article: Article, at: datetime.datetime | None = None) -> tuple[RelatedZones, list[RejectedStory]]:
    """Return both zones, and the first relatives that are not in them, with why. Two queries more."""
    at = at or clock.now()
    search = search_for(article, at)
    zones = _choose_stories(search, at)
    return zones, find_rejected(search, at, [teaser.story.pk for teaser in zones.compact + zones.long])


def _choose_stories(search: Search, at: datetime.datetime) -> RelatedZones:
    """Fill the zones with the first candidates alone when they are enough; else with all, and the newest too."""
    if len(search.ranked_ids) + len(search.choices.pins) >= TOTAL_TEASERS:
        related = _fill_zones(search, at, with_latest=False)
        if len(related.compact) + len(related.long) == TOTAL_TEASERS:
            return related
    return _fill_zones(search, at, with_latest=True)


def _fetch_candidates(search: Search, at: datetime.datetime, *, with_latest: bool) -> list[Article]:
    """Return related and pinned stories that may stand there; perhaps the newest of section and site. One query."""
    article = search.article
    about: dict[str, Any] = {"excluded_ids": search.excluded_ids, "language": article.language, "at": at}
    candidate_ids = search.candidate_ids(everything=with_latest)
    if with_latest:
        return stories.fetch_eligible_and_latest(candidate_ids, section=article.section_id, **about)
    return stories.fetch_eligible(candidate_ids, **about)


def _fill_zones(search: Search, at: datetime.datetime, *, with_latest: bool) -> RelatedZones:
    """Return both zones, filled with what one query finds."""
    article, choices = search.article, search.choices
    found = _fetch_candidates(search, at, with_latest=with_latest)
    candidate_ids = set(search.candidate_ids(everything=with_latest))
    by_id = {story.pk: story for story in found if story.pk in candidate_ids}
    latest = sorted(found, key=lambda story: _latest_first(story, article)) if with_latest else []
    zones = {zone: _list_pinned(zone, room, choices, by_id) for zone, room in ZONE_SIZES.items()}
    there = [story for reserved in zones.values() for story, _reason in reserved]
    relatives = _without_repeats([by_id[pk] for pk in search.ranked_ids if pk in by_id], there)
    left = TOTAL_TEASERS - len(there)
    automatic = [(story, Reason("related", search.traits_of(story.pk))) for story in relatives[:left]]
    rest = _without_repeats(latest, [*there, *relatives], last_resort=True)
    automatic += [(story, _reason_for_latest(story, article)) for story in rest]
    may_come = _keys_of_candidates(search, relatives[:left], is_filled=len(relatives) >= left)
    in_turn = iter(automatic)
    for zone, room in ZONE_SIZES.items():
        zones[zone] += islice(in_turn, room - len(zones[zone]))
    return RelatedZones(
        [Teaser(story, story.compact_text, reason) for story, reason in zones["compact"]],
        [Teaser(story, story.long_text, reason) for story, reason in zones["long"]],
        may_come,
    )


def _keys_of_candidates(search: Search, shown: list[Article], *, is_filled: bool) -> list[str]:
    """Return the keys of pins, of relatives before the last one shown, and of the list that fills what is left."""
    article, before = search.article, search.ranked_ids
    if is_filled:
        before = before[: before.index(shown[-1].pk) + 1] if shown else []
    found = [keys.story(pk) for pk in (*search.choices.pins, *before)]
    if not is_filled:
        found.append(keys.stories(article.language))
    if search.is_by_tags:  # and by how rare these are
        found.append(keys.ANY)
    return found


def _list_pinned(zone: str, room: int, choices: EditorChoices, by_id: Mapping[int, Article]) -> list[PlacedStory]:
    """Return the pinned stories that readers may see, in the editor's order."""
    pins = sorted((pin.position, pk) for pk, pin in choices.pins.items() if pin.zone == zone and pk in by_id)
    return [(by_id[pk], Reason("pinned", by=choices.pins[pk].by)) for _position, pk in pins[:room]]


def _without_repeats(found: list[Article], there: list[Article], *, last_resort: bool = False) -> list[Article]:
    """Return the stories that may fill a zone beside those that are there: none twice, none that was paid for.

    Near-duplicates are left out, or stand at the end as a last resort.
    """
    ours = [story for story in found if story not in there and not story.is_paid]
    repeated = repeated_by(ours, there)
    new = [story for story in ours if story.pk not in repeated]
    return [*new, *(story for story in ours if story.pk in repeated)] if last_resort else new


def _reason_for_latest(story: Article, article: Article) -> Reason:
    if story.section and story.section_id == article.section_id:
        return Reason("section", section=story.section.label)
    return Reason("latest")


def _latest_first(story: Article, article: Article) -> tuple[bool, float, int]:
    """Return a sort key: stories of its section come first, the newest first."""
    published = story.publish_at.timestamp() if story.publish_at else 0.0
    return story.section_id != article.section_id, -published, -story.pk
