"""How a story will invite from other pages: its two teasers, cut as readers will see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from articles import excerpts, richtext

REST = 120  # characters of what falls away that are shown
FIELDS = ("compact_teaser", "long_teaser", "standfirst", "body")


@dataclass(frozen=True)
class TeaserPreview:
    zone: str  # compact or long
    title: str
    text: str
    rest: str  # of what it was cut from, the beginning of what falls away
    count: str  # “87 of 100 characters”
    source: str  # where the words come from
    warnings: str  # what an editor may want to mend, in sentences


def previews(texts: Mapping[str, Any]) -> list[TeaserPreview]:
    """Both zones, from what a form or a story holds in FIELDS."""
    compact, long, standfirst, body = (str(texts.get(name) or "")[:500_000] for name in FIELDS)
    body = richtext.clean(body)
    return [
        _preview("compact", _("Compact teaser"), compact, standfirst, body, excerpts.COMPACT),
        _preview("long", _("Long teaser"), long, standfirst, body, excerpts.LONG),
    ]


def answer(request: HttpRequest) -> JsonResponse:
    """For a form that is being filled in."""
    return JsonResponse({"teasers": [asdict(preview) for preview in previews(request.POST)]})


def _preview(zone: str, title: str, override: str, standfirst: str, body: str, limit: int) -> TeaserPreview:
    whole = excerpts.opening(override, standfirst, body)
    text = excerpts.cut(whole, limit)
    kept = text if text == whole else text.removesuffix(excerpts.ELLIPSIS)
    rest = whole[len(kept) :] if whole.startswith(kept) else ""
    count = _("%(count)d of %(limit)d characters") % {"count": len(excerpts.graphemes(text)), "limit": limit}
    source = _source(override, standfirst, text)
    warnings = " ".join(_warnings(override, standfirst, text, cut=text != whole))
    return TeaserPreview(zone, title, text, rest[:REST], count, source, warnings)


def _warnings(override: str, standfirst: str, text: str, *, cut: bool) -> Iterator[str]:
    if excerpts.opens_with_place(override, standfirst):
        yield _("It starts with a dateline or byline: teasers leave that out.")
    if excerpts.ends_inside_quotation(text):
        yield _("It ends inside a quotation.")
    if cut and override.strip():
        yield _("Your words are longer than the zone: they are cut.")


def _source(override: str, standfirst: str, text: str) -> str:
    if override.strip():
        return _("your own words")
    if standfirst.strip():
        return _("from the standfirst")
    return _("from the first paragraph") if text else _("nothing to show yet")
