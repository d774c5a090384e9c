"""Versions of stories name tags by id and name; what they name today is found."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article, Tag, TagAlias
from tests.articles import cast
from tests.articles.cast import fresh, typed
from tests.articles.models.tag_newsroom import create_tags, tags_on

pytestmark = pytest.mark.django_db


def test_an_old_version_that_names_a_source_comes_back_with_the_target(awa):
    story = cast.draft(tags=["Bourse"])
    story.save_draft(awa, typed(story, headline="Deux", tags=[]))
    old = story.revisions.order_by("pk").first()
    (target,) = create_tags("BVMAC")
    target.merge([Tag.objects.resolve("Bourse")], None)
    fresh(story).restore(old, awa)
    assert tags_on(story) == ["BVMAC"]


def test_it_does_so_when_the_source_had_been_renamed_and_its_spellings_deleted(awa):
    story = cast.draft(tags=["Bourse"])
    story.save_draft(awa, typed(story, headline="Deux", tags=[]))
    old = story.revisions.order_by("pk").first()
    (target,) = create_tags("BVMAC")
    bourse = Tag.objects.resolve("Bourse")
    bourse.rename(None, "Marché")
    TagAlias.objects.all().delete()
    target.merge([bourse], None)
    fresh(story).restore(old, awa)
    assert tags_on(story) == ["BVMAC"]


def test_after_the_undo_it_comes_back_with_the_source(awa):
    story = cast.draft(tags=["Bourse"])
    story.save_draft(awa, typed(story, headline="Deux", tags=[]))
    old = story.revisions.order_by("pk").first()
    (target,) = create_tags("BVMAC")
    target.merge([Tag.objects.resolve("Bourse")], None).undo(None)
    fresh(story).restore(old, awa)
    assert tags_on(story) == ["Bourse"]


def named_in_waiting_changes(awa, *names):
    story = cast.story()
    (tag,) = create_tags("Bourse")
    story.save_draft(awa, typed(story, tags=[[tag.pk, tag.name], *([one.pk, one.name] for one in create_tags(*names))]))
    return story, tag


def test_waiting_changes_that_name_a_source_go_live_with_the_target(awa):
    story, bourse = named_in_waiting_changes(awa)
    (target,) = create_tags("BVMAC")
    target.merge([bourse], None)
    fresh(story).publish_changes(awa)
    assert tags_on(story) == ["BVMAC"]


def test_scheduled_changes_that_name_a_source_go_live_with_the_target(awa):
    story, bourse = named_in_waiting_changes(awa)
    fresh(story).schedule_changes(awa, timezone.now() + datetime.timedelta(hours=1))
    (target,) = create_tags("BVMAC")
    target.merge([bourse], None)
    later = timezone.now() + datetime.timedelta(hours=2)
    Article.objects.filter(pk=story.pk).update(due_at=timezone.now() - datetime.timedelta(hours=1))
    fresh(story).put_live(later)
    assert tags_on(story) == ["BVMAC"]


def test_a_tag_that_is_taken_off_all_stories_does_not_come_back_with_waiting_changes_that_name_a_source(awa):
    story, bourse = named_in_waiting_changes(awa, "Or")
    (target,) = create_tags("BVMAC")
    target.merge([bourse], None)
    assert fresh(story).retag(None, remove=[target])
    fresh(story).publish_changes(awa)
    assert tags_on(story) == ["Or"]


def test_nothing_is_taken_off_where_waiting_changes_name_another_source(awa):
    story, bourse = named_in_waiting_changes(awa)
    target, other = create_tags("BVMAC", "Or")
    target.merge([bourse], None)
    assert not fresh(story).retag(None, remove=[other])


def test_waiting_changes_that_name_a_deleted_tag_go_live_without_it(awa):
    story, bourse = named_in_waiting_changes(awa, "Or")
    bourse.retire(None)
    assert [name for _pk, name in fresh(story).newest_content["tags"]] == ["Bourse", "Or"]
    fresh(story).publish_changes(awa)
    assert tags_on(story) == ["Or"]


def test_a_save_with_a_tag_that_was_merged_meanwhile_has_the_target(awa):
    story = cast.draft(tags=["Or"])
    bourse, target = create_tags("Bourse", "BVMAC")
    edit = typed(story, tags=[[bourse.pk, "Bourse"], [Tag.objects.resolve("Or").pk, "Or"]])
    target.merge([bourse], None)
    story.save_draft(awa, edit)
    assert tags_on(story) == ["BVMAC", "Or"]
