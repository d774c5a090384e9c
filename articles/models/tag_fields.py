"""The columns of a tag: what its verbs and its figures work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.tag_queryset import TagQuerySet

if TYPE_CHECKING:
    from articles.models.tag import Tag

MAX_TAG_KEY_LENGTH = 120  # characters


class TagFields(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("The last part of its address.")
    )
    key = models.CharField(_("key"), max_length=MAX_TAG_KEY_LENGTH, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown on the tag's page."))
    story_count = models.PositiveIntegerField(_("stories"), default=0, editable=False)  # published, scheduled ones too
    last_used_at = models.DateTimeField(_("last use"), null=True, editable=False)  # of the same stories, the newest
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classmethod
    def all_tags(cls) -> TagQuerySet:
        """Return all tags, for the parts of a tag that are not the whole model."""
        return TagQuerySet(cast("type[Tag]", cls))
