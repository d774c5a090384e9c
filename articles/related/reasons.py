"""Why a story stands beside another: in words for the desk, in fewer for readers, and as the sum that made it so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Tag
from articles.models.related_list import Match
from articles.related.scoring import LIKENESS, SECTION_BONUS, points, recency, weight


@dataclass(frozen=True)
class SharedTraits:
    """What two stories have in common. `tags` are those that say something, the rarest first.

    `mentioned` are (name, points) of those that one has and the other mentions, those with most points first. What
    all that counts, with how rare each tag is, was worked out with it: a page changes only when that does.
    """

    tags: tuple[Tag, ...] = ()
    weight: float = 0.0  # points of all that, without section and age
    likeness: float = 0.0  # of their words
    same_section: bool = False
    age: datetime.timedelta = datetime.timedelta()  # of the story that is to stand there
    mentioned: tuple[tuple[str, float], ...] = ()

    @classmethod
    def from_match(
        cls, match: Match, tags: Mapping[int, Tag], section: int | None, at: datetime.datetime
    ) -> SharedTraits:
        """Return what this relative has in common with a story of these tags and this section, at this time."""
        return cls(
            tags=tuple(tags[pk] for pk in match.tags if pk in tags),
            weight=match.weight,
            likeness=match.likeness,
            same_section=match.section == section,
            age=at - datetime.datetime.fromtimestamp(match.published, datetime.UTC),
            mentioned=tuple(sorted(match.mentioned.items(), key=lambda pair: (-pair[1], pair[0]))),
        )

    @cached_property
    def points(self) -> float:
        """Return 0 when they are not related: no tag in common that says something, and no likeness."""
        return points(self.weight, self.age.total_seconds(), same_section=self.same_section)

    @property
    def points_formula(self) -> str:
        """Return the calculation of the points: “(BVMAC 4.38 + text 46.50 + section 0.50) × age 0.9300 = 47.78”."""
        parts = []
        if self.tags:
            others = weight([half for _name, half in self.mentioned], self.likeness)
            parts.append(f"{', '.join(tag.name for tag in self.tags)} {self.weight - others:.2f}")
        parts += [_("mention of %(tag)s") % {"tag": name} + f" {half:.2f}" for name, half in self.mentioned]
        if self.likeness:
            parts.append(_("text %(points)s") % {"points": f"{LIKENESS * self.likeness:.2f}"})
        if self.same_section:
            parts.append(_("section %(points)s") % {"points": f"{SECTION_BONUS:.2f}"})
        age = _("age %(factor)s") % {"factor": f"{recency(self.age.total_seconds()):.4f}"}
        return f"({' + '.join(parts)}) × {age} = {self.points:.2f}"


@dataclass(frozen=True)
class Reason:
    """Why a story is there. `str()` says it to an editor, `short` to a reader ("" when it needs no words)."""

    kind: Literal["pinned", "related", "section", "latest"]
    traits: SharedTraits = SharedTraits()
    by: str = ""
    section: str = ""

    def __str__(self) -> str:
        return self.describe()

    def describe(self, *, with_counts: bool = True) -> str:
        """Return the reason; the numbers of stories of its tags, which count scheduled ones, are not for everybody."""
        match self.kind:
            case "pinned":
                return _("pinned by %(name)s") % {"name": self.by} if self.by else _("pinned")
            case "related":
                return describe_traits(self.traits, with_counts=with_counts)
            case "section":
                return _("latest in %(section)s") % {"section": self.section}
        return _("latest on the site")

    @property
    def short(self) -> str:
        tags = self.traits.tags
        return _("More on %(tag)s") % {"tag": tags[0].name} if tags else ""


def describe_traits(traits: SharedTraits, *, with_counts: bool = True) -> str:
    """Return “shares BVMAC (7 stories), mention of Douala, similar text (31%); 3 days old”."""
    reasons = []
    if traits.tags:
        tags = map(_tag_with_count if with_counts else str, traits.tags)
        reasons.append(_("shares %(tags)s") % {"tags": ", ".join(tags)})
    reasons += [_("mention of %(tag)s") % {"tag": name} for name, _half in traits.mentioned]
    if traits.likeness:
        reasons.append(_("similar text (%(percent)d%%)") % {"percent": round(100 * traits.likeness)})
    days = max(0, traits.age.days)
    age = ngettext("%(days)d day old", "%(days)d days old", days) % {"days": days} if days else _("less than a day old")
    return _("%(reasons)s; %(age)s") % {"reasons": ", ".join(reasons), "age": age}


def _tag_with_count(tag: Tag) -> str:
    return ngettext("%(tag)s (%(n)d story)", "%(tag)s (%(n)d stories)", tag.story_count) % {
        "tag": tag.name,
        "n": tag.story_count,
    }
