"""The blocks of tags on the desk's front: for those who tidy them, and for those who proposed some."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import clock
from articles.admin.dashboard.blocks import ROWS_SHOWN, DashboardBlock, DashboardRow, list_url
from articles.admin.tags.merging import merge_url
from articles.admin.tags.pairs import DuplicateTagPair, load_pairs, look_alike_pairs_at_once
from articles.models import Tag, TagProposal
from articles.states import format_moment_with_zone, name_of

if TYPE_CHECKING:
    from articles.users import User

TIME_DECIDED_SHOWN = datetime.timedelta(days=14)  # in which people are told of a decision


def tag_blocks(user: User) -> list[DashboardBlock]:
    """Return the tags that are proposed, those that may be one, and those that nobody uses. Six queries at most."""
    if not (user.has_perm("articles.view_tag") and user.has_perm("articles.merge_tag")):
        return []
    return [*_proposed(user), _look_alikes(), _unused()]


def decided_blocks(user: User) -> list[DashboardBlock]:
    """Return what became of the tags that this person proposed lately. One query, for those who propose."""
    if user.has_perm("articles.add_tag") or not user.has_perm("articles.change_article"):
        return []
    lately = TagProposal.objects.decided_for(user, clock.now() - TIME_DECIDED_SHOWN).select_related("decided_by")
    rows = [_decided_row(proposal) for proposal in lately[:ROWS_SHOWN]]
    return [DashboardBlock("decided-tags", _("Your proposed tags"), rows, "")] if rows else []


def _decided_row(proposal: TagProposal) -> DashboardRow:
    decision = str(proposal.get_state_display())
    if proposal.accepted_as and proposal.accepted_as != proposal.name:
        decision = _("accepted as “%(tag)s”") % {"tag": proposal.accepted_as}
    facts = [decision, name_of(proposal.decided_by)]
    facts += [format_moment_with_zone(proposal.decided_at)] if proposal.decided_at else []
    url = reverse("admin:articles_article_change", args=[proposal.story_id])
    return DashboardRow(proposal.name, url, [text for text in facts if text], note=proposal.answer)


def _proposed(user: User) -> list[DashboardBlock]:
    if not TagProposal.may_be_decided_by(user):
        return []
    shown = TagProposal.objects.waiting_tags()[:ROWS_SHOWN]
    url = f"{reverse('admin:articles_tag_housekeeping')}#proposals"
    tells_all = user.has_perm("articles.view_any_article")  # else the number would tell of stories that are not public
    rows = [_proposed_row(found, url, tells_all=tells_all) for found in shown]
    empty = _("No tag is proposed. What reporters propose for their stories appears here.")
    return [DashboardBlock("proposed-tags", _("Proposed tags"), rows, empty, url)]


def _proposed_row(found: Mapping[str, Any], url: str, *, tells_all: bool) -> DashboardRow:
    since = _("proposed %(time)s") % {"time": format_moment_with_zone(found["since"])}
    return DashboardRow(found["tag"], url, [_stories(found["stories"]), since] if tells_all else [since])


def _look_alikes() -> DashboardBlock:
    pairs = look_alike_pairs_at_once()
    rows = [_pair_row(pair) for pair in load_pairs(pairs or {}, ROWS_SHOWN)]
    none = _("No two tags look alike. Housekeeping also names tags on the same stories.")
    unknown = _("There are too many tags to compare here: open Housekeeping, which looks for names that look alike.")
    title, url = _("Tags that look alike"), reverse("admin:articles_tag_housekeeping")
    return DashboardBlock("alike", title, rows, unknown if pairs is None else none, url)


def _pair_row(pair: DuplicateTagPair) -> DashboardRow:
    counts = (_stories(tag.story_count) for tag in (pair.fewer, pair.more))
    return DashboardRow(f"{pair.fewer} → {pair.more}", merge_url([pair.more, pair.fewer]), [" → ".join(counts)])


def _stories(number: int) -> str:
    return ngettext("%(count)d story", "%(count)d stories", number) % {"count": number}


def _unused() -> DashboardBlock:
    rows = [_tag_row(tag) for tag in Tag.objects.unused().order_by("created_at", "pk")[:ROWS_SHOWN]]
    empty = _("Every tag older than a week is on a story, is described or has an alias.")
    return DashboardBlock("unused", _("Unused tags"), rows, empty, list_url("tag", use="none"))


def _tag_row(tag: Tag) -> DashboardRow:
    created = _("created %(time)s") % {"time": format_moment_with_zone(tag.created_at)}
    return DashboardRow(tag.name, reverse("admin:articles_tag_change", args=[tag.pk]), [created])
