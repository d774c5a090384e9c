"""The edition turns with what readers may see, and with nothing else."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Edition, FormerAddress, RelatedList, Section, Tag, TagAlias
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turned():
    """Whether the edition turned since it was asked last."""
    seen = Edition.objects.since("")[0]

    def ask():
        nonlocal seen
        seen, is_new = Edition.objects.since(seen)
        return is_new

    return ask


def change(story):
    story.save_draft(cast.editor(), Edit({**story.newest_content, "headline": "Le port rouvre"}))


def test_who_has_seen_nothing_is_told_of_something_new():
    assert Edition.objects.since("")[1]


def test_the_same_edition_is_no_news(turned):
    cast.story()
    assert turned()
    assert not turned()


@pytest.mark.parametrize("verb", ["draft", "tag", "author", "picture", "choice"])
def test_what_only_the_desk_sees_turns_nothing(turned, verb):
    draft = cast.draft()
    other = cast.draft("Une autre")
    turned()
    match verb:
        case "draft":
            Article.objects.filter(pk=draft.pk).update(headline="Brouillon")
        case "tag":
            draft.set_tags(Tag.objects.for_names(["Côte d’Ivoire"]))
        case "author":
            draft.set_authors([cast.author()])
        case "picture":
            cast.image()
        case "choice":
            draft.set_related("compact", [other])
    assert not turned()


def test_a_publication_turns_it(turned):
    draft = cast.draft()
    chief = cast.editor()
    turned()
    draft.publish(chief)
    assert turned()


@pytest.mark.parametrize("verb", ["withdraw", "text", "tags", "authors", "choice", "schedule", "delete"])
def test_each_change_of_a_public_story_turns_it(turned, verb):
    story, chief, later = cast.story(), cast.editor(), timezone.now() + datetime.timedelta(hours=1)
    other = cast.story("Une autre")
    turned()
    match verb:
        case "withdraw":
            story.withdraw(chief)
        case "text":
            Article.objects.filter(pk=story.pk).update(headline="Le port rouvre")
        case "tags":
            story.set_tags(Tag.objects.for_names(["Côte d’Ivoire"]))
        case "authors":
            story.set_authors([cast.author()])
        case "choice":
            story.set_related("compact", [other])
        case "schedule":
            story.schedule_changes(chief, later, Edit({**story.newest_content, "headline": "Le port rouvre"}))
        case "delete":
            other.delete()
    assert turned()


@pytest.mark.parametrize("noun", ["section", "author", "tag", "alias", "picture", "address", "related_list"])
def test_what_stands_around_stories_turns_it(turned, noun):
    section, author, image, story = cast.section(), cast.author(), cast.image(), cast.story()
    tag = Tag.objects.for_names(["Côte d’Ivoire"])[0]
    turned()
    match noun:
        case "section":
            Section.objects.filter(pk=section.pk).update(name="Économie")
        case "author":
            author.title = "Envoyée spéciale"
            author.save()
        case "tag":
            Tag.objects.filter(pk=tag.pk).update(description="Le pays")
        case "alias":
            TagAlias.objects.create(tag=tag, name="RCI")
        case "picture":
            image.caption = "Le port"
            image.save()
        case "address":
            FormerAddress.objects.create(path="/section/economie/", section=section)
        case "related_list":
            RelatedList.objects.filter(pk=story.pk).update(matches=[[7, 0.5, [], 0, None, 75.0]])
    assert turned()


def test_what_is_rolled_back_turns_nothing(turned):
    story = cast.story()
    turned()
    with transaction.atomic():
        Article.objects.filter(pk=story.pk).update(headline="Non")
        transaction.set_rollback(True)
    assert not turned()


@pytest.mark.only_on("postgresql")
def test_a_transaction_that_commits_late_is_seen_though_a_later_one_was_seen_before(turned):
    first, second = cast.story(), cast.story("Une autre")
    turned()
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Article.objects.filter(pk=first.pk).update(headline="Lente")
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    Article.objects.filter(pk=second.pk).update(headline="Rapide")
    seen = [turned(), turned()]
    go_on.set()
    thread.join()
    assert [*seen, turned(), turned()] == [True, False, True, False]


@pytest.mark.only_on("postgresql")
def test_turns_of_another_server_that_a_dump_brought_are_no_news(turned):
    Edition.objects.create(turn=10**15, turned_at=timezone.now())
    assert not turned()


def test_old_turns_are_pruned_but_the_newest_stays(turned):
    story = cast.story()
    Article.objects.filter(pk=story.pk).update(headline="Encore")
    turned()
    Edition.objects.update(turned_at=timezone.now() - datetime.timedelta(days=2))
    Edition.objects.prune()
    assert Edition.objects.count() == 1
    assert not turned()


def test_the_next_change_is_the_first_of_a_beginning_an_end_and_changes_due():
    now = timezone.now()
    story = cast.story()
    assert Article.objects.next_change(now) is None
    moments = [now + datetime.timedelta(hours=hours) for hours in (3, 2, 1)]
    for name, moment in zip(("unpublish_at", "due_at", "publish_at"), moments, strict=True):
        if name == "due_at":
            story.schedule_changes(cast.editor(), moment, Edit({**story.newest_content, "headline": "Rouvre"}))
        elif name == "publish_at":
            cast.story("Demain", hours_ago=-1)
            moment = Article.objects.latest("pk").publish_at
        else:
            Article.objects.filter(pk=story.pk).update(unpublish_at=moment)
        assert Article.objects.next_change(now) == moment
