"""A link by which one named outsider reads one unpublished story, until it expires or is revoked.

The address holds a random token; the database holds only its SHA-256, so a stolen copy of it opens nothing. A link is
good for as long as the person who gave it may publish: nobody keeps a key that they had as an editor.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.article import Article

if TYPE_CHECKING:
    from articles.users import User

BACKEND = "django.contrib.auth.backends.ModelBackend"  # which knows everybody's permissions
TOKEN_BYTES = 24  # 192 bits, 32 characters in an address


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def create_with_token(self, article: Article, recipient: str, days: int, by: User | None) -> tuple[ShareLink, str]:
        """Return a new link for this person, and its token, which nobody can read again."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        expires = clock.now() + datetime.timedelta(days=days)
        link = self.create(
            article=article, recipient=recipient, token_hash=_hashed(token), expires_at=expires, created_by=by
        )
        return link, token

    def open(self, at: datetime.datetime | None = None) -> ShareLinkQuerySet:
        """Return the links that lead to their story at this instant (now)."""
        people = get_user_model().objects.with_perm("articles.publish_article", backend=BACKEND)
        givers = people.filter(is_staff=True).values("pk")
        return self.filter(revoked_at=None, expires_at__gt=at or clock.now(), created_by__in=givers)

    def of_token(self, token: str) -> ShareLink | None:
        """Return the open link of this token, if its giver may still share it, with all that its page shows."""
        stories = Article.objects.with_page_parts().select_related("waiting", "due")
        links = self.open().prefetch_related(models.Prefetch("article", stories))
        link = links.select_related("created_by").filter(token_hash=_hashed(token)).first()
        giver = link.created_by if link else None
        return link if link and giver and link.article.may_be_shared_by(giver) else None


class ShareLink(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="share_links")
    recipient = models.CharField(_("for"), max_length=120, help_text=_("The name of the person who may read it."))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reads = models.PositiveIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("share link")
        verbose_name_plural = _("share links")

    def __str__(self) -> str:
        return self.recipient

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= clock.now()

    def count_read(self) -> None:
        """Count a visit. Where nothing can be written, as on a full disk, the guest reads uncounted."""
        with suppress(DatabaseError):
            type(self).objects.filter(pk=self.pk).update(reads=F("reads") + 1, last_read_at=clock.now())

    def revoke(self) -> None:
        """End the link; a second time changes nothing."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=clock.now())


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
