"""Copies of stories: a new draft that begins with what another story says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from articles import clock
from articles.models import choices
from articles.models.content import RELATED_PLACES, Edit
from articles.models.pending_changes import PendingChanges

if TYPE_CHECKING:
    from articles.users import User

# What belongs to the story itself and not to what it says: its address, and how an editor placed it.
LEFT_BEHIND = {"slug": "", "never_teased": False, **{name: [] for name in RELATED_PLACES}}


class Copying(PendingChanges):
    class Meta:
        abstract = True

    def may_be_copied_by(self, user: User) -> bool:
        """Return whether this person may read the story and write stories."""
        readable = user.has_perm("articles.view_article") or user.has_perm("articles.change_article")
        if not (readable and user.has_perm("articles.add_article")):
            return False
        return type(self).objects.seen_by(user).filter(pk=self.pk).exists()

    @transaction.atomic
    def copy(self, by: User | None) -> Self:
        """Return a new draft with what was saved last of this story, as far as it still exists.

        Dates, address, pins and versions stay behind; only an embargo that goes on comes along, because it is about
        what the text says. `by` None is a command. Raises PermissionDenied.
        """
        if by is not None and not self.may_be_copied_by(by):
            raise PermissionDenied
        content = choices.bring_up_to_date(self.newest_content, self.newest_content)
        goes_on = self.embargo_until and self.embargo_until > clock.now()
        copied = type(self)(embargo_until=self.embargo_until if goes_on else None)
        note = gettext("Copied from “%(story)s”.") % {"story": content["headline"] or self}
        copied.save_draft(by, Edit({**content, **LEFT_BEHIND}, note=note))
        return copied
