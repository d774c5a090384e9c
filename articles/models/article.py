"""One piece of journalism: what readers see of it, what belongs to it, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.models import page_parts
from articles.models.article_fields import default_language
from articles.models.article_queryset import ArticleQuerySet
from articles.models.article_row import StaleStory, story_stored
from articles.models.byline import Byline, group_by_credit
from articles.models.image import Image
from articles.models.revision import Revision
from articles.models.story_links import visible_targets
from articles.models.tag import Tag
from articles.models.translating import Translating

if TYPE_CHECKING:
    from articles.models.author import Author

__all__ = ["Article", "ArticleQuerySet", "StaleStory", "default_language", "story_stored"]


class Article(Translating):
    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        permissions = [
            ("publish_article", _("Can publish, schedule and withdraw stories")),
            ("change_any_article", _("Can change everyone’s stories, including live ones")),
            ("view_any_article", _("Can open everyone’s stories")),
            ("retag_article", _("Can add and remove the tags of many stories at once")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "address_date", "slug"],
                condition=Q(address_date__isnull=False),
                name="article_address_is_unique",
            ),
            models.UniqueConstraint(fields=["translation_group", "language"], name="article_one_a_language"),
            models.CheckConstraint(
                condition=~Q(status="published")
                | Q(
                    ~Q(headline=""),
                    ~Q(slug=""),
                    publish_at__isnull=False,
                    first_published_at__isnull=False,
                    address_date__isnull=False,
                    section__isnull=False,
                ),
                name="article_published_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at=None) | Q(publish_at=None) | Q(unpublish_at__gt=F("publish_at")),
                name="article_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(embargo_until=None) | Q(publish_at__gte=F("embargo_until")),
                name="article_keeps_its_embargo",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due__isnull=False), name="article_changes_due_are_there"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "published", "withdrawn"]),
                name="article_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "language", "-publish_at", "-id"], name="article_newest"),
            models.Index(fields=["section", "status", "language", "-publish_at", "-id"], name="article_section_newest"),
            models.Index(fields=["-saved_at", "-id"], name="article_last_saved"),
            models.Index(fields=["status", "-saved_at", "-id"], name="article_status_last_saved"),
            # The desk's list, by each of its filters
            models.Index(fields=["section", "-saved_at", "-id"], name="article_section_last_saved"),
            models.Index(fields=["label", "-saved_at", "-id"], name="article_label_last_saved"),
            models.Index(fields=["language", "-saved_at", "-id"], name="article_language_last_saved"),
            models.Index(fields=["created_by", "-saved_at", "-id"], name="article_begun_by_last_saved"),
            models.Index(fields=["-publish_at", "-id"], name="article_publication"),
            models.Index(fields=["-unpublish_at"], name="article_end", condition=Q(unpublish_at__isnull=False)),
            models.Index(fields=["due_at"], name="article_changes_due", condition=Q(due_at__isnull=False)),
            # By which a database knows that no story needs a version that is deleted
            models.Index(fields=["waiting"], name="article_waiting", condition=Q(waiting__isnull=False)),
            models.Index(fields=["due"], name="article_due", condition=Q(due__isnull=False)),
        ]

    # What templates ask

    # A preview shows what a form holds before it is saved.
    preview_bylines: list[Byline] | None = None
    preview_tags: list[Tag] | None = None
    preview_related: dict[str, list[Article]] | None = None  # by the names of RELATED

    last_handover = ""  # a draft that was loaded `with_last_handover` has the event

    @property
    def came_back(self) -> bool:
        """Return whether it is a draft that an editor sent back. False where the last handover was not loaded."""
        return self.status == self.Status.DRAFT and self.last_handover == Revision.Event.SENT_BACK

    @property
    def direction(self) -> str:
        """Return “ltr” or “rtl”, for the dir attribute."""
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:
            return "ltr"

    @property
    def authors_in_order(self) -> list[Byline]:
        if self.preview_bylines is not None or not self.pk:
            return self.preview_bylines or []
        if self._read_bylines is not None:
            return self._read_bylines
        self._late_bylines = list(self.bylines.select_related("author"))
        return self._late_bylines

    @property
    def writers_in_order(self) -> list[Byline]:
        """Return the bylines of those whose story it is: editors and translators are named on its page alone."""
        return group_by_credit(self.authors_in_order)["author"]

    @property
    def tags_in_order(self) -> list[Tag]:
        if self.preview_tags is not None or not self.pk:
            return self.preview_tags or []
        if self._read_tags is not None:
            return self._read_tags
        self._late_tags = [link.tag for link in self.taggings.select_related("tag")]
        return self._late_tags

    @property
    def choices_in_order(self) -> list[tuple[str, int, str]]:
        """Return what an editor chose about its related stories: (place, story id, who chose it)."""
        if not self.pk:
            return []
        if "choice_rows" in self.__dict__:
            return page_parts.read_related_choices(self.__dict__["choice_rows"] or [])
        return page_parts.read_related_choices(self.related_choices.values_list(*page_parts.CHOICE))

    @property
    def pictures_in_body(self) -> list[Image]:
        """Return the library's pictures that its text shows, in no order."""
        if "picture_rows" in self.__dict__:
            return page_parts.read_pictures(self.__dict__["picture_rows"])
        numbers = richtext.find_picture_ids(self.body)
        return list(Image.objects.filter(pk__in=numbers)) if numbers else []

    @property
    def linked_stories(self) -> list[Article]:
        """Return the stories that its text links to and readers may see, in no order."""
        return visible_targets(self.body)

    @property
    def translations(self) -> list[Article]:
        """Return the same story in other languages, in the order of the site's, each with headline and address."""
        if not self.translation_group:
            return []
        found = self._read_translations
        if found is None:
            story = Article.objects.with_translations().only("language").get(pk=self.pk)
            found = story._read_translations or []
        return [story for story in found if story.language != self.language]

    @property
    def loaded_along(self) -> list[Author | Tag]:
        """Return the authors and tags that were loaded with this story, or for it when a template asked."""
        bylines, tags = self._read_bylines or self._late_bylines, self._read_tags or self._late_tags
        return [*(byline.author for byline in bylines), *tags]

    _late_bylines: Sequence[Byline] = ()
    _late_tags: Sequence[Tag] = ()

    # Made of the rows that a QuerySet loaded along (page_parts.py); None when it did not.

    @cached_property
    def _read_bylines(self) -> list[Byline] | None:
        return (
            page_parts.read_bylines(self.__dict__["byline_rows"], self.pk) if "byline_rows" in self.__dict__ else None
        )

    @cached_property
    def _read_tags(self) -> list[Tag] | None:
        return page_parts.read_tags(self.__dict__["tag_rows"]) if "tag_rows" in self.__dict__ else None

    @cached_property
    def _read_translations(self) -> list[Article] | None:
        is_loaded = "translation_rows" in self.__dict__
        return page_parts.read_translations(self.__dict__["translation_rows"]) if is_loaded else None
