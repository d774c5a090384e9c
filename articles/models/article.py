"""One piece of journalism: what readers see of it, what belongs to it, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import clock, excerpts, richtext
from articles.characters import is_blank, tidy
from articles.models import page_parts
from articles.models.article_queryset import ArticleQuerySet
from articles.models.byline import Byline
from articles.models.content import RELATED, Content
from articles.models.counting import Counted, count_story
from articles.models.image import Image
from articles.models.pending_changes import PendingChanges
from articles.models.related_choice import RelatedChoice
from articles.models.saving import StaleStory
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle
from articles.slugs import ascii_slug

if TYPE_CHECKING:
    from articles.models.author import Author

__all__ = ["Article", "ArticleQuerySet", "StaleStory"]


# Sent with `story`, in the transaction of the save, when its text or what lists show of it has changed.
story_stored = Signal()


def default_language() -> str:
    return settings.LANGUAGES[0][0]


class Article(PendingChanges):
    class Label(models.TextChoices):
        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        OPINION = "opinion", _("Opinion")
        INTERVIEW = "interview", _("Interview")
        PRESS_RELEASE = "press-release", _("Press release")
        SPONSORED = "sponsored", _("Sponsored")

    # What the reader sees
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        blank=True,
        help_text=_("The last part of its address; made from the headline."),
    )
    kicker = models.CharField(_("kicker"), max_length=80, blank=True, help_text=_("A few words above the headline."))
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        help_text=_("One or two sentences under the headline; teasers begin with it."),
    )
    dateline = models.CharField(_("dateline"), max_length=120, blank=True, help_text=_("The place: Lomé, Abuja."))
    body = models.TextField(_("story"), blank=True)
    section = models.ForeignKey(
        "articles.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        db_index=False,  # indexed with the time that lists are ordered by
        verbose_name=_("section"),
    )
    label = models.CharField(_("label"), max_length=20, choices=Label, default=Label.NEWS)
    lead_image = models.ForeignKey(
        "articles.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("lead picture"),
    )
    lead_caption = models.TextField(
        _("caption"), blank=True, help_text=_("For this story only. Leave empty to use the picture’s own caption.")
    )
    body_images = models.ManyToManyField("articles.Image", related_name="in_bodies", editable=False)
    authors = models.ManyToManyField("articles.Author", through=Byline, related_name="articles")
    tags = TaggableManager(through=TaggedArticle, blank=True, verbose_name=_("tags"))
    language = models.CharField(_("language"), max_length=10, default=default_language)
    translation_group = models.UUIDField(null=True, blank=True, editable=False)

    # How other pages invite to it
    compact_teaser = models.CharField(
        _("compact teaser"),
        max_length=200,
        blank=True,
        help_text=_("Replaces the automatic teaser; 100 characters."),
    )
    long_teaser = models.CharField(
        _("long teaser"),
        max_length=300,
        blank=True,
        help_text=_("Replaces the automatic teaser; 150 characters."),
    )
    never_teased = models.BooleanField(
        _("never as a related story"), default=False, help_text=_("Other stories’ pages will not link to it.")
    )
    # Prepared on every save, so that a list reads no body and cuts no text.
    compact_text = models.CharField(max_length=400, blank=True, editable=False)
    long_text = models.CharField(max_length=600, blank=True, editable=False)
    word_count = models.PositiveIntegerField(_("words"), default=0, editable=False)

    # Whose it is
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # likewise
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    source_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001  an importer's id

    objects = ArticleQuerySet.as_manager()

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

    def __str__(self) -> str:
        return self.headline or gettext("(no headline yet)")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("update_fields"):
            self.prepare()
        with transaction.atomic():
            super().save(*args, **kwargs)
            story_stored.send(Article, story=self)

    def get_absolute_url(self) -> str:
        """Return its public path, "" while it has none. It is put together by hand: a page shows dozens of these."""
        if not self.address_date:
            return ""
        prefix = "" if self.language == default_language() else f"/{self.language}"
        return f"{prefix}/{self.address_date:%Y/%m/%d}/{self.slug}/"

    # What templates ask

    # A preview shows what a form holds and nobody saved yet.
    preview_bylines: list[Byline] | None = None
    preview_tags: list[Tag] | None = None
    preview_related: dict[str, list[Article]] | None = None  # by the names of RELATED

    @property
    def direction(self) -> str:
        """“ltr” or “rtl”, for the dir attribute."""
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:
            return "ltr"

    @property
    def authors_in_order(self) -> list[Byline]:
        if self.preview_bylines is not None or not self.pk:
            return self.preview_bylines or []
        found = self._read_bylines
        return list(self.bylines.select_related("author")) if found is None else found

    @property
    def tags_in_order(self) -> list[Tag]:
        if self.preview_tags is not None or not self.pk:
            return self.preview_tags or []
        found = self._read_tags
        return [link.tag for link in self.taggings.select_related("tag")] if found is None else found

    @property
    def choices_in_order(self) -> list[tuple[str, int, str]]:
        """An editor's word on its related stories: (place, story id, who chose it)."""
        if not self.pk:
            return []
        if "choice_rows" in self.__dict__:
            return page_parts.choices(self.__dict__["choice_rows"] or [])
        return page_parts.choices(self.related_choices.values_list(*page_parts.CHOICE))

    @property
    def pictures_in_body(self) -> list[Image]:
        """The library's pictures that its text shows, in no order."""
        if "picture_rows" in self.__dict__:
            return page_parts.pictures(self.__dict__["picture_rows"])
        numbers = richtext.find_picture_ids(self.body)
        return list(Image.objects.filter(pk__in=numbers)) if numbers else []

    @property
    def translations(self) -> list[Article]:
        """Headline, language and address of the same story elsewhere, when asked for `with_translations`."""
        return [story for story in self._read_translations if story.language != self.language]

    @property
    def read_along(self) -> list[Author | Tag]:
        """Whom and what the question for this story brought with it."""
        return [*(byline.author for byline in self._read_bylines or ()), *(self._read_tags or ())]

    # Made of the rows that a QuerySet read along (page_parts.py); None when it did not.

    @cached_property
    def _read_bylines(self) -> list[Byline] | None:
        return page_parts.bylines(self.__dict__["byline_rows"], self.pk) if "byline_rows" in self.__dict__ else None

    @cached_property
    def _read_tags(self) -> list[Tag] | None:
        return page_parts.tags(self.__dict__["tag_rows"]) if "tag_rows" in self.__dict__ else None

    @cached_property
    def _read_translations(self) -> list[Article]:
        return page_parts.translations(self.__dict__.get("translation_rows"))

    # Writing

    def prepare(self) -> None:
        """Clean the body and fill what derives from the text. Idempotent; bulk loaders call it themselves."""
        self.headline = "" if is_blank(self.headline) else tidy(self.headline)
        self.body = richtext.clean(self.body)
        self.compact_text = excerpts.excerpt(self.compact_teaser, self.standfirst, self.body, excerpts.COMPACT)
        self.long_text = excerpts.excerpt(self.long_teaser, self.standfirst, self.body, excerpts.LONG)
        self.word_count = excerpts.word_count(self.body)
        if not self.slug:
            self.slug = ascii_slug(self.headline)

    def store(self, *, bump: bool = True, text_changed: bool = True) -> None:
        """Write every column, only if nobody saved since this object was loaded; else StaleStory.

        `bump` counts the version up; `text_changed` is False when what is found and used by the text is true already.
        """
        with transaction.atomic(savepoint=False):
            before = self.write_row(bump=bump, text_changed=text_changed)
            tags = list(self.taggings.values_list("tag", flat=True))
            self.count(before, tags, tags)

    def write_row(self, *, bump: bool = True, text_changed: bool = True) -> dict[str, Any]:
        """Write every column in one UPDATE as `store` does, but leave counting to the caller.

        Returns the section and the listing that the row had.
        """
        self.prepare()
        self.saved_at = clock.now()
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        del values["id"]
        values["version"] = self.version + bump
        with transaction.atomic(savepoint=False):
            before = Article.objects.filter(pk=self.pk).values("section_id", *self.listing()).first() or {}
            if not Article.objects.filter(pk=self.pk, version=self.version).update(**values):
                raise StaleStory
            self.version += bump
            self._forget()
            relisted = self.listing() != {name: before.get(name) for name in self.listing()}
            if relisted:
                self.update_listings()
            if relisted or text_changed:
                story_stored.send(Article, story=self)
        return before

    def store_links(self, content: Content, names: Iterable[str], by: Any = None) -> None:
        """Write these lists of a content (LISTS): bylines, tags, related stories."""
        for name in names:
            if name == "authors":
                self._sign([(pk, role) for pk, _name, role in content[name]])
            elif name == "tags":
                self.link_tags(dict.fromkeys(pk for pk, _name in content[name]))
            else:
                self.set_related(RELATED[name], [Article(pk=pk) for pk, _name in content[name]], by)

    def set_authors(self, authors: Iterable[Author], role: str = Byline.Role.AUTHOR) -> None:
        """Give it these authors, in this order; those who stay keep their role."""
        roles = {byline.author_id: byline.role for byline in self.bylines.all()}
        self._sign([(author.pk, roles.get(author.pk, role)) for author in dict.fromkeys(authors)])

    def _sign(self, people: list[tuple[int, str]]) -> None:
        with transaction.atomic(savepoint=False):
            self.bylines.all().delete()
            Byline.objects.bulk_create(
                Byline(article=self, author_id=pk, role=role, position=place, **self.listing())
                for place, (pk, role) in enumerate(people)
            )
        self._forget("byline_rows", "_read_bylines")

    def set_tags(self, tags: Iterable[Tag]) -> None:
        """Give it these tags, in this order, each once."""
        wanted = list(dict.fromkeys(tag.pk for tag in tags))
        with transaction.atomic(savepoint=False):
            before = list(self.taggings.values_list("tag", flat=True))
            self.link_tags(wanted)
            self.count({"section_id": self.section_id, **self.listing()}, before, wanted)

    def link_tags(self, ids: Iterable[int]) -> None:
        """Write the links to these tags, in this order, but leave counting to the caller."""
        self.taggings.all().delete()
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=self, tag_id=pk, position=place, **self.listing())
            for place, pk in enumerate(ids)
        )
        self._forget("tag_rows", "_read_tags")

    def set_related(self, place: str, stories: Sequence[Article], by: Any = None) -> None:
        """Choose these stories in this place (RelatedChoice.Place), in order; a story chosen elsewhere moves here.

        `by` chose those that come in; of those that stay it remains known who did.
        """
        wanted = [story for story in dict.fromkeys(stories) if story.pk != self.pk]
        chosen_by = by.pk if by else None
        with transaction.atomic(savepoint=False):
            before = dict(self.related_choices.filter(place=place).values_list("story_id", "chosen_by_id"))
            self.related_choices.filter(Q(place=place) | Q(story__in=wanted)).delete()
            RelatedChoice.objects.bulk_create(
                RelatedChoice(
                    article=self,
                    story=story,
                    place=place,
                    position=number,
                    chosen_by_id=before.get(story.pk, chosen_by),
                )
                for number, story in enumerate(wanted)
            )
        self._forget("choice_rows")

    def update_listings(self) -> None:
        """Write again what bylines and taggings repeat of this story."""
        self.bylines.update(**self.listing())
        self.taggings.update(**self.listing())

    def count(self, before: Mapping[str, Any], tags_before: Iterable[int], tags: Iterable[int]) -> None:
        """Keep the counts of its section and tags true: `before` is the section and listing of the row before."""
        now = {"section_id": self.section_id, **self.listing()}
        count_story(self.pk, Counted.of_story(before, tags_before), Counted.of_story(now, tags))

    def listing(self) -> dict[str, Any]:
        """Return the values that its bylines and taggings repeat."""
        return {
            "status": self.status,
            "publish_at": self.publish_at,
            "language": self.language,
        }

    def _forget(self, *links: str) -> None:
        """Forget what was read of these links, and what was derived from them."""
        for kept in (*links, "stored_content", "stored_choices", "newest_choices"):
            self.__dict__.pop(kept, None)
