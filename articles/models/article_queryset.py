"""The queries of stories by pages, feeds, searches and the desk, each written once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet

from articles import clock
from articles.models.byline import Byline
from articles.models.desk_lists import DeskLists
from articles.models.page_parts import byline_rows, choice_rows, picture_rows, tag_rows, translation_rows
from articles.models.section import Section
from articles.models.stuck_changes import StuckChanges
from articles.models.tagged_article import TaggedArticle
from articles.sql.keyset import ListPosition, is_after, is_before

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.author import Author
    from articles.models.tag import Tag
    from articles.users import User

TEASER_FIELDS = (
    "headline",
    "slug",
    "kicker",
    "standfirst",
    "compact_text",
    "long_text",
    "label",
    "language",
    "publish_at",
    "changed_at",
    "address_date",
    "section__name",
    "section__slug",
    "section__other_names",
    "lead_image__alt",
    "lead_image__decorative",
    "lead_image__file",
    "lead_image__width",
    "lead_image__height",
    "lead_image__focal_x",
    "lead_image__focal_y",
    "lead_image__renditions",
)


class ArticleQuerySet(DeskLists):
    def put_due_changes_live(self, at: datetime.datetime | None = None, *, is_rehearsal: bool = False) -> int:
        """Make scheduled changes whose time has come the public text. Returns how many this call put live.

        One query by an index when there are none. Code that reads public stories calls this first. A story whose
        changes fail is marked and stops no other; a DatabaseError means that nothing can be stored at the moment.
        A rehearsal, which the caller rolls back, reports no failure: the changes may be repaired before their time.
        """
        at = at or clock.now()
        due = self.filter(due_at__lte=at).order_by("due_at", "pk").only("due_at")
        return sum(story.put_live(at, is_rehearsal=is_rehearsal) for story in due)

    def stuck(self) -> ArticleQuerySet:
        """Return stories whose scheduled changes could not go live, in the order in which they were scheduled."""
        return self.filter(due__in=StuckChanges.objects.values("revision")).order_by("due_id")

    def among(self, ids: Any) -> ArticleQuerySet:
        """Return which of these stories have one of the ids, each looked up by its id.

        With a plain `pk__in`, SQLite without statistics, which only a bulk import makes, may prefer the index of
        another condition and read every story.
        """
        return self.model.objects.filter(Exists(self.filter(pk=OuterRef("pk"))), pk__in=ids)

    def dated(self, *, from_: datetime.datetime | None, before: datetime.datetime | None) -> ArticleQuerySet:
        """Return those whose time of publication, past or planned, is in this period; None leaves an end open."""
        stories = self.filter(publish_at__isnull=False)
        if from_:
            stories = stories.filter(publish_at__gte=from_)
        return stories.filter(publish_at__lt=before) if before else stories

    def newest_first(self) -> ArticleQuerySet:
        return self.order_by("-publish_at", "-pk")

    def older_than(self, place: ListPosition) -> ArticleQuerySet:
        """Return what follows this place in a list that is newest first; the story of the place may be gone."""
        return self._beyond(is_before, place)

    def newer_than(self, place: ListPosition) -> ArticleQuerySet:
        """Return what is above this place, the nearest first: the list in reverse."""
        return self._beyond(is_after, place).reverse()

    def _beyond(self, condition: Callable[[str, str, ListPosition], Func], place: ListPosition) -> ArticleQuerySet:
        time, story = (F(str(name).removeprefix("-")) for name in self.query.order_by)
        listed = self.alias(listed_at=time, listed_id=story)  # by a link's own columns where they give the order
        found = listed.filter(condition("listed_at", "listed_id", place))
        # It comes first, because of two bounds on one side SQLite enters its index by the first.
        conditions = found.query.where.children
        conditions.insert(0, conditions.pop())
        return found

    def in_language(self, language: str) -> ArticleQuerySet:
        return self.filter(language=language)

    def unpaid(self) -> ArticleQuerySet:
        """Return the stories that may lead, fill a list of related stories and be news for search engines."""
        return self.exclude(label=self.model.Label.SPONSORED)

    def in_section(self, section: Section) -> ArticleQuerySet:
        return self.filter(section=section)

    def tagged(self, tag: Tag, language: str = "") -> ArticleQuerySet:
        """Return this tag's stories in a language or in all, newest first by the link's own index (listing.py)."""
        only = {"taggings__language": language} if language else {}
        return self.filter(taggings__tag=tag, taggings__status=self.model.Status.PUBLISHED, **only).order_by(
            "-taggings__publish_at", "-taggings__content_object_id"
        )

    def that_retagging_changes(self, add: Iterable[Tag], remove: Iterable[Tag]) -> ArticleQuerySet:
        """Return the stories that lack a tag of the first or have one of the second."""
        links = TaggedArticle.objects.filter(content_object=OuterRef("pk"))
        lacks = (Q(~Exists(links.filter(tag=tag))) for tag in add)
        return self.filter(reduce(or_, lacks, Q(Exists(links.filter(tag__in=list(remove))))))

    def by_author(self, author: Author, language: str) -> ArticleQuerySet:
        """Return this author's stories in a language, newest first by the link's own index."""
        return self.filter(
            bylines__author=author, bylines__status=self.model.Status.PUBLISHED, bylines__language=language
        ).order_by("-bylines__publish_at", "-bylines__article_id")

    def find_one_by(self, author: Author) -> Article | None:
        """Return a story of this author: the newest in the first language of the site that has one; its id alone."""
        newest = (self.by_author(author, code).only("pk").first() for code, _name in settings.LANGUAGES)
        return next(filter(None, newest), None)

    def signed_by(self, authors: Iterable[Author]) -> ArticleQuerySet:
        """Return the stories with a byline of these authors, in any state and language, by the index of bylines."""
        return self.filter(pk__in=_signed_by(authors))

    def with_ids_or_signed_by(self, ids: Iterable[int], authors: Iterable[Author]) -> ArticleQuerySet:
        """Return those with one of these ids, and those with a byline of these authors."""
        if not authors:
            return self.filter(pk__in=ids)
        named = self.model._default_manager.filter(pk__in=ids).order_by().values("pk")
        return self.filter(pk__in=named.union(_signed_by(authors)))  # an OR would make the databases read every story

    def at_address(self, language: str, date: datetime.date, slug: str) -> ArticleQuerySet:
        return self.filter(language=language, address_date=date, slug=slug)

    def with_state(self) -> ArticleQuerySet:
        """Load what articles/states.py needs to tell the state of a story, in the same query."""
        return self.select_related("due__stuck").defer("due__stored").with_last_handover()

    def with_translations(self, at: datetime.datetime | None = None) -> ArticleQuerySet:
        """Load `translations` in the same query."""
        return self.annotate(translation_rows=translation_rows(self.model.objects.visible(at)))

    def with_teaser_parts(self) -> ArticleQuerySet:
        """Load all that a teaser shows, in one query: no body, the section and the lead picture joined."""
        return self.select_related("section", "lead_image").only(*TEASER_FIELDS)

    def with_bylines(self) -> ArticleQuerySet:
        """Load `authors_in_order` in the same query."""
        return self.annotate(byline_rows=byline_rows())

    def with_tags(self) -> ArticleQuerySet:
        """Load `tags_in_order` in the same query."""
        return self.annotate(tag_rows=tag_rows())

    def with_page_parts(self) -> ArticleQuerySet:
        """Load all that a story's page shows of it, in one query: section, lead picture, bylines, tags.

        And what it is related to, by itself and by an editor's choice. Nothing of it changes with each publication.
        """
        stories = self.select_related("section", "lead_image", "related_list").defer("section__story_count")
        return stories.with_bylines().with_tags().annotate(choice_rows=choice_rows())

    def with_body_pictures(self) -> ArticleQuerySet:
        """Load `pictures_in_body` in the same query, of the text as it is stored."""
        return self.annotate(picture_rows=picture_rows())

    def seen_by(self, user: User) -> ArticleQuerySet:
        """Return the stories that this person may open on the desk: all, or their own."""
        if user.has_perm("articles.view_any_article"):
            return self
        return self.owned_by(user)

    def readable_by(self, user: User) -> ArticleQuerySet:
        """Return the stories whose headline this person may read: those of the public, and those of `seen_by`."""
        if user.has_perm("articles.view_any_article"):
            return self
        return self.filter(self._is_visible(clock.now()) | Q(pk__in=self.model.objects.seen_by(user).values("pk")))

    def editable_by(self, user: User) -> ArticleQuerySet:
        """Return the stories that this person may change: those of their sections, or own ones not yet public."""
        if not user.has_perm("articles.change_article"):
            return self.none()
        if user.has_perm("articles.change_any_article"):
            return self.in_sections_of(user)
        status = self.model.Status
        return self.owned_by(user).filter(status__in=[status.DRAFT, status.IN_REVIEW])

    def retaggable_by(self, user: User) -> ArticleQuerySet:
        """Return the stories whose tags this person may change: all, or those they may change that nobody has seen."""
        if user.has_perm("articles.retag_article"):
            return self.in_sections_of(user)
        status = self.model.Status
        return self.editable_by(user).filter(status__in=[status.DRAFT, status.IN_REVIEW])

    def in_sections_of(self, user: User) -> ArticleQuerySet:
        """Return the stories of the sections that this person edits, and those that have no section yet."""
        if user.is_superuser:
            return self
        limits = Section.limits_for_user(user)
        return self.filter(Q(section=None) | Q(section__in=limits.values("section")) | ~Exists(limits))

    def owned_by(self, user: User) -> ArticleQuerySet:
        """Return the stories that this person began, or whose byline is theirs."""
        signed = Byline.objects.filter(author__user=user).order_by().values("article")
        begun = self.model._default_manager.filter(created_by=user).values("pk")
        return self.filter(pk__in=begun.union(signed))  # an OR would make the databases read every story


def _signed_by(authors: Iterable[Author]) -> QuerySet[Byline, Any]:
    return Byline.objects.filter(author__in=list(authors)).order_by().values("article")
