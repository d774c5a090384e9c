"""Links between tags and stories move, and come back to the stories that nobody retagged since."""

import pytest

from articles.models import Article, Tag, TaggedArticle
from tests.articles import cast
from tests.articles.cast import fresh
from tests.articles.models.tag_newsroom import create_tags, tagged_newsroom, tags_on

pytestmark = pytest.mark.django_db


def test_the_target_takes_the_place_of_the_first_source():
    one, two, target, _other = create_tags("Un", "Deux", "But", "Autre")
    story = cast.story(tags=["Autre", "Deux", "Mali", "Un"])
    target.merge([one, two], None)
    assert tags_on(story) == ["Autre", "But", "Mali"]


def test_a_target_that_is_there_stays_where_it_was():
    one, target = create_tags("Un", "But")
    story = cast.story(tags=["Un", "Autre", "But"])
    target.merge([one], None)
    assert tags_on(story) == ["Autre", "But"]


def test_links_that_a_merge_makes_repeat_what_lists_need():
    one, target = create_tags("Un", "But")
    story = cast.story(tags=["Un"])
    before = TaggedArticle.objects.values("status", "publish_at", "language").get()
    target.merge([one], None)
    assert TaggedArticle.objects.values("status", "publish_at", "language").get() == before
    assert list(Article.objects.visible().tagged(target, "en")) == [story]


def test_the_record_has_every_story():
    one, target = create_tags("Un", "But")
    stories = [cast.draft(tags=["Un"]), cast.draft(tags=["Un", "But"])]
    change = target.merge([one], None)
    assert change.sources == [(one.pk, "Un")]
    assert list(change.links.filter(tag_id=one.pk).values_list("article_id", flat=True)) == [s.pk for s in stories]


def test_an_undo_counts_what_it_gave_back():
    _stories, target, sources = tagged_newsroom()
    assert target.merge(sources, None).undo(None).restored == 4


def test_a_story_that_lost_the_target_since_stays_as_it_is(awa):
    stories, target, sources = tagged_newsroom()
    change = target.merge(sources, None)
    fresh(stories[2]).set_tags([Tag.objects.resolve("Or")])
    gone = stories[1].pk
    Article.objects.filter(pk=gone).delete()
    undone = change.undo(None)
    assert sorted(undone.left_out) == sorted([gone, stories[2].pk])
    assert tags_on(stories[2]) == ["Or"]
    assert tags_on(stories[0]) == ["Or", "Bourse de Douala", "BVMAC"]
