"""Whatever field of a row changes, by whatever path, a stored page equals one that is made without any cache."""

import datetime
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    FollowUp,
    FormerAddress,
    Image,
    RelatedChoice,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.models.related_list import RelatedList
from articles.sql.id_ranges import range_of
from articles.triggers import TRIGGER_RULES
from newsroom.page_cache.key import parse_page_request
from tests.articles import cast, page_names
from tests.newsroom.page_cache.conftest import AskingWatcher, Reader
from tests.newsroom.page_cache.test_changes import _shown

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (
    *(Article, Author, Byline, FormerAddress, Image, RelatedChoice, RelatedList, Section, Tag, TagAlias),
    *(TaggedArticle, Article.body_images.through),
)
# The feeds that are tested stand for these, which the same classes make.
LIKE_OTHERS = {"feed_atom", "section_feed", "section_feed_atom", "author_feed", "author_feed_atom", "tag_feed"}
NEVER_STALE = {"shared", "robots"}  # the one is never stored, the other shows no row
BOUND = {"Article.due_at", "RelatedList.article"}  # fields of which these rows can have no other value


class Newsroom:
    """A story that shows all there is to show, others around it, and a page of every kind."""

    def __init__(self):
        self.reader = Reader(size=100_000_000)
        self.reader.cache.watcher = AskingWatcher()
        self.lead, self.inner, self.portrait = (cast.image(60 + number, 40) for number in range(3))
        awa = cast.author("Awa Ndiaye", "awa-ndiaye", photo=self.portrait)
        cast.section("Ports", "ports"), cast.author("Kofi Mensah", "kofi-mensah")  # to change to
        tags = Tag.objects.for_names(["Lomé", "Coton"])
        group = uuid.uuid4()
        picture = f'<figure class="picture"><img data-image="{self.inner.pk}" alt=""></figure>'
        for number in range(14):
            cast.story(f"Dépêche {number}", hours_ago=30 + number, tags=["Rail"] if number % 2 else [])
        self.other = cast.story("Le coton baisse", authors=[awa], tags=["Coton"], lead_image=self.lead, hours_ago=4)
        french = cast.story(
            "Le port", language="fr", authors=[awa], tags=["Lomé"], hours_ago=3, translation_group=group
        )
        shows = {"authors": [awa], "lead_image": self.lead, "body": cast.BODY + picture, "dateline": "Lomé"}
        self.story = cast.story("Le port ferme", tags=["Lomé", "Coton"], translation_group=group, **shows)
        self.story.set_related("compact", [Article.objects.get(headline="Dépêche 13")])
        TagAlias.objects.create(tag=tags[0], name="Lomé, ville")
        FormerAddress.objects.create(path="/2020/01/01/former/", article=self.story)
        FormerAddress.objects.create(path="/tag/former/", tag=tags[0])
        FormerAddress.objects.create(path="/author/former/", author=awa)
        FormerAddress.objects.create(path="/section/former/", section=self.story.section)
        FollowUp.objects.work_off()
        listed = {"stories": self.story, "authors": awa, "tags": Tag.objects.get(name="Rail")}
        year, month = f"/{self.story.address_date:%Y}/", f"/{self.story.address_date:%Y/%m}/"
        self.paths = [
            *("/", "/fr/", "/feed/", "/archive/", year, month, "/author/", "/tag/", "/search/?q=port"),
            *("/section/finance/", "/author/awa-ndiaye/", "/tag/lome/", "/tag/lome/feed/atom/"),
            *("/sitemap.xml", "/sitemap-pages.xml", "/news-sitemap.xml"),
            *(f"/sitemap/{kind}-{range_of(one.pk)}.xml" for kind, one in listed.items()),
            *("/2020/01/01/former/", "/tag/lome-ville/", "/tag/former/", "/author/former/", "/section/former/"),
            *(self.story.get_absolute_url(), french.get_absolute_url()),
        ]
        self.paths += page_names.further_addresses(self.paths, without=LIKE_OTHERS | NEVER_STALE)

    def rows(self, model):
        """Return the rows of this model that the pages show."""
        match model:
            case _ if model is Article:
                return [self.story, self.other]
            case _ if model is Image:
                return [self.lead, self.inner, self.portrait]
            case _ if model is RelatedList:
                return [RelatedList.objects.get(article=self.story)]
        return [model.objects.earliest("pk")]

    def open(self):
        """Store each page."""
        for path in self.paths:
            self.reader.get(path)
        keys = {path: parse_page_request(self.reader._environ(path, "GET", {})).key for path in self.paths}
        self.pages = {path: self.reader.cache.store.find(key) for path, key in keys.items()}
        self.texts = {path: self.true(path) for path in self.paths}

    def held(self):
        """Return the paths whose stored page still counts as true; each page counts so from now on."""
        now = time.monotonic()
        snapshot = self.reader.cache.watcher.peek_snapshot(now)
        held = {path for path, page in self.pages.items() if self.reader.cache._is_fresh(page, snapshot, now)}
        for page in self.pages.values():
            page.change = snapshot.number
        return frozenset(held)

    def true(self, path):
        return _shown(self.reader.ask(self.reader.site.django, path))

    def change_and_restore(self, row, field):
        """Return the change of this field, with the pages that hold over it; None when the database takes no other."""
        before = getattr(row, field.attname)
        for value in other_values(field, before):
            if store(row, field, value):
                held = self.held()
                store(row, field, before)
                self.held()
                return Change(row, field, value, before, held)
        return None

    def stale_paths(self, changes):
        """Return which of the pages that hold over these changes differ from the page as it is after all of them."""
        made = [change for change in changes if store(change.row, change.field, change.value)]
        stale = [path for path in changes[0].held if self.true(path) != self.texts[path]]
        for change in made:
            store(change.row, change.field, change.before)
        others = [change for change in changes if change not in made]  # which do not go with those
        return stale + (self.stale_paths(others) if others else [])


@dataclass(eq=False)
class Change:
    row: models.Model
    field: models.Field
    value: object
    before: object
    held: frozenset  # paths

    def __str__(self):
        return f"{type(self.row).__name__}.{self.field.name}"


@pytest.fixture
def room():
    room = Newsroom()
    yield room
    room.reader.cache.watcher.stop()


def test_every_page_is_among_them(room):
    missing = page_names.missing(room.paths, without=LIKE_OTHERS | NEVER_STALE)
    assert missing == set(), "add an address of each to the paths of Newsroom"


def test_every_model_whose_changes_are_logged_is_among_them():
    tables = {model._meta.db_table for model in MODELS}
    assert {rule.table for rule in TRIGGER_RULES} - tables == set(), "add its model to MODELS"


@pytest.mark.long
def test_no_field_leaves_a_page_stale(room):
    """Make all changes together over which the same pages hold: a page that differs then is stale after one of them."""
    groups, unchanged = defaultdict(list), set()
    room.open()
    for model in MODELS:
        for row in room.rows(model):
            for field in fields(model):
                if change := room.change_and_restore(row, field):
                    groups[change.held].append(change)
                else:
                    unchanged.add(f"{model.__name__}.{field.name}")
    stale = {", ".join(map(str, changes)): room.stale_paths(changes) for changes in groups.values()}
    assert {names: paths for names, paths in stale.items() if paths} == {}
    assert unchanged <= BOUND


def fields(model):
    return [field for field in model._meta.concrete_fields if field.remote_field or not field.primary_key]


def store(row, field, value):
    """Return whether the database takes this value."""
    try:
        with transaction.atomic():
            return bool(type(row).objects.filter(pk=row.pk).update(**{field.attname: value}))
    except (DataError, IntegrityError):
        return False


def other_values(field, value):
    """Return values that a row may have instead, the likeliest first."""
    match field:
        case models.ForeignKey():
            return [*field.related_model._default_manager.exclude(pk=value).values_list("pk", flat=True)[:5], None]
        case models.JSONField():
            return [[] if isinstance(value, list) else {"en": "Other"} if not value else {}]
        case models.BooleanField():
            return [not value]
        case models.UUIDField():
            return [uuid.uuid4(), None]
        case models.DateTimeField():
            return [(value or timezone.now()) + datetime.timedelta(days=days) for days in (-1, 1)]
        case models.DateField():
            return [value and value - datetime.timedelta(days=1)]
        case models.IntegerField() | models.FloatField():
            return [(value or 0) + 1, 0.4]
        case _ if field.choices:
            return [choice for choice, _label in field.choices if choice != value]
        case _ if field.name == "status":
            return ["withdrawn", "draft"]
        case _ if field.name == "language":
            return ["fr", "en"]
        case _:
            return [f"{value or ''}x", "x" * len(value or "")]
