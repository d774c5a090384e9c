"""What one person proposes and others decide. It waits until somebody accepts, declines or withdraws it, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.characters import tidy

if TYPE_CHECKING:
    from articles.users import User

P = TypeVar("P", bound="Proposal")
MAX_ANSWER_LENGTH = 500  # characters


class ProposalQuerySet(models.QuerySet[P]):
    def open(self) -> Self:
        """Return those that wait, the longest waiting first."""
        return self.filter(state=Proposal.State.OPEN).order_by("proposed_at", "pk")

    def record_decision(self, state: str, by: User | None, answer: str = "") -> int:
        """Write a decision about those of these proposals that still wait. Returns how many."""
        return self.open().update(**_decision(state, by, answer))


class Proposal(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("pending")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")

    PERMISSIONS_TO_DECIDE: ClassVar[list[str]]

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(_("answer"), max_length=MAX_ANSWER_LENGTH, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def may_be_decided_by(cls, user: User) -> bool:
        """Return whether this person accepts and declines such proposals."""
        return bool(user.has_perms(cls.PERMISSIONS_TO_DECIDE))

    def _require(self, by: User | None) -> None:
        if by is not None and not self.may_be_decided_by(by):
            raise PermissionDenied

    def _decide(self, state: str, by: User | None, answer: str = "") -> None:
        """Write the decision, once: of two who decide at the same moment, the second is refused."""
        fields = _decision(state, by, answer)
        if not type(self)._default_manager.filter(pk=self.pk, state=self.State.OPEN).update(**fields):
            raise ValidationError(gettext("Somebody has already decided this."))
        for name, value in fields.items():
            setattr(self, name, value)


def _decision(state: str, by: User | None, answer: str) -> dict[str, Any]:
    answer = tidy(answer)[:MAX_ANSWER_LENGTH]
    return {"state": state, "decided_by": by, "decided_at": clock.now(), "answer": answer}
