"""What stories are about, and the other spellings that lead there. Names, slugs and aliases share one namespace."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.former_address import FormerAddress
from articles.models.tag_fields import MAX_TAG_KEY_LENGTH
from articles.models.tag_queryset import TagQuerySet
from articles.models.tag_verbs import TagVerbs
from articles.models.vocabulary import path_of
from articles.paths import in_language_of_page
from articles.slugs import ascii_slug, tag_key

MERGE = "merge"  # the code of an error that a merge can help


class Tag(TagVerbs):
    # Not taggit's TagBase: that has a natural key, with which a dump leaves out the ids that versions of stories name.
    MIN_INDEXED_STORIES = 3  # search engines do not index the page of a tag with fewer

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        permissions = [("merge_tag", "Can merge tags")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(key=""), name="tag_has_name_and_key"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(story_count=0, description=""), name="tag_perhaps_unused"
            ),
        ]

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep the key true to the name and the slug never empty; nothing else happens here."""
        self.key = tag_key(self.name)
        if not self.slug:
            self.slug = self.free_slug() or f"tag-new-{uuid4().hex}"
        models.Model.save(self, *args, **kwargs)
        if self.slug.startswith("tag-new-"):
            self.slug = f"tag-{self.pk}"
            models.Model.save(self, update_fields=["slug"])

    def get_absolute_url(self) -> str:
        return in_language_of_page(f"/tag/{self.slug}/")

    def free_slug(self) -> str:
        """Return the slug that its name asks for, or the next free one; "" for a new tag whose name asks for none."""
        return _free_slug(self.name, self.pk) or (f"tag-{self.pk}" if self.pk else "")

    @property
    def reuses_a_retired_address(self) -> bool:
        """Return whether its address has answered readers that it is permanently gone."""
        return FormerAddress.objects.is_closed(path_of(self.slug))

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        key = tag_key(self.name)
        if not key:
            raise ValidationError({"name": _("A tag needs a name.")})
        _require_room(key)
        other = Tag.objects.exclude(pk=self.pk).resolve(self.name)
        if other and other.pk != self.pk:  # a rename may take up one of its own spellings
            taken = ValidationError(
                _("“%(name)s” is already the tag “%(tag)s”."), code=MERGE, params={"name": self.name, "tag": other}
            )
            raise ValidationError({"name": taken})
        if alias := TagAlias.objects.filter(slug=self.slug).exclude(tag=self.pk).select_related("tag").first():
            raise ValidationError({"slug": _("This address leads to “%(tag)s”.") % {"tag": alias.tag}})


class TagAlias(models.Model):
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(_("key"), max_length=MAX_TAG_KEY_LENGTH, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, blank=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return f"{self.name} → {self.tag}"

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep key and slug true to the name; nothing else happens here."""
        self.key = tag_key(self.name)
        self.slug = self.slug or _free_slug(self.name, self.tag_id) or f"alias-{uuid4().hex[:8]}"
        super().save(*args, **kwargs)

    @property
    def path(self) -> str:
        """Return the path that leads to the tag's page."""
        return path_of(self.slug)

    def clean(self) -> None:
        super().clean()
        key = tag_key(self.name)
        _require_room(key)
        if tag := Tag.objects.filter(key=key).first():
            if tag.pk == self.tag_id:
                raise ValidationError({"name": _("That is the name of the tag itself.")})
            raise ValidationError({"name": _("“%(name)s” is itself a tag: merge it instead.") % {"name": self.name}})
        if other := TagAlias.objects.filter(key=key).exclude(pk=self.pk).select_related("tag").first():
            raise ValidationError(
                {"name": _("“%(name)s” already leads to “%(tag)s”.") % {"name": self.name, "tag": other.tag}}
            )
        if self.slug and Tag.objects.filter(slug=self.slug).exclude(pk=self.tag_id).exists():
            raise ValidationError({"slug": _("Another tag already has this address.")})


def _require_room(key: str) -> None:
    """Raise ValidationError for a key that is too long: “œ” in a name is two letters there."""
    if len(key) > MAX_TAG_KEY_LENGTH:
        raise ValidationError({"name": _("This name is too long: shorten it.")})


def taken_by(error: ValidationError) -> Tag | None:
    """Return the tag to merge with, when a name was refused because another tag has it."""
    errors = getattr(error, "error_dict", {}).get("name", [])
    return next((one.params["tag"] for one in errors if one.code == MERGE and one.params), None)


def _free_slug(name: str, pk: int | None = None) -> str:
    """Return an ASCII slug that no alias and no tag but `pk` has; "" for a name without a letter or digit for one."""
    wanted = ascii_slug(name, max_length=80)
    slug, number = wanted, 1
    others = Tag.objects.exclude(pk=pk) if pk else Tag.objects.all()
    while slug and (others.filter(slug=slug).exists() or TagAlias.objects.filter(slug=slug).exists()):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
