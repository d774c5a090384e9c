"""What somebody who may not publish proposes for a picture that readers see: other words, another crop.

What a row proposes never changes: to propose again withdraws the former proposal. Accepting one therefore accepts what
was read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.follow_up import FollowUp
from articles.models.image import FORMER_FILE_KEPT, IMAGE_CROP, IMAGE_FILE, IMAGE_WORDS, Image
from articles.models.proposal import Proposal, ProposalQuerySet
from articles.models.stored_content import WholeJSON

if TYPE_CHECKING:
    from articles.users import User


class ImageProposalQuerySet(ProposalQuerySet["ImageProposal"]):
    def decided(self) -> ImageProposalQuerySet:
        """Return those that were accepted or declined, the last decision first."""
        return self.filter(state__in=[ImageProposal.State.ACCEPTED, ImageProposal.State.DECLINED]).order_by(
            "-decided_at", "-pk"
        )

    def seen_by(self, user: User) -> ImageProposalQuerySet:
        """Return those that this person may read: those that they decide, and their own."""
        if not ImageProposal.may_be_decided_by(user):
            return self.filter(proposed_by=user)
        if not user.section_limits:
            return self
        return self.filter(
            models.Q(image__in=Image.objects.editable_by(user).values("pk")) | models.Q(proposed_by=user)
        )

    @transaction.atomic
    def propose(self, image: Image, by: User, values: Mapping[str, Any]) -> ImageProposal | None:
        """Let these values wait for somebody who may publish, instead of what `by` proposed before.

        None when nothing differs from the picture. Raises ValidationError by field.
        """
        locked = Image.objects.select_for_update().get(pk=image.pk)  # two clicks propose one after the other
        before = locked.values(values)
        values = {name: value for name, value in values.items() if value != before[name]}
        locked.assign(values)
        self.withdraw_of(image, by)
        if not values:
            return None
        return self.create(image=image, proposed_by=by, proposed=values, before={name: before[name] for name in values})

    def withdraw_of(self, image: Image, by: User | None) -> None:
        """End what this person proposed for the picture: they change it, or propose something else."""
        mine = self.open().filter(image=image, proposed_by=by).exclude(proposed_by=None)
        files = [proposal.folder for proposal in mine if proposal.folder]
        if mine.record_decision(ImageProposal.State.WITHDRAWN, by) and files:
            FollowUp.objects.request(FollowUp.Kind.FILES, files, after=FORMER_FILE_KEPT)

    def record_replacement(self, former: Image, image: Image, by: User | None) -> None:
        """Record that the picture got another file at once, so that the former one can be put back."""
        decided = {"decided_by": by, "decided_at": clock.now(), "state": ImageProposal.State.ACCEPTED}
        file = {"proposed": image.values(IMAGE_FILE), "before": former.values(IMAGE_FILE)}
        self.create(image=image, proposed_by=by, **file, **decided)


class ImageValues(WholeJSON):
    """Values of a picture by field, read without those fields that it no longer has, or has only in a later version."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> dict[str, Any]:
        stored = super().from_db_value(value, expression, connection)
        known = (*IMAGE_WORDS, *IMAGE_CROP, *IMAGE_FILE)
        return {name: stored[name] for name in stored if name in known} if isinstance(stored, dict) else {}


class ImageProposal(Proposal):
    # Who may publish may change what readers see, in the sections that are theirs: see `Image.may_be_changed_by`.
    PERMISSIONS_TO_DECIDE: ClassVar = ["articles.change_image", "articles.publish_article"]

    image = models.ForeignKey(Image, models.CASCADE, related_name="proposals")
    proposed = ImageValues()  # field of the picture → what it is to be
    before = ImageValues()  # the values that it replaces, as they were when this was proposed

    objects = ImageProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for a picture")
        verbose_name_plural = _("proposals for pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "proposed_by"], condition=models.Q(state="open"), name="image_proposal_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["proposed_at"], condition=models.Q(state="open"), name="image_proposal_open"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}: {', '.join(self.proposed)}"

    @property
    def folder(self) -> str:
        """Return the folder of the file that it proposes, "" if it proposes none."""
        return str(self.proposed.get("file", "")).rpartition(".")[0]

    def former_file(self, image: Image) -> dict[str, Any]:
        """Return the values that put the former file back; {} if it is gone, or has been replaced again since."""
        former = {name: self.before[name] for name in IMAGE_FILE if name in self.before}
        is_newest = self.state == self.State.ACCEPTED and self.proposed.get("content_hash") == image.content_hash
        return former if is_newest and "file" in former and default_storage.exists(former["file"]) else {}

    def replaced(self, image: Image) -> str:
        """Return a digest of what it would replace in the picture."""
        names = set(image.columns_to_write(self.proposed)) - {"renditions"}
        values = image.values(names)
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]

    def accept(self, by: User, seen: str) -> None:
        """Change the picture as proposed, if what it replaces is what `by` has seen: see `replaced`.

        Raises PermissionDenied, ValidationError, and OSError as `Image.revise`.
        """
        self._require(by)
        image = Image.objects.get(pk=self.image_id)
        unreadable = image.prepare(self.proposed)
        with transaction.atomic():
            locked = Image.objects.select_for_update().filter(pk=self.image_id).first()
            self._decide(self.State.ACCEPTED, by)
            if locked is None or self.replaced(locked) != seen:
                raise ValidationError(gettext("The picture has been changed in the meantime: check it again."))
            image.save(update_fields=image.columns_to_write(self.proposed))
            if self.folder:
                image.follow_replacement(locked)
        if unreadable:
            raise unreadable

    @transaction.atomic
    def decline(self, by: User, answer: str = "") -> None:
        """Leave the picture as it is. Raises PermissionDenied, ValidationError."""
        self._require(by)
        self._decide(self.State.DECLINED, by, answer)

    @transaction.atomic
    def withdraw(self, by: User) -> None:
        """Take the proposal back, as the one who proposed it. Raises PermissionDenied or ValidationError."""
        if by.pk != self.proposed_by_id:
            raise PermissionDenied
        self._decide(self.State.WITHDRAWN, by)

    def _require(self, by: User | None) -> None:
        super()._require(by)
        if by is not None and not self.image.may_be_changed_by(by):
            raise PermissionDenied  # a story of another section shows it

    def _decide(self, state: str, by: User | None, answer: str = "") -> None:
        super()._decide(state, by, answer)
        if self.folder and state != self.State.ACCEPTED:
            FollowUp.objects.request(FollowUp.Kind.FILES, [self.folder], after=FORMER_FILE_KEPT)
