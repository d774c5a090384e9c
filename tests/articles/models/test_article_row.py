"""The row of a story, its links and what is counted of it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Article, Section, Tag, TaggedArticle
from articles.models.article import StaleStory
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headline", ["   ", "\u200b\u00ad", "\u3164", "\u2066\u2069"])
def test_a_headline_that_nobody_sees_is_none(headline):
    with pytest.raises(ValidationError, match="needs a headline"):
        cast.draft(headline).publish(None)


@pytest.mark.parametrize("headline", ["🎉", "سوق", "Le Mali\u00a0: un «\u00a0oui\u00a0»"])
def test_any_headline_that_can_be_seen_is_kept(headline):
    assert cast.story(headline).headline == headline


def test_a_stale_story_is_not_stored():
    story = cast.draft()
    again = Article.objects.get(pk=story.pk)
    story.store()
    with pytest.raises(StaleStory):
        again.store()


def test_tags_keep_their_order():
    story = cast.draft(tags=["Sénégal", "BVMAC", "Côte d’Ivoire", "cote d'ivoire"])
    assert [tag.name for tag in story.tags_in_order] == ["Sénégal", "BVMAC", "Côte d’Ivoire"]


def test_links_follow_the_story():
    story = cast.story(tags=["BVMAC"], authors=[cast.author()])
    story.withdraw(cast.editor())
    assert not TaggedArticle.objects.filter(status="published").exists()
    assert not story.bylines.filter(status="published").exists()


def test_counts_follow_the_story():
    awa = cast.editor()
    story = cast.story(tags=["BVMAC", "Douala"])
    assert _counts() == (1, {"BVMAC": 1, "Douala": 1})
    story.set_tags(Tag.objects.for_names(["BVMAC", "Cameroun"]))
    assert _counts() == (1, {"BVMAC": 1, "Douala": 0, "Cameroun": 1})
    story.withdraw(awa)
    assert _counts() == (0, {"BVMAC": 0, "Douala": 0, "Cameroun": 0})


def _counts():
    return Section.objects.get(slug="finance").story_count, dict(Tag.objects.values_list("name", "story_count"))


def last_use_of(name):
    return Tag.objects.get(name=name).last_used_at


def test_the_last_use_follows_the_story():
    awa = cast.editor()
    old, new = cast.story(tags=["BVMAC"], hours_ago=50), cast.story(tags=["BVMAC", "Douala"])
    new.set_tags(Tag.objects.for_names(["Cameroun"]))
    assert [last_use_of(name) for name in ("BVMAC", "Douala", "Cameroun")] == [old.publish_at, None, new.publish_at]
    new.withdraw(awa)
    assert last_use_of("Cameroun") is None


@pytest.mark.parametrize("days", [1, -1])
def test_the_last_use_follows_a_changed_time(days):
    awa, soon = cast.editor(), timezone.now() + datetime.timedelta(days=3)
    story = cast.story(tags=["BVMAC"], hours_ago=-24)
    story.publish(awa, at=soon + datetime.timedelta(days=days))
    assert last_use_of("BVMAC") == story.publish_at == soon + datetime.timedelta(days=days)


def test_a_picture_that_the_library_does_not_have_is_no_reason_to_lose_a_story():
    story = cast.draft(body='<figure class="picture"><img data-image="999"></figure>')
    story.store()
    assert not story.body_images.exists()
