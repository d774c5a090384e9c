"""Proposals for a picture that readers see, on the picture's page, where those who may publish decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.log_messages import log_message
from articles.models import Image, ImageProposal
from articles.models.image import IMAGE_FILE
from articles.states import name_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

DECIDED = 5  # last decisions shown


@dataclass(frozen=True)
class ProposedField:
    """One field of the picture."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ProposalDetails:
    """A proposal as the picture's page shows it."""

    proposal: ImageProposal
    lines: list[ProposedField]
    seen: str  # the state of the picture that it is compared with
    is_own: bool
    can_be_undone: bool = False  # another file, whose former one is still there


def proposals_context(image: Image, user: User) -> dict[str, Any]:
    """Return what templates/desk/admin/articles/image/_proposals.html is given."""
    decides_all = not user.section_limits or image.may_be_changed_by(user)
    proposals = image.proposals.seen_by(user).select_related("proposed_by", "decided_by")
    return {
        "proposals": [describe_proposal(proposal, user, image) for proposal in proposals.open()],
        "decided": [describe_decided(proposal, user, image) for proposal in proposals.decided()[:DECIDED]],
        "may_decide": ImageProposal.may_be_decided_by(user) and decides_all,
    }


def describe_decided(proposal: ImageProposal, user: User, image: Image) -> ProposalDetails:
    """Return what was proposed beside the picture as it was then."""
    return replace(describe_proposal(proposal, user), can_be_undone=bool(proposal.former_file(image)))


def describe_proposal(proposal: ImageProposal, user: User, image: Image | None = None) -> ProposalDetails:
    """Return the proposal beside the picture as it is now, or as it was when this was proposed."""
    old = image.values(proposal.proposed) if image else proposal.before
    shown = [name for name in proposal.proposed if name == "file" or name not in IMAGE_FILE]
    lines = [
        ProposedField(
            _field_label(name), _format_value(name, old.get(name, "")), _format_value(name, proposal.proposed[name])
        )
        for name in shown
    ]
    return ProposalDetails(
        proposal, lines, proposal.replaced(image) if image else "", user.pk == proposal.proposed_by_id
    )


def decide_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Accept, decline or withdraw, as the button says, and lead back to the picture."""
    found = ImageProposal.objects.seen_by(signed_in(request)).select_related("image", "proposed_by")
    proposal = get_object_or_404(found, pk=proposal_id)
    verb = next((name for name in ("accept", "decline", "withdraw") if f"_{name}" in request.POST), "")
    if not verb:
        return HttpResponseBadRequest("no button")
    try:
        _carry_out_decision(request, proposal, verb)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except IntegrityError:
        messages.error(request, taken())
    return HttpResponseRedirect(reverse("admin:articles_image_change", args=[proposal.image_id]))


def _carry_out_decision(request: HttpRequest, proposal: ImageProposal, verb: str) -> None:
    """Do what the button says. Raises PermissionDenied or ValidationError."""
    user, words = signed_in(request), {"name": name_of(proposal.proposed_by) or _("Somebody")}
    match verb:
        case "accept":
            try:
                proposal.accept(user, request.POST.get("seen", ""))
            except OSError:
                messages.error(request, unreadable())
            _report_decision(request, proposal, gettext_noop("Accepted what %(name)s proposed."), **words)
        case "decline":
            proposal.decline(user, request.POST.get("answer", ""))
            _report_decision(request, proposal, gettext_noop("Declined what %(name)s proposed."), **words)
        case _withdraw:
            proposal.withdraw(user)
            _report_decision(request, proposal, gettext_noop("The proposal is withdrawn."))


def _report_decision(request: HttpRequest, proposal: ImageProposal, text: str, **words: str) -> None:
    messages.success(request, _(text) % words)
    log_decision(signed_in(request), proposal.image, log_message(text, words))


def log_decision(user: User, image: Image, message: str) -> None:
    """Write this into the picture's history."""
    LogEntry.objects.log_actions(user.pk, [image], CHANGE, message, single_object=True)


def taken() -> str:
    return _("This file has just come into the library as another picture.")


def unreadable() -> str:
    return _("The picture's file cannot be read, so it is cropped as before. Tell the operator.")


def _show_file(name: str) -> str:
    """Return a file as the picture that it is, once it is deleted a word."""
    if not name or not default_storage.exists(name):
        return _("deleted")
    return format_html('<img src="{}" alt="{}" loading="lazy">', default_storage.url(name), _("Picture"))


def _field_label(name: str) -> str:
    return str(Image._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _format_value(name: str, value: Any) -> str:
    if name == "file":
        return _show_file(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value} %" if isinstance(value, int) else value or "–"
