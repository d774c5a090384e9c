"""The columns of a story's row, and what follows from them alone: what its verbs (saving, publishing) work with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import clock, excerpts
from articles.models.article_queryset import ArticleQuerySet
from articles.models.byline import Byline
from articles.models.revision import Revision
from articles.models.tagged_article import TaggedArticle

REPLACES_TEASER = _("Replaces the automatic teaser; {count} characters.")


def default_language() -> str:
    return settings.LANGUAGES[0][0]


class ArticleFields(models.Model):
    class Label(models.TextChoices):
        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        OPINION = "opinion", _("Opinion")
        INTERVIEW = "interview", _("Interview")
        PRESS_RELEASE = "press-release", _("Press release")
        SPONSORED = "sponsored", _("Sponsored")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

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
        help_text=format_lazy(REPLACES_TEASER, count=excerpts.COMPACT),
    )
    long_teaser = models.CharField(
        _("long teaser"),
        max_length=300,
        blank=True,
        help_text=format_lazy(REPLACES_TEASER, count=excerpts.LONG),
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
        db_index=False,  # as above
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    source_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001  an importer's id

    # When readers see it
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("publication time"), null=True, blank=True)
    unpublish_at = models.DateTimeField(
        _("end of publication"), null=True, blank=True, help_text=_("Leave empty to keep it online.")
    )
    embargo_until = models.DateTimeField(
        _("embargo"), null=True, blank=True, help_text=_("No part of the story can be public before then.")
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    address_date = models.DateField(null=True, editable=False)  # of the first publication, in the site's time zone
    changed_at = models.DateTimeField(_("updated"), null=True, editable=False)  # last change that readers are told of

    withdrawal_reason = models.CharField(
        _("reason for readers"),
        max_length=500,
        blank=True,
        default="",
        editable=False,
        help_text=_("Optional. The page of the story shows it."),
    )

    # What is saved of it
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(_("last saved"), default=clock.now, editable=False)
    # Changes to a live story: the newest ones, and those that go live at `due_at`.
    waiting = models.ForeignKey(Revision, models.RESTRICT, null=True, editable=False, related_name="+", db_index=False)
    due = models.ForeignKey(Revision, models.RESTRICT, null=True, editable=False, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.headline or gettext("(no headline yet)")

    def get_absolute_url(self) -> str:
        """Return its public path, "" while it has none. It is put together by hand: a page shows dozens of these."""
        if not self.address_date:
            return ""
        prefix = "" if self.language == default_language() else f"/{self.language}"
        return f"{prefix}/{self.address_date:%Y/%m/%d}/{self.slug}/"

    @property
    def is_paid(self) -> bool:
        """Return whether somebody outside paid for it; see ArticleQuerySet.unpaid."""
        return self.label == self.Label.SPONSORED

    @property
    def was_public(self) -> bool:
        return bool(self.first_published_at and self.first_published_at <= clock.now())
