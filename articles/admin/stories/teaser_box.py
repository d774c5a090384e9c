"""Previews of a story's two teasers, cut as readers will see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from articles import excerpts, richtext

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

MAX_REST_LENGTH = 400  # characters that are shown behind the cut
TEASER_SOURCES = ("compact_teaser", "long_teaser", "standfirst", "body")


@dataclass(frozen=True)
class TeaserPreview:
    zone: str  # compact or long
    title: str
    text: str
    count: str  # “87 of 100 characters”
    source: str  # where the words come from
    rest: str  # what falls away behind the cut
    warnings: list[str]


def preview_teasers(texts: Mapping[str, Any]) -> list[TeaserPreview]:
    """Return both teasers, from the values that a form or a story has for TEASER_SOURCES."""
    compact, long, standfirst, body = (str(texts.get(name) or "")[:500_000] for name in TEASER_SOURCES)
    body = richtext.clean(body)
    return [
        _preview("compact", _("Compact teaser"), compact, standfirst, body, excerpts.COMPACT),
        _preview("long", _("Long teaser"), long, standfirst, body, excerpts.LONG),
    ]


def show_teasers(model_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Return the teasers of a form that is being filled in."""
    model_admin.require_writer(request)
    return JsonResponse({"teasers": [asdict(preview) for preview in preview_teasers(request.POST)]})


def _preview(zone: str, title: str, override: str, standfirst: str, body: str, limit: int) -> TeaserPreview:
    whole = excerpts.uncut(override, standfirst, body)
    text = excerpts.cut(whole, limit)
    count = _("%(count)d of %(limit)d characters") % {"count": len(excerpts.graphemes(text)), "limit": limit}
    kept, rest = excerpts.split_at_limit(whole, limit)
    warnings = list(_warnings(override, standfirst, kept, rest))
    return TeaserPreview(
        zone, title, text, count, _source(override, standfirst, text), rest[:MAX_REST_LENGTH], warnings
    )


def _warnings(override: str, standfirst: str, kept: str, rest: str) -> Iterator[str]:
    """Return what an editor may want to rewrite. The story itself may begin with a dateline."""
    if excerpts.opens_with_dateline(excerpts.plain_text(override.strip() or standfirst)):
        yield _("It starts with a dateline, which is left out.")
    if rest and override.strip():
        yield _("Your own text is too long for this place: it will be cut.")
    if excerpts.ends_inside_quotation(kept):
        yield _("It ends inside a quotation.")


def _source(override: str, standfirst: str, text: str) -> str:
    if override.strip():
        return _("your own text")
    if standfirst.strip():
        return _("from the standfirst")
    return _("from the first paragraph") if text else _("nothing to show yet")
