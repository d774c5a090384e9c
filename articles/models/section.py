"""Where a story lives: Finance, Energy, Public Management."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.paths import in_language_of_page

if TYPE_CHECKING:
    from articles.users import User


def default_second_eyes() -> list[str]:
    """Return the labels that need a second pair of eyes in a new section."""
    return ["opinion", "sponsored"]


class SectionQuerySet(models.QuerySet["Section"]):
    def in_menu(self) -> SectionQuerySet:
        """Return the sections of the menu, in its order."""
        return self.filter(in_menu=True)

    def edited_by(self, user: User) -> SectionQuerySet:
        """Return the sections that are this person’s: all, unless they are limited to some.

        Without a query of its own.
        """
        if user.is_superuser:
            return self
        limits = Section.limits_for_user(user)
        return self.filter(Q(pk__in=limits.values("section")) | ~Exists(limits))

    def offered_to(self, user: User, chosen: int | None) -> SectionQuerySet:
        """Return the sections that this person may choose for a story, and the one that it has (an id)."""
        return self.edited_by(user) | self.filter(pk=chosen or 0)

    def with_first_due(self) -> SectionQuerySet:
        """Add `first_due`: when the next scheduled changes of any story go live, the same for all sections."""
        due = Section.objects.filter(articles__due_at__isnull=False).order_by("articles__due_at")
        return self.annotate(first_due=Subquery(due.values("articles__due_at")[:1]))

    def total_published(self) -> int:
        """Return how many stories the site has published."""
        return self.aggregate(total=Sum("story_count"))["total"] or 0

    def recount(self) -> None:
        """Count these sections' published stories again, in one statement: for bulk loaders."""
        counts = Section.objects.filter(pk=OuterRef("pk")).annotate(
            n=Count("articles", filter=Q(articles__status="published"))
        )
        self.update(story_count=Subquery(counts.order_by().values("n")))


class Section(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("The last part of its address."))
    other_names = models.JSONField(
        _("names in other languages"),
        default=dict,
        blank=True,
        help_text=_("By language code, for example {“fr”: “Finances”}."),
    )
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("place in the menu"), default=0, help_text=_("Low numbers first."))
    in_menu = models.BooleanField(_("in the menu"), default=True)

    second_eyes = models.JSONField(
        _("second pair of eyes"),
        default=default_second_eyes,
        blank=True,
        help_text=_("A story with one of these labels is published by somebody else than its writer."),
    )  # labels
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="sections", blank=True, editable=False)
    story_count = models.PositiveIntegerField(_("stories"), default=0, editable=False)  # published, scheduled ones too

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(slug=""), name="section_has_name_and_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return in_language_of_page(f"/section/{self.slug}/")

    @classmethod
    def limits_for_user(cls, user: User) -> models.QuerySet[Any]:
        """Return a row for each section that this person is limited to; none for those who may edit all."""
        return cls.editors.through.objects.filter(user=user)

    @property
    def label(self) -> str:
        """Return its name in the language of the page."""
        return self.other_names.get(get_language() or "") or self.name
