"""What somebody did, or was refused. An entry is written once; it names people by their accounts alone."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise TypeError("An entry of the audit log is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit log is pruned as a whole: AuditEntry.objects.prune().")

    def prune(self, before: datetime.datetime) -> int:
        """Delete what is older than this moment, and return how much it was."""
        old: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db).filter(at__lt=before)
        return old.delete()[0]


class AuditEntry(models.Model):
    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        SIGNED_IN = "signed in", _("signed in")
        SIGNED_OUT = "signed out", _("signed out")
        SIGN_IN_REFUSED = "sign-in refused", _("sign-in refused")
        REFUSED = "refused", _("refused")

    at = models.DateTimeField(_("when"), default=clock.now)
    # No foreign key of the database: the entry stays as it is when the account goes.
    person: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    action = models.CharField(_("what"), max_length=20, choices=Action)
    kind = models.CharField(max_length=100, blank=True)  # of the thing: its model's label in lower case
    object_id = models.CharField(max_length=200, blank=True)
    object_name = models.CharField(_("to what"), max_length=200, blank=True)  # as it was then; not of people
    account: Any = models.ForeignKey(  # the person to whom it was done
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    message = models.TextField(_("details"), blank=True)  # as Django's own log keeps it, or an English sentence
    address = models.GenericIPAddressField(_("from"), null=True)

    objects: ClassVar[Any] = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["at", "id"], name="audit_newest"),
            models.Index(fields=["person", "at", "id"], name="audit_of_person"),
            models.Index(fields=["kind", "at", "id"], name="audit_of_kind"),
            models.Index(fields=["action", "at", "id"], name="audit_of_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_id}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new entry. Raises TypeError for one that is stored already."""
        if not self._state.adding:
            raise TypeError("An entry of the audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("The audit log is pruned as a whole: AuditEntry.objects.prune().")
