"""Proposals for a picture that readers see, on the picture's page, where those who may publish decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Image, ImageProposal
from articles.models.image_proposal import may_decide
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


def proposals_context(image: Image, user: User) -> dict[str, Any]:
    """Return what templates/desk/admin/articles/image/_proposals.html is given."""
    proposals = image.proposals.seen_by(user).select_related("proposed_by", "decided_by")
    return {
        "proposals": [describe_proposal(proposal, user, image) for proposal in proposals.open()],
        "decided": [describe_proposal(proposal, user) for proposal in proposals.decided()[:DECIDED]],
        "may_decide": may_decide(user),
    }


def describe_proposal(proposal: ImageProposal, user: User, image: Image | None = None) -> ProposalDetails:
    """Return the proposal beside the picture as it is now, or as it was when this was proposed."""
    old = {name: getattr(image, name) for name in proposal.proposed} if image else proposal.before
    lines = [
        ProposedField(_field_label(name), _format_value(old.get(name, "")), _format_value(new))
        for name, new in proposal.proposed.items()
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
            _report_decision(request, proposal, _("Accepted what %(name)s proposed.") % words)
        case "decline":
            proposal.decline(user, " ".join(request.POST.get("answer", "").replace("\0", " ").split())[:500])
            _report_decision(request, proposal, _("Declined what %(name)s proposed.") % words)
        case _withdraw:
            proposal.withdraw(user)
            _report_decision(request, proposal, _("The proposal is withdrawn."))


def _report_decision(request: HttpRequest, proposal: ImageProposal, message: str) -> None:
    messages.success(request, message)
    log_decision(signed_in(request), proposal.image, message)


def log_decision(user: User, image: Image, message: str) -> None:
    """Write this into the picture's history."""
    LogEntry.objects.log_actions(user.pk, [image], CHANGE, message, single_object=True)


def unreadable() -> str:
    return _("The picture's file cannot be read, so it is cropped as before. Tell the operator.")


def _field_label(name: str) -> str:
    return str(Image._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _format_value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value} %" if isinstance(value, int) else value or "–"
