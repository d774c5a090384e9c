"""Later versions change any table: stored pages still follow every change, and search finds what is saved."""

import time
from functools import partial

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command

from articles.models import (
    Article,
    Author,
    Byline,
    FormerAddress,
    Image,
    RelatedChoice,
    RelatedList,
    SearchEntry,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
from articles.search import search
from articles.triggers import all_triggers, missing_triggers
from newsroom.conditions import examine_site
from tests.articles import cast
from tests.articles.later.migrations._columns import ADDED, TODAY
from tests.newsroom.page_cache.conftest import Reader

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("9001_added", "9002_renamed", "9003_removed")


def migrate(target=TODAY):
    call_command("migrate", "articles", target, verbosity=0)
    if target == TODAY:
        call_command("migrate", "newsroom", verbosity=0)  # what depends on migrations that were taken back


@pytest.fixture
def later_version(settings):
    settings.MIGRATION_MODULES = {"articles": "tests.articles.later.migrations"}
    yield
    migrate()


@pytest.fixture
def reader():
    reader = Reader()
    yield reader
    reader.cache.watcher.stop()


@pytest.fixture
def story():
    return cast.story("Le port ferme", authors=[cast.author()], tags=["Togo"], lead_image=cast.image())


def page_changes(story):
    """Return table → (address of a page that shows a row of it, a change of this row)."""
    page, tag, other = story.get_absolute_url(), Tag.objects.get(), cast.story("Une autre")
    FormerAddress.objects.create(path="/section/alt/", section=story.section)
    return {
        "article": (page, lambda: Article.objects.filter(pk=story.pk).update(headline="Le port rouvre")),
        "article_body_images": (page, lambda: story.body_images.add(story.lead_image)),
        "author": (page, lambda: Author.objects.update(name="Awa Ndiaye")),
        "byline": (page, lambda: Byline.objects.all().delete()),
        "image": (page, lambda: Image.objects.update(alt="Le quai")),
        "relatedchoice": (page, lambda: story.set_related(RelatedChoice.Place.COMPACT, [other])),
        "relatedlist": (page, lambda: RelatedList.objects.filter(pk=story.pk).update(matches=[])),
        "section": (page, lambda: Section.objects.update(name="Économie")),
        "tag": (tag.get_absolute_url(), lambda: Tag.objects.update(description="Le pays")),
        "tagalias": (tag.get_absolute_url(), lambda: TagAlias.objects.create(tag=tag, name="République togolaise")),
        "taggedarticle": (page, lambda: TaggedArticle.objects.all().delete()),
        "formeraddress": (
            "/section/alt/",
            lambda: FormerAddress.objects.create(path="/section/x/", section=story.section),
        ),
    }


def is_rendered_again(reader, path, change):
    """Return whether a stored page is rendered again soon after this change, and was not before."""
    for _twice in range(2):
        assert reader.get(path).status in {200, 301}
    before = reader.renderings
    reader.get(path)
    assert reader.renderings == before, "the page is not stored"
    change()
    deadline = time.monotonic() + 5  # seconds, on a busy machine
    while time.monotonic() < deadline:
        reader.get(path)
        if reader.renderings > before:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.long
@pytest.mark.usefixtures("later_version")
def test_pages_follow_and_search_finds_while_columns_come_and_go_in_every_table(reader, story):
    for step in STEPS:
        migrate(step)
        assert missing_triggers() == [], step
        text = f"Le cacao monte, {step}"
        change = partial(Article.objects.filter(pk=cast.story(text).pk).update, standfirst=text)
        assert is_rendered_again(reader, "/", change), step
        assert search(text, language="en").hits[0].story.headline == text
    changes, indexed = page_changes(story), SearchEntry._meta.db_table
    assert {f"articles_{table}" for table in changes} | {indexed} == {trigger.table for trigger in all_triggers()}
    for table, (path, change) in changes.items():
        assert is_rendered_again(reader, path, change), table


@pytest.fixture
def interruption(later_version, monkeypatch):
    """Let the first later migration fail after it has changed every table."""

    class Interruption:
        def database_forwards(self, *_arguments):
            raise KeyboardInterrupt

        def state_forwards(self, *_arguments):
            pass

    with monkeypatch.context() as patch:
        patch.setitem(ADDED.operations, "interruption", Interruption())
        with pytest.raises(KeyboardInterrupt):
            migrate(STEPS[0])


def test_triggers_that_an_interrupted_migration_left_out_are_named_and_created_by_the_next_migrate(interruption):
    assert missing_triggers() != []
    assert [warning.id for warning in run_checks(tags=[Tags.database], databases=["default"])] == ["newsroom.W006"]
    assert [condition.name for condition in examine_site()] == ["triggers"]
    migrate()  # no migration is left to apply
    assert missing_triggers() == []


@pytest.mark.usefixtures("later_version")
def test_the_first_migration_alone_and_back_again_leaves_a_newsroom_that_searches():
    migrate("0001")
    migrate()
    assert missing_triggers() == []
    cast.story("Le cacao monte")
    assert search("cacao", language="en").hits
