"""Whatever changes, a stored page equals one that is made without any cache; and what does not show it stays stored."""

import datetime
import os
import random
import re
import uuid
from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from articles import clock
from articles.models import (
    Article,
    Author,
    Byline,
    FollowUp,
    FormerAddress,
    Image,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.models.content import Edit
from articles.related import scoring
from newsroom.page_cache.key import asked_for
from tests.articles import cast, page_names
from tests.newsroom.page_cache.conftest import AskingWatcher, Reader

pytestmark = pytest.mark.django_db(transaction=True)
SEEDS = int(os.environ.get("SEEDS", "1"))
STEPS = 25  # of each seed
PAGES = 30  # opened before each step
# The feeds that are tested stand for these, which the same classes make.
LIKE_OTHERS = {"section_feed_atom", "author_feed_atom", "tag_feed_atom"}
NEVER_STALE = {"shared", "robots"}  # the one is never stored, the other shows no row
LANGUAGES = ("en", "fr")
SECTIONS = ("Finance", "Énergie", "Ports")
TAGS = ("Lomé", "Côte d’Ivoire", "Coton", "Dette", "Rail")
AUTHORS = ("Awa Ndiaye", "Kofi Mensah", "Sika Amegan")


class Newsroom:
    """Stories of two languages, a reader who has opened every page, and random changes."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - the same each time
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
            + choose(["", f'<figure class="picture"><img data-image="{self.images[0].pk}" alt=""></figure>']),
        } | fields
        return cast.story(f"Dépêche {number}", hours_ago=hours_ago or self.random.choice([1, 30, 900]), **fields)

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
        once = [
            "/sitemap.xml",
            "/sitemap-pages.xml",
            "/news-sitemap.xml",
            "/sitemap/stories-1.xml",
            "/sitemap/tags-1.xml",
        ]
        return [*stories, *everywhere, *(f"/fr{path}" for path in everywhere), *once]

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
        response = self.reader.cache.stored(asked_for(environ), environ)
        return response and _shown(self.reader._answer(environ, response))

    def pass_time(self, seconds):
        clock._offset += datetime.timedelta(seconds=seconds)
        self.reader.cache.watcher.ahead += seconds


def _shown(answer):
    """Return the page without the time at which a feed without stories was made."""
    return answer.status, answer.headers.get("Location"), re.sub(r"<(lastBuildDate|updated)>.*?</", "", answer.text)


# Changes: by verbs, by QuerySets behind their backs, and by time

CHANGES = {}


def change(function):
    CHANGES[function.__name__] = function
    return function


def edit(story, **fields):
    return Edit({**story.newest_content, **fields})


@change
def publication(room):
    room.publish()


@change
def publication_with_new_tag(room):
    room.publish(tags=[f"Sujet {room.random.randrange(100)}"])


@change
def old_story_comes_in(room):
    room.publish(hours_ago=24 * room.random.randrange(40, 100))


@change
def withdrawal(room):
    if story := room.live():
        story.withdraw(room.chief)


@change
def publication_of_a_withdrawn_story(room):
    if story := room.story(status="withdrawn"):
        story.publish(room.chief)


@change
def correction(room):
    if story := room.live():
        room.correct(story, body=f"<p>Depuis {room.random.random()}.</p>")


@change
def headline(room):
    if story := room.live():
        room.correct(story, headline=f"Le port {room.random.random()}")


@change
def move_to_another_section(room):
    if story := room.live():
        section = room.one_of(Section)
        room.correct(story, section=[section.pk, str(section)])


@change
def new_slug(room):
    if story := room.live():
        room.correct(story, slug=f"slug-{room.random.randrange(1000)}")


@change
def draft(room):
    cast.draft("Brouillon", tags=["Inconnu"], authors=room.authors)


@change
def changes_that_wait(room):
    if story := room.live():
        story.save_draft(room.chief, edit(story, headline="Pas encore"))


@change
def changes_that_waited(room):
    if story := Article.objects.exclude(waiting=None).first():
        story.publish_changes(room.chief)


@change
def changes_at_a_time(room):
    if story := room.live():
        soon = clock.now() + datetime.timedelta(minutes=5)
        section = room.one_of(Section)
        fields = {"headline": f"À temps {room.random.random()}", "section": [section.pk, str(section)]}
        story.schedule_changes(room.chief, soon, edit(story, **fields))


@change
def scheduled_story(room):
    draft = cast.draft(f"Demain {room.random.random()}", tags=room.random.sample(TAGS, 2), authors=room.authors[:1])
    draft.publish(room.chief, at=clock.now() + datetime.timedelta(minutes=7))


@change
def story_that_ends(room):
    if story := room.live():
        Article.objects.filter(pk=story.pk).update(unpublish_at=clock.now() + datetime.timedelta(minutes=3))


@change
def some_minutes(room):
    room.pass_time(4 * 60)


@change
def another_day(room):
    if room.random.random() < 0.2:
        room.pass_time(24 * 60 * 60)


@change
def other_tags(room):
    if story := room.live():
        story.set_tags(Tag.objects.for_names(room.random.sample(TAGS, room.random.randrange(4))))


@change
def other_authors(room):
    if story := room.live():
        story.set_authors(room.random.sample(room.authors, room.random.randrange(3)))


@change
def pins(room):
    if story := room.live():
        others = [room.story(), room.story()]
        story.set_related(room.random.choice(["compact", "long", "never"]), others)


@change
def relatives(room):
    FollowUp.objects.work_off()


@change
def translation(room):
    first, second = room.story(language="en"), room.story(language="fr")
    if first and second and not first.translation_group and not second.translation_group:
        group = uuid.uuid4()
        Article.objects.filter(pk=first.pk).update(translation_group=group)
        Article.objects.filter(pk=second.pk).update(translation_group=group)


@change
def deletion(room):
    if story := room.live():
        story.delete()


@change
def name_of_an_author(room):
    Author.objects.filter(pk=room.one_of(Author).pk).update(name=f"Awa {room.random.random()}")


@change
def address_of_an_author(room):
    author = room.one_of(Author)
    FormerAddress.objects.record(author.get_absolute_url(), author)
    author.slug = f"awa-{room.random.randrange(1000)}"
    author.save()


@change
def photo_of_an_author(room):
    Author.objects.filter(pk=room.one_of(Author).pk).update(photo=room.random.choice(room.images))


@change
def rename_of_a_tag(room):
    room.one_of(Tag).rename(room.chief, f"Nom {room.random.randrange(10**6)}")


@change
def merge_of_tags(room):
    if Tag.objects.count() > 3:
        first, second = room.random.sample(list(Tag.objects.order_by("pk")), 2)
        first.merge([second], room.chief)


@change
def retirement_of_a_tag(room):
    if Tag.objects.count() > 3:
        room.one_of(Tag).retire(room.chief, remove_from_stories=True)


@change
def description_of_a_tag(room):
    Tag.objects.filter(pk=room.one_of(Tag).pk).update(description=f"Sur {room.random.random()}")


@change
def alias(room):
    TagAlias.objects.create(tag=room.one_of(Tag), name=f"Alias {room.random.randrange(10**6)}")


@change
def alias_that_comes(room):
    if not TagAlias.objects.filter(slug="coming").exists():
        TagAlias.objects.create(tag=room.one_of(Tag), name="Coming", slug="coming")


@change
def name_of_a_section(room):
    Section.objects.filter(pk=room.one_of(Section).pk).update(
        name=f"Rubrique {room.random.random()}", other_names=room.random.choice([{}, {"fr": "Autre nom"}])
    )


@change
def menu(room):
    Section.objects.filter(pk=room.one_of(Section).pk).update(
        in_menu=room.random.random() < 0.7, position=room.random.randrange(9)
    )


@change
def new_section(room):
    if Section.objects.count() < 6:
        cast.section(f"Neuve {Section.objects.count()}", f"neuve-{Section.objects.count()}")


@change
def former_address_of_a_section(room):
    FormerAddress.objects.record("/section/former/", room.one_of(Section))


@change
def words_of_a_picture(room):
    fields = {"alt": f"Grue {room.random.random()}", "credit": f"Sika {room.random.random()}"}
    Image.objects.filter(pk=room.one_of(Image).pk).update(**fields)


@change
def column_of_a_story(room):
    """Change a column by a QuerySet, which calls no verb."""
    if story := room.live():
        columns = {
            "kicker": "Exclusif",
            "standfirst": f"Chapeau {room.random.random()}",
            "dateline": "Lomé",
            "label": room.random.choice(Article.Label.values),
            "lead_image": room.random.choice([None, *room.images]),
            "lead_caption": "Le port",
            "long_text": f"Long {room.random.random()}",
            "compact_text": f"Court {room.random.random()}",
            "never_teased": True,
            "changed_at": clock.now(),
            "publish_at": story.publish_at - datetime.timedelta(days=room.random.randrange(40)),
        }
        name = room.random.choice(sorted(columns))
        Article.objects.filter(pk=story.pk).update(**{name: columns[name]})


@change
def plain_sql(room):
    if story := room.live():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = %s WHERE id = %s", ["Sans ORM", story.pk])


@change
def statement_that_ignores_conflicts(room):
    """Insert with a statement by whose rule SQLite resolves the conflicts of the triggers that it fires."""
    if story := room.live():
        listing, tag = story.listing(), room.one_of(Tag)
        links = [TaggedArticle(content_object=story, tag=tag, position=9, **listing)] * 2
        TaggedArticle.objects.bulk_create(links, ignore_conflicts=True)
        byline = Byline(article=story, author=room.one_of(Author), position=9, **listing)
        Byline.objects.bulk_create([byline], ignore_conflicts=True)


@change
def what_is_rolled_back(room):
    with transaction.atomic():
        room.publish()
        transaction.set_rollback(True)


@pytest.fixture
def room(monkeypatch, request):
    """Keep the order of related stories true to what is stored alone, not to their age, as within an hour."""
    monkeypatch.setattr(scoring, "recency", lambda seconds: 1.0)
    monkeypatch.setattr(clock, "_offset", clock.difference())
    monkeypatch.setattr(clock, "compare_with_database", lambda *_args: False)
    room = Newsroom(getattr(request, "param", 0))
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
