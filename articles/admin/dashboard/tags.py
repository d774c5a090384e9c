"""The blocks of tags on the desk's front, for those who merge and delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.dashboard.blocks import ROWS_SHOWN, Block, Row, list_url
from articles.admin.tags.merging import merge_url
from articles.admin.tags.pairs import DuplicateTagPair, load_pairs, look_alike_pairs_at_once
from articles.models import Tag
from articles.states import format_moment_with_zone

if TYPE_CHECKING:
    from articles.users import User


def tag_blocks(user: User) -> list[Block]:
    """Return the tags that may be one, and those that nobody uses. Five queries at most."""
    if not (user.has_perm("articles.view_tag") and user.has_perm("articles.merge_tag")):
        return []
    return [_look_alikes(), _unused()]


def _look_alikes() -> Block:
    pairs = look_alike_pairs_at_once()
    rows = [_pair_row(pair) for pair in load_pairs(pairs or {}, ROWS_SHOWN)]
    none = _("No two tags look alike. Housekeeping also names tags on the same stories.")
    unknown = _("There are too many tags to compare here: open Housekeeping, which looks for names that look alike.")
    title, url = _("Tags that look alike"), reverse("admin:articles_tag_housekeeping")
    return Block("alike", title, rows, unknown if pairs is None else none, url)


def _pair_row(pair: DuplicateTagPair) -> Row:
    counts = (_stories(tag.story_count) for tag in (pair.fewer, pair.more))
    return Row(f"{pair.fewer} → {pair.more}", merge_url([pair.more, pair.fewer]), [" → ".join(counts)])


def _stories(number: int) -> str:
    return ngettext("%(count)d story", "%(count)d stories", number) % {"count": number}


def _unused() -> Block:
    rows = [_tag_row(tag) for tag in Tag.objects.unused().order_by("created_at", "pk")[:ROWS_SHOWN]]
    empty = _("Every tag older than a week is on a story, is described or has an alias.")
    return Block("unused", _("Unused tags"), rows, empty, list_url("tag", use="none"))


def _tag_row(tag: Tag) -> Row:
    created = _("created %(time)s") % {"time": format_moment_with_zone(tag.created_at)}
    return Row(tag.name, reverse("admin:articles_tag_change", args=[tag.pk]), [created])
