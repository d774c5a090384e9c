"""Old URL paths, each answered with one 301 to where its story, author, section or tag is today.

A row with no target stands for what was deleted on purpose: 410. Another spelling of a tag is a TagAlias instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

PATHS_PER_QUERY = 1000
TARGETS = ("article", "author", "section", "tag")


def plain_path(target: models.Model) -> str:
    """Return its public path in the site's first language, whose addresses have no prefix; a story's own path."""
    with translation.override(settings.LANGUAGES[0][0]):
        return str(target.get_absolute_url())  # type: ignore[attr-defined]  # models of TARGETS have one


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    def record(self, path: str, target: models.Model) -> None:
        """Remember that `target` (one of TARGETS, saved) was at `path`; a path it has again is forgotten."""
        now = plain_path(target)
        self.filter(path=now).delete()
        if path and path != now:
            kind = target._meta.model_name
            targets = {name: target if name == kind else None for name in TARGETS}
            self.update_or_create(path=path, defaults=targets)

    def forget(self, paths: Sequence[str]) -> None:
        """Delete the former addresses at these paths: something else answers there now."""
        for start in range(0, len(paths), PATHS_PER_QUERY):
            self.filter(path__in=paths[start : start + PATHS_PER_QUERY]).delete()

    def close(self, path: str) -> None:
        """Record that what was at `path` is gone for good."""
        self.update_or_create(path=path, defaults=dict.fromkeys(TARGETS))

    def is_closed(self, path: str) -> bool:
        return self.filter(path=path, **dict.fromkeys(TARGETS)).exists()

    def target_of(self, path: str) -> FormerAddress | None:
        return self.filter(path=path).select_related(*TARGETS).first()


class FormerAddress(models.Model):
    path = models.CharField(_("path"), max_length=255, unique=True)
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )
    author = models.ForeignKey(
        "articles.Author", models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )
    section = models.ForeignKey(
        "articles.Section", models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )

    tag = models.ForeignKey("articles.Tag", models.CASCADE, null=True, blank=True, related_name="former_addresses")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article=None, author=None, section=None)
                | models.Q(article=None, author=None, tag=None)
                | models.Q(article=None, section=None, tag=None)
                | models.Q(author=None, section=None, tag=None),
                name="former_address_has_one_target_at_most",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def target(self) -> models.Model | None:
        """Return what it leads to today; None when what was there is gone for good."""
        return self.article or self.author or self.section or self.tag
