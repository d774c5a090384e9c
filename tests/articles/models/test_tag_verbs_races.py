"""Two people at the same instant, each with a connection of their own. On SQLite one writer waits for the other."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles.models import Article, Tag, TaggedArticle
from articles.models.content import Edit
from tests.articles import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]


def at_once(*deeds):
    """Do these in threads of their own, begun together; what each raised, in their order."""
    start, raised = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        start.wait()
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def no_dangling_links():
    return not TaggedArticle.objects.exclude(tag__in=Tag.objects.values("pk")).exists()


@pytest.mark.parametrize("turn", range(5))
def test_two_merges_into_each_other_leave_one_tag_and_lose_no_story(turn):
    one, two = Tag.objects.create_named("Un"), Tag.objects.create_named("Deux")
    stories = {cast.draft(tags=names) for names in (["Un"], ["Deux"], ["Un", "Deux"])}
    raised = at_once(lambda: one.merge([two], None), lambda: two.merge([one], None))
    assert [type(error) for error in raised if error] == [ValidationError]
    left = Tag.objects.get()
    assert {link.content_object for link in left.taggings.all()} == stories


@pytest.mark.parametrize("turn", range(5))
def test_a_story_saved_with_the_source_during_its_merge_ends_with_the_target(turn):
    awa = cast.editor()
    one, two, target = (Tag.objects.create_named(name) for name in ("Un", "Deux", "But"))
    story = cast.draft(tags=["Deux", "Un"])
    content = {**story.newest_content, "tags": [[one.pk, "Un"]], "headline": "Autre"}
    deeds = [
        lambda: story.save_draft(awa, Edit(content, story.version)),
        lambda: target.merge([one, two], None),
    ]
    assert at_once(*deeds[:: 1 - 2 * (turn % 2)]) == [None, None]
    assert [tag.name for tag in Article.objects.get(pk=story.pk).tags_in_order] == ["But"]
    assert no_dangling_links()


@pytest.mark.parametrize("turn", range(5))
def test_a_story_published_during_a_merge_is_listed_under_the_target(turn):
    awa = cast.editor()
    one, target = Tag.objects.create_named("Un"), Tag.objects.create_named("But")
    story = cast.draft(tags=["Un"])
    assert at_once(lambda: story.publish(awa), lambda: target.merge([one], None)) == [None, None]
    assert list(Article.objects.visible().tagged(target, "en")) == [story]
    assert Tag.objects.get().story_count == 1


def test_a_save_that_waits_for_a_merge_finds_the_target():
    """The merge is held open by hand, so that the save begins before it ends on any machine."""
    awa = cast.editor()
    one, target = Tag.objects.create_named("Un"), Tag.objects.create_named("But")
    story = cast.draft(tags=["Or"])
    content = {**story.newest_content, "tags": [[one.pk, "Un"]]}
    merged, waiting = threading.Event(), threading.Event()

    def merge():
        with transaction.atomic():
            target.merge([one], None)
            merged.set()
            waiting.wait(5)

    def save():
        merged.wait(5)
        threading.Timer(0.3, waiting.set).start()
        story.save_draft(awa, Edit(content, story.version))

    assert at_once(merge, save) == [None, None]
    assert [tag.name for tag in Article.objects.get(pk=story.pk).tags_in_order] == ["But"]


def test_a_change_is_undone_once():
    one, target = Tag.objects.create_named("Un"), Tag.objects.create_named("But")
    change = target.merge([one], None)
    raised = at_once(lambda: change.undo(None), lambda: change.undo(None))
    assert [type(error) for error in raised if error] == [ValidationError]
    assert Tag.objects.count() == 2


def test_a_draft_waits_for_no_publication_with_the_same_tag():
    tag = Tag.objects.create_named("Togo")
    story = cast.draft()
    content = {**story.newest_content, "tags": [[tag.pk, "Togo"]]}

    def save():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        story.save_draft(None, Edit(content, story.version))

    with transaction.atomic():
        Tag.objects.lock_for_counting([tag.pk])
        assert at_once(save) == [None]
    assert [tag.name for tag in story.tags_in_order] == ["Togo"]
