"""Whatever changes, a stored page equals one that is made without any cache; and what does not show it stays stored."""

import datetime
import os
import random
import re
from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import clock
from articles.models import (
    Article,
    Author,
    FollowUp,
    FormerAddress,
    Section,
    Tag,
)
from articles.related import scoring
from articles.sql.id_ranges import range_of
from newsroom.page_cache.key import parse_page_request
from tests.articles import cast, page_names
from tests.newsroom.page_cache.conftest import AskingWatcher, Reader
from tests.newsroom.page_cache.random_changes import CHANGES, TAGS, edit

pytestmark = pytest.mark.django_db(transaction=True)
SEEDS = int(os.environ.get("SEEDS", "1"))
STEPS = 25  # of each seed
PAGES = 30  # opened before each step
# The feeds that are tested stand for these, which the same classes make.
LIKE_OTHERS = {"section_feed_atom", "author_feed_atom", "tag_feed_atom"}
NEVER_STALE = {"shared", "robots"}  # the one is never stored, the other shows no row
LANGUAGES = ("en", "fr")
SECTIONS = ("Finance", "Énergie", "Ports")
AUTHORS = ("Awa Ndiaye", "Kofi Mensah", "Sika Amegan")


class Newsroom:
    """Stories of two languages, a reader who has opened every page, and random changes."""

    def __init__(self, seed):
        self.passed = datetime.timedelta()  # since it began
        self.random = random.Random(seed)  # noqa: S311 - the same each time
        self.links = random.Random(seed)  # noqa: S311
        self.reader = Reader(size=100_000_000)
        self.reader.cache.watcher = AskingWatcher()
        self.chief = get_user_model().objects.create_superuser("chief")
        self.images = [cast.image(60 + number, 40) for number in range(3)]
        self.sections = [cast.section(name, name.lower().replace("é", "e")) for name in SECTIONS]
        self.authors = [cast.author(name, name.lower().replace(" ", "-"), photo=None) for name in AUTHORS]
        for number in range(14):
            self.publish(hours_ago=1 + number * 100)
        for language in LANGUAGES:
            self.publish(language=language, tags=TAGS[:2], authors=self.authors[:1])
        FollowUp.objects.work_off()
        self.former = ["/section/former/", "/2026/01/01/coming/", "/tag/coming/"]

    # What stands in it

    def story(self, **filters):
        return self.random.choice(list(Article.objects.filter(**filters).order_by("pk")) or [None])

    def live(self):
        return self.story(status="published", due=None, waiting=None)

    def one_of(self, model):
        return self.random.choice(list(model.objects.order_by("pk")))

    def publish(self, hours_ago=None, **fields):
        number, choose = self.random.randrange(10**6), self.random.choice
        fields = {
            "language": choose(LANGUAGES),
            "section": choose(list(Section.objects.order_by("pk"))),
            "tags": self.random.sample(TAGS, self.random.randrange(3)),
            "authors": self.random.sample(self.authors, self.random.randrange(3)),
            "lead_image": choose([None, *self.images]),
            "body": cast.BODY
            + choose(["", f'<figure class="picture"><img data-image="{self.images[0].pk}" alt=""></figure>'])
            + self.link(),
        } | fields
        return cast.story(f"Dépêche {number}", hours_ago=hours_ago or self.random.choice([1, 30, 900]), **fields)

    def link(self):
        """Return a paragraph with a link to some story, whatever its state; "" without one."""
        other = self.links.choice(list(Article.objects.order_by("pk")) or [None])
        return f'<p>Voir <a href="/story/{other.pk}/">ici</a>.</p>' if other else ""

    def correct(self, story, **fields):
        story.publish_changes(self.chief, edit(story, **fields))

    # Pages

    def paths(self):
        stories = [story.get_absolute_url() for story in Article.objects.exclude(address_date=None)]
        nouns = [
            path + ending
            for kind in ("section", "author", "tag")
            for noun in {"section": Section, "author": Author, "tag": Tag}[kind].objects.all()
            for path in [f"/{kind}/{noun.slug}/"]
            for ending in ("", "feed/")
        ]
        month = timezone.localdate().replace(day=1)
        months = {f"/{day:%Y}/{path}" for day in self._months(month) for path in ("", f"{day:%m}/")}
        rest = ["/", "/feed/", "/feed/atom/", "/author/", "/tag/", "/archive/", "/search/?q=depeche"]
        everywhere = [*rest, *nouns, *sorted(months), *self.former]
        parts = {
            f"/sitemap/{kind}-{range_of(pk)}.xml"
            for kind, model in {"stories": Article, "authors": Author, "tags": Tag}.items()
            for pk in model.objects.values_list("pk", flat=True)
        }
        once = ["/sitemap.xml", "/sitemap-pages.xml", "/news-sitemap.xml", *sorted(parts)]
        once += FormerAddress.objects.values_list("path", flat=True)
        found = [*stories, *everywhere, *(f"/fr{path}" for path in everywhere), *once]
        return found + page_names.further_addresses(found, without=LIKE_OTHERS | NEVER_STALE)

    def _months(self, month):
        for _month in range(4):
            yield month
            month = (month - datetime.timedelta(days=1)).replace(day=1)

    def open(self, path):
        """Return (status, where to, text) as a reader gets it."""
        return _shown(self.reader.get(path))

    def true(self, path):
        """Return the same, made without any cache."""
        return _shown(self.reader.ask(self.reader.site.django, path))

    def stored(self, path):
        """Return the same as it is stored, if that is still valid."""
        environ = self.reader._environ(path, "GET", {})
        response = self.reader.cache.respond_from_store(parse_page_request(environ), environ)
        return response and _shown(self.reader._answer(environ, response))

    def pass_time(self, seconds):
        self.passed += datetime.timedelta(seconds=seconds)
        self.reader.cache.watcher.ahead += seconds


def _shown(answer):
    """Return the page without the time at which a feed without stories was made."""
    return answer.status, answer.headers.get("Location"), re.sub(r"<(lastBuildDate|updated)>.*?</", "", answer.text)


@pytest.fixture
def room(monkeypatch, request):
    """Keep the order of related stories true to what is stored alone, not to their age, as within an hour."""
    monkeypatch.setattr(scoring, "recency", lambda seconds: 1.0)
    monkeypatch.setattr(clock, "compare_with_database", lambda *_args: None)
    room = Newsroom(getattr(request, "param", 0))
    really = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: really() + room.passed)
    yield room
    room.reader.cache.watcher.stop()


def test_every_page_is_among_them(room):
    missing = page_names.missing(room.paths(), without=LIKE_OTHERS | NEVER_STALE)
    assert missing == set(), "add an address of each to the paths of Newsroom"


@pytest.mark.long
@pytest.mark.parametrize("room", range(SEEDS), indirect=True)
def test_stored_pages_equal_those_that_are_made_without_any_cache(room):
    names = sorted(CHANGES)
    for step in range(STEPS):
        paths = room.paths()
        paths = room.random.sample(paths, min(PAGES, len(paths)))
        for path in paths:
            room.open(path)
        chosen = [room.random.choice(names) for _change in range(room.random.randrange(1, 3))]
        for name in chosen:
            with suppress(ValidationError):  # the newsroom refuses some, as to withdraw what nobody has seen
                CHANGES[name](room)
        held = {path: page for path in paths if (page := room.stored(path))}
        for path, page in held.items():
            assert page == room.true(path), (step, chosen, path)
