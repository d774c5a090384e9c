"""The blocks of pictures on the desk's front: those that nobody described yet, and what colleagues propose."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.dashboard.blocks import ROWS_SHOWN, DashboardBlock, DashboardRow, list_url
from articles.models import Image, ImageProposal
from articles.states import format_moment_with_zone, name_of

if TYPE_CHECKING:
    from articles.users import User

TIME_DECIDED_SHOWN = datetime.timedelta(days=14)  # in which people are told of a decision


def picture_blocks(user: User) -> list[DashboardBlock]:
    """Return the blocks of pictures that this person can do something about. Three queries at most."""
    if not user.has_perm("articles.change_image"):
        return []
    blocks = [_undescribed(user)]
    if proposals := _proposals(user):
        rows = [_proposal_row(proposal) for proposal in proposals]
        blocks.append(DashboardBlock("proposals", _("Proposed changes to pictures"), rows, ""))
    return blocks


def _undescribed(user: User) -> DashboardBlock:
    pictures = Image.objects.undescribed()
    if not ImageProposal.may_be_decided_by(user):
        pictures = pictures.filter(uploaded_by=user)
    return DashboardBlock(
        "undescribed",
        _("Pictures without alternative text"),
        [_picture_row(picture) for picture in pictures[:ROWS_SHOWN]],
        _("Every picture says what it shows, or is marked as decorative."),
        list_url("image", missing="alt"),
    )


def _picture_row(picture: Image) -> DashboardRow:
    facts = [text for text in (picture.credit, format_moment_with_zone(picture.created_at)) if text]
    return DashboardRow(str(picture), reverse("admin:articles_image_change", args=[picture.pk]), facts)


def _proposals(user: User) -> list[ImageProposal]:
    """Return the proposals that wait for this person, or what became of their own."""
    seen = ImageProposal.objects.seen_by(user).select_related("image", "proposed_by", "decided_by")
    waiting = list(seen.open()[:ROWS_SHOWN])
    if ImageProposal.may_be_decided_by(user):
        return waiting
    lately = seen.decided().filter(decided_at__gt=clock.now() - TIME_DECIDED_SHOWN).exclude(decided_by=user)
    return waiting + list(lately[:ROWS_SHOWN])


def _proposal_row(proposal: ImageProposal) -> DashboardRow:
    state = proposal.get_state_display()
    facts = [state, name_of(proposal.proposed_by), format_moment_with_zone(proposal.proposed_at)]
    url = reverse("admin:articles_image_change", args=[proposal.image_id])
    return DashboardRow(str(proposal.image), url, [text for text in facts if text], note=proposal.answer)
