"""An ordered place of an author on a story, with a role."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.listing import Listing


class BylineRole(models.TextChoices):
    AUTHOR = "author", _("author")
    CONTRIBUTOR = "contributor", _("with")
    PHOTOGRAPHER = "photographer", _("pictures")
    TRANSLATOR = "translator", _("translation")
    EDITOR = "editor", _("edited by")


class Byline(Listing):
    """A person's place on a story. Everybody may have a place; machines and teasers are told who wrote."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", models.PROTECT, related_name="bylines")
    role = models.CharField(_("role"), max_length=20, choices=BylineRole, default=BylineRole.AUTHOR)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="byline_once_a_story"),
        ]
        indexes = [
            models.Index(
                fields=["author", "status", "language", "-publish_at", "-article"],
                name="byline_author_newest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.author)

    @property
    def credit(self) -> str:
        """Return what schema.org, Dublin Core and Atom call the person: author, contributor, editor or translator."""
        return CREDITS.get(self.role, "contributor")


CREDITS: dict[str, str] = {
    BylineRole.AUTHOR: "author",
    BylineRole.CONTRIBUTOR: "author",
    BylineRole.PHOTOGRAPHER: "contributor",
    BylineRole.EDITOR: "editor",
    BylineRole.TRANSLATOR: "translator",
}


def group_by_credit(bylines: Iterable[Byline]) -> dict[str, list[Byline]]:
    """Return the bylines by their credit, in their order; "author" is there first, if only as an empty list.

    Where nobody wrote, whoever took the pictures is the author, as of a photo story.
    """
    groups: dict[str, list[Byline]] = {"author": []}
    for byline in bylines:
        groups.setdefault(byline.credit, []).append(byline)
    if not groups["author"]:
        groups["author"] = groups.pop("contributor", [])
    return groups
