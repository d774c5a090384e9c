"""Failed sign-ins, kept in the database so that all processes and machines count together."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock

COUNTING_WINDOW = timedelta(minutes=15)


class FailedSignInQuerySet(models.QuerySet["FailedSignIn"]):
    def wait(self, key: str, limit: int) -> timedelta:
        """Return how long until fewer than `limit` failures of this key are in the window; zero if that is true now."""
        now = clock.now()
        failures = self.filter(key=key, at__gt=now - COUNTING_WINDOW).order_by("-at")
        oldest_that_counts = failures.values_list("at", flat=True)[limit - 1 : limit].first()
        return oldest_that_counts + COUNTING_WINDOW - now if oldest_that_counts else timedelta()

    def record(self, *keys: str) -> None:
        """Record one failure for each key and forget those that no longer count."""
        now = clock.now()
        self.filter(at__lte=now - COUNTING_WINDOW).delete()
        self.bulk_create([self.model(key=key, at=now) for key in keys])


class FailedSignIn(models.Model):
    key = models.CharField(_("key"), max_length=64, help_text=_("A keyed hash of who failed to sign in."))
    at = models.DateTimeField(_("time"), db_index=True)

    objects = FailedSignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        indexes = [models.Index(fields=["key", "at"], name="failed_sign_in_key_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"
