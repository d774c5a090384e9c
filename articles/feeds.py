"""RSS and Atom of the site, of each section, author and tag: the newest stories, each with all its people.

Formats: https://www.rssboard.org/rss-specification with dc:creator and dc:contributor,
https://www.rfc-editor.org/rfc/rfc4287.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from articles import clock, keys, surrogates
from articles.metadata import absolute
from articles.models import Article, ArticleQuerySet, Author, Section, Tag
from articles.models.byline import group_by_credit
from articles.query_parameters import query_parameters
from articles.sql.compiled_query import CompiledQuery, param

STORIES_IN_FEED = 30
ABOUT, LANGUAGE = param("about"), param("language")


def compiled(narrow: Callable[[ArticleQuerySet], ArticleQuerySet]) -> CompiledQuery[Article]:
    """Return the query for the newest of the visible stories that `narrow` leaves."""

    def build() -> ArticleQuerySet:
        return narrow(Article.objects.visible(param("at"))).with_teaser_parts().with_bylines()[:STORIES_IN_FEED]

    return CompiledQuery(build)


class RssFeed(feedgenerator.Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"author_name": None})
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        for name in item["others"]:
            handler.addQuickElement("dc:contributor", name)


class AtomFeed(feedgenerator.Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"author_name": None})
        people = [("author", name) for name in item["authors"]] + [("contributor", name) for name in item["others"]]
        for element, name in people:
            handler.startElement(element, {})
            handler.addQuickElement("name", name)
            handler.endElement(element)


class StoryFeed(Feed):
    """The site's newest stories in the language of the address; its children narrow them down."""

    feed_type = RssFeed
    address = "feed"  # the URL name of its RSS; Atom's ends in _atom
    about_noun = ""
    query = compiled(lambda stories: stories.in_language(LANGUAGE).newest_first())

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with an ETag alone: when a story is gone, the newest of the others is older than what a reader has."""
        own = copy(self)  # one instance serves all requests
        response = super(StoryFeed, own).__call__(request, *args, **kwargs)
        del response.headers["Last-Modified"]
        updated = [keys.story_updated(story.pk) for story in own.found]
        lists = [own.list_key(own.about), *updated, *(() if own.found else own.keys_of_empty(own.about))]
        response.headers[keys.SURROGATE_KEY] = surrogates.keys_of([own.about, own.found], lists)
        return response

    # What is in it, once it was asked for
    about: Any = None
    found: list[Article]

    def list_key(self, about: Any) -> str:
        language = get_language() or ""
        return keys.stories_of(self.about_noun, about.pk, language) if about else keys.stories(language)

    def keys_of_empty(self, about: Any) -> list[str]:
        """Return on what it depends that there is a feed without stories."""
        return []

    def items(self, about: Any) -> list[Article]:
        self.about = about
        self.found = self.query.fetch(at=clock.now(), language=get_language() or "", about=about and about.pk)
        return self.found

    def title(self, about: Any) -> str:
        return f"{about} – {settings.SITE_NAME}" if about else settings.SITE_NAME

    def description(self, about: Any) -> str:
        if about:
            return _("The latest stories: %(subject)s") % {"subject": about}
        return _("The latest stories")

    subtitle = description

    def link(self, about: Any) -> str:
        return absolute(about.get_absolute_url() if about else reverse("front"))

    def feed_url(self, about: Any) -> str:
        name = self.address + ("_atom" if self.feed_type is AtomFeed else "")
        return absolute(reverse(name, args=[about.slug] if about else []))

    def item_title(self, item: Article) -> str:
        return item.headline

    def item_description(self, item: Article) -> str:
        return item.standfirst or item.long_text

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Article) -> str:
        """Return a tag URI (RFC 4151): the story keeps it when its address changes."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},{item.address_date}:story/{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Article) -> datetime.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article) -> datetime.datetime | None:
        return item.last_changed

    def item_categories(self, item: Article) -> list[str]:
        return [item.section.label] if item.section else []

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        people = group_by_credit(item.authors_in_order)
        writers = [byline.author.name for byline in people.pop("author")]
        others = [byline.author.name for bylines in people.values() for byline in bylines]
        return {"authors": writers or [settings.SITE_NAME], "others": others}


class SectionFeed(StoryFeed):
    address, about_noun = "section_feed", "section"
    query = compiled(lambda stories: stories.in_language(LANGUAGE).in_section(ABOUT).newest_first())

    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)

    def title(self, about: Section) -> str:
        return f"{about.label} – {settings.SITE_NAME}"


class AuthorFeed(StoryFeed):
    address, about_noun = "author_feed", "author"
    query = compiled(lambda stories: stories.by_author(ABOUT, LANGUAGE))

    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(Author.objects.published(), slug=slug)

    def keys_of_empty(self, about: Author) -> list[str]:
        return surrogates.keys_of_proof(Article.objects.visible().find_one_by(about))


class TagFeed(StoryFeed):
    address, about_noun = "tag_feed", "tag"
    query = compiled(lambda stories: stories.tagged(ABOUT, LANGUAGE))

    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return get_object_or_404(Tag.objects.public(), slug=slug)

    def keys_of_empty(self, about: Tag) -> list[str]:
        if about.description:
            return []
        story = Article.objects.visible().tagged(about).only("pk").first()
        tags = [keys.story_page(story.pk)] if story else []  # it shows them
        return [*surrogates.keys_of_proof(story), *tags]


def view(feed: type[StoryFeed], feed_type: type[feedgenerator.SyndicationFeed]) -> Callable[..., HttpResponse]:
    """Return the feed in this format as a view that answers 304 to a reader that polls."""
    instance = feed()
    instance.feed_type = feed_type  # type: ignore[assignment]
    return require_safe(query_parameters()(conditional_page(instance)))
