"""With nothing running but the site: before its moment a change is nowhere, from its moment on it is everywhere.

Every page of the URL map is opened a second before, at, and a second after; each time as the first to be opened.
"""

import datetime
from dataclasses import asdict, dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from articles.management.public_pages import Subjects, list_addresses
from articles.models import Article, Tag
from articles.models.content import Edit
from articles.sql.id_ranges import range_of
from tests.articles import cast

pytestmark = pytest.mark.django_db

T = datetime.datetime(2026, 3, 20, 12, 30, tzinfo=datetime.UTC)
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
MARCH = datetime.date(2026, 3, 1)

# What each page shows of a story that is in it: the name of a field of Words, "" for a page without stories.
FEEDS = {
    f"{about}feed{suffix}": "headline" for about in ("", "section_", "author_", "tag_") for suffix in ("", "_atom")
}
SHOWS = FEEDS | {
    "front": "headline",
    "article": "body",
    "section": "headline",
    "author": "headline",
    "authors": "author",
    "tag": "headline",
    "tags": "tag",
    "search": "headline",
    "archive": "month",
    "archive_year": "month",
    "archive_month": "headline",
    "sitemap": "",
    "sitemap_part": "slug",
    "sitemap_pages": "section_slug",
    "news_sitemap": "headline",
    "robots": "",
    "health": "",
    "ready": "",
    "live": "",
    "picture": "",
    "shared": "",
}
SEARCH_FORMS = ("/search/", "/fr/search/")


@dataclass(frozen=True)
class Words:
    """The texts that distinguish one state of the story from another, on any page."""

    headline: str
    standfirst: str
    body: str
    slug: str
    tag: str
    tag_slug: str
    author: str
    author_slug: str
    section_slug: str
    month: str = "2026/03"

    @classmethod
    def of(cls, name):
        return cls(*(f"x{place}x{name}" for place in cls.__dataclass_fields__ if place != "month"))

    @property
    def all(self):
        """Return all but the section, which is in the menu."""
        return {text for name, text in asdict(self).items() if name != "section_slug"}

    @property
    def parts(self):
        tag = Tag.objects.get_or_create(slug=self.tag_slug, defaults={"name": self.tag})[0]
        return {
            "section": cast.section(f"Rubrique {self.section_slug}", self.section_slug),
            "authors": [cast.author(self.author, self.author_slug)],
            "tags": [tag.name],
        }

    @property
    def texts(self):
        texts = {name: getattr(self, name) for name in ("headline", "standfirst", "slug")}
        return texts | {"body": f"<p>{self.body}</p>"}

    @property
    def content(self):
        """Return the flat content of a story."""
        parts, tag = self.parts, Tag.objects.get(slug=self.tag_slug)
        author = parts["authors"][0]
        chosen = {"tags": [[tag.pk, tag.name]], "authors": [[author.pk, author.name, "author"]]}
        return self.texts | chosen | {"section": [parts["section"].pk, parts["section"].name]}

    def addresses(self, language):
        """Return path → page."""
        about = Subjects(
            sections=[self.section_slug],
            authors=[self.author_slug],
            tags=[self.tag_slug],
            stories=[(T.date(), self.slug)],
            months=[MARCH],
            parts=[("stories", range_of(Article.objects.latest("pk").pk))],
            pictures=["images/00/none.jpg"],
            tokens=["nobody-was-given-this"],
            questions=[{"q": self.body}],
        )
        found = {one.path: one.page for one in list_addresses(about, [language]) if "page=" not in one.path}
        return {path: page for path, page in found.items() if "from=" not in path}


OLD, NEW = Words.of("ancien"), Words.of("nouveau")


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the site."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(T - 2 * HOUR)
    return set_clock


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def beside(at, language):
    """Return an old story that readers see all the time; the story is pinned to it."""
    return cast.story("Toujours", hours_ago=24 * 365, language=language)


def begun(words, language, beside):
    story = cast.draft(
        **words.texts, **words.parts, language=language, label=Article.Label.INTERVIEW
    )  # a page may list them
    beside.set_related("compact", [story])
    return story


def get_page(client, path, **headers):
    """Open the page as the first one that anybody opens from this moment on."""
    with transaction.atomic():
        response = client.get(path, headers=headers)
        transaction.set_rollback(True)
    return response


def check_every_page(client, language, beside, *, shown, hidden):
    """Open every page: what must show the story shows it as `shown`, None for not at all, and nothing shows `hidden`.

    Returns path → response.
    """
    own = shown.addresses(language) if shown else {}
    own[beside.get_absolute_url()] = "article"
    unseen = hidden.all - (shown.all if shown else set())
    found = {}
    for path, page in (hidden.addresses(language) | own).items():
        assert page in SHOWS, f"Say in SHOWS of tests/articles/test_moments.py what “{page}” shows of a story."
        found[path] = response = get_page(client, path)
        text = f"{response.headers}{response.content.decode()}"
        assert {word for word in unseen if word in text and word not in path} == set(), path
        if not shown or not SHOWS[page] or path in SEARCH_FORMS:
            continue
        if path in own:
            place = "headline" if path == beside.get_absolute_url() else SHOWS[page]
            assert (response.status_code, getattr(shown, place) in text) == (200, True), path
        else:  # of what the story is no longer about, or not yet
            assert shown.headline not in text, path
    return found


def differ(client, before, after, paths):
    """Check that these pages are new, also for a browser that asks whether its copy is still valid."""
    assert paths
    for path in paths:
        old, new = before[path], after[path]
        assert old.content != new.content, path
        for name, question in [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]:
            if old.has_header(name):
                assert old[name] != new.get(name), path
                assert get_page(client, path, **{question: old[name]}).status_code != 304, path


def showing(words, language, beside):
    pages = {path: page for path, page in words.addresses(language).items() if path not in SEARCH_FORMS}
    return [path for path, page in pages.items() if SHOWS[page]] + [beside.get_absolute_url()]


def answers(client, story, words):
    """Return status and content of the story's address with this slug; the content without the slug."""
    path = story.get_absolute_url().replace(story.slug, words.slug)
    response = get_page(client, path)
    return response.status_code, response.content.decode().replace(words.slug, "")


def test_a_story_is_public_from_its_moment_on(client, at, language, beside):
    story = begun(NEW, language, beside)
    story.publish(cast._chief(), at=T)
    at(T - SECOND)
    before = check_every_page(client, language, beside, shown=None, hidden=NEW)
    assert answers(client, story, NEW) == answers(client, story, Words.of("rien"))
    assert answers(client, story, NEW)[0] == 404
    at(T)
    after = check_every_page(client, language, beside, shown=NEW, hidden=OLD)
    differ(client, before, after, showing(NEW, language, beside))
    at(T + SECOND)
    check_every_page(client, language, beside, shown=NEW, hidden=OLD)


def test_a_story_is_gone_from_its_end_on(client, at, language, beside):
    story = begun(OLD, language, beside)
    story.unpublish_at = T
    story.publish(cast._chief())
    at(T - SECOND)
    before = check_every_page(client, language, beside, shown=OLD, hidden=NEW)
    at(T)
    after = check_every_page(client, language, beside, shown=None, hidden=OLD)
    differ(client, before, after, showing(OLD, language, beside))
    assert answers(client, story, OLD)[0] == 410
    at(T + SECOND)
    check_every_page(client, language, beside, shown=None, hidden=OLD)
    assert answers(client, story, OLD)[0] == 410


def test_scheduled_changes_are_public_from_their_moment_on(client, at, language, beside):
    story = begun(OLD, language, beside)
    story.publish(cast._chief())
    story.schedule_changes(cast._chief(), T, Edit(story.newest_content | NEW.content))
    at(T - SECOND)
    before = check_every_page(client, language, beside, shown=OLD, hidden=NEW)
    assert [answers(client, story, words)[0] for words in (OLD, NEW)] == [200, 404]
    assert answers(client, story, NEW) == answers(client, story, Words.of("rien"))
    at(T)
    after = check_every_page(client, language, beside, shown=NEW, hidden=OLD)
    months = {path for path, page in OLD.addresses(language).items() if SHOWS[page] == "month"}
    changed = {path for words in (OLD, NEW) for path in showing(words, language, beside)} - months
    differ(client, before, after, changed)
    assert [answers(client, story, words)[0] for words in (OLD, NEW)] == [301, 200]
    former = get_page(client, story.get_absolute_url())
    assert former["Location"] == story.get_absolute_url().replace(OLD.slug, NEW.slug)
    at(T + SECOND)
    client.get("/")  # the first to see it: this one is not undone
    check_every_page(client, language, beside, shown=NEW, hidden=OLD)


def test_a_story_called_back_before_its_moment_is_never_public(client, at, language, beside):
    story = begun(NEW, language, beside)
    story.publish(cast._chief(), at=T)
    story.return_to_draft(cast._chief())
    at(T)
    check_every_page(client, language, beside, shown=None, hidden=NEW)
    assert Article.objects.visible().count() == 1
