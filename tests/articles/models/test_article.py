import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Section, Tag, TaggedArticle
from articles.models.article import StaleStory
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_a_draft_is_not_visible():
    assert not Article.objects.visible().filter(pk=cast.draft().pk)


@pytest.mark.parametrize(("seconds", "seen"), [(-1, False), (0, True), (1, True)])
def test_a_story_appears_at_its_time(seconds, seen):
    at = timezone.now() + HOUR
    story = cast.draft()
    story.publish(cast.editor(), at=at)
    moment = at + datetime.timedelta(seconds=seconds)
    assert Article.objects.visible(moment).exists() is seen
    assert story.is_visible(moment) is seen


@pytest.mark.parametrize(("seconds", "seen"), [(-1, True), (0, False), (1, False)])
def test_a_story_ends_at_its_time(seconds, seen):
    story = cast.story()
    story.unpublish_at = timezone.now() + HOUR
    story.store()
    moment = story.unpublish_at + datetime.timedelta(seconds=seconds)
    assert Article.objects.visible(moment).exists() is seen
    assert story.is_visible(moment) is seen


def test_a_withdrawn_story_is_gone():
    story = cast.story()
    story.withdraw(cast.editor())
    assert story.is_gone
    assert not Article.objects.visible().exists()


def test_publishing_again_keeps_address_and_first_date():
    story = cast.story()
    before = story.get_absolute_url(), story.first_published_at
    awa = cast.editor()
    story.withdraw(awa)
    story.publish(awa)
    assert (story.get_absolute_url(), story.first_published_at) == before


def test_two_stories_of_one_headline_and_day_get_two_addresses():
    one, two = cast.story(), cast.story()
    assert two.slug == f"{one.slug}-2"


def test_an_incomplete_story_is_not_published():
    with pytest.raises(ValidationError) as refused:
        cast.draft("  ", section=None, body="<p> </p>").publish(cast.editor())
    assert set(refused.value.message_dict) == {"headline", "section", "body"}


@pytest.mark.parametrize("headline", ["   ", "\u200b\u00ad", "\u3164", "\u2066\u2069"])
def test_a_headline_that_nobody_sees_is_none(headline):
    with pytest.raises(ValidationError, match="needs a headline"):
        cast.draft(headline).publish(None)


@pytest.mark.parametrize("headline", ["🎉", "سوق", "Le Mali\u00a0: un «\u00a0oui\u00a0»"])
def test_any_headline_that_can_be_seen_is_kept(headline):
    assert cast.story(headline).headline == headline


def test_the_database_refuses_a_published_story_without_time():
    story = cast.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(status="published")


def test_a_reporter_does_not_publish():
    moutiou = cast.reporter()
    story = cast.draft(created_by=moutiou)
    with pytest.raises(PermissionDenied):
        story.publish(moutiou)


def test_a_reporter_does_not_submit_a_colleagues_draft():
    with pytest.raises(PermissionDenied):
        cast.draft().submit(cast.reporter())


def test_a_stale_story_is_not_stored():
    story = cast.draft()
    again = Article.objects.get(pk=story.pk)
    story.store()
    with pytest.raises(StaleStory):
        again.store()


def test_tags_keep_their_order():
    story = cast.draft(tags=["Sénégal", "BVMAC", "Côte d’Ivoire", "cote d'ivoire"])
    assert [tag.name for tag in story.tags_in_order] == ["Sénégal", "BVMAC", "Côte d’Ivoire"]


def test_a_tag_page_lists_newest_first():
    old = cast.story("Ancienne", tags=["BVMAC"], hours_ago=5)
    new = cast.story("Nouvelle", tags=["BVMAC"])
    tag = old.tags_in_order[0]
    assert list(Article.objects.visible().tagged(tag, "en")) == [new, old]
    assert not Article.objects.visible().tagged(tag, "fr").exists()


def test_links_follow_the_story():
    story = cast.story(tags=["BVMAC"], authors=[cast.author()])
    story.withdraw(cast.editor())
    assert not TaggedArticle.objects.filter(status="published").exists()
    assert not story.bylines.filter(status="published").exists()


def test_the_address_is_the_one_of_the_url_map(settings):
    story = cast.story(language="fr")
    assert story.get_absolute_url() == f"/fr/{story.address_date:%Y/%m/%d}/{story.slug}/"


def test_counts_follow_the_story():
    awa = cast.editor()
    story = cast.story(tags=["BVMAC", "Douala"])
    assert _counts() == (1, {"BVMAC": 1, "Douala": 1})
    story.set_tags(Tag.objects.for_names(["BVMAC", "Cameroun"]))
    assert _counts() == (1, {"BVMAC": 1, "Douala": 0, "Cameroun": 1})
    story.withdraw(awa)
    assert _counts() == (0, {"BVMAC": 0, "Douala": 0, "Cameroun": 0})


def test_counts_made_anew_are_the_same():
    cast.story(tags=["BVMAC", "Douala"])
    cast.draft(tags=["Cameroun", "Douala"])
    before = _counts()
    Tag.objects.recount()
    Section.objects.recount()
    assert _counts() == before


def _counts():
    return Section.objects.get(slug="finance").story_count, dict(Tag.objects.values_list("name", "story_count"))


def last_use_of(name):
    return Tag.objects.get(name=name).last_used_at


def test_the_last_use_of_a_tag_is_its_newest_published_story():
    new, old = cast.story(tags=["BVMAC"]), cast.story(tags=["BVMAC", "Douala"], hours_ago=50)
    cast.draft(tags=["Douala", "Cameroun"])
    assert [last_use_of(name) for name in ("BVMAC", "Douala", "Cameroun")] == [new.publish_at, old.publish_at, None]


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


def test_the_last_use_made_anew_is_the_same():
    cast.story(tags=["BVMAC", "Douala"])
    cast.story(tags=["Cameroun", "Douala"], hours_ago=9)
    before = list(Tag.objects.order_by("pk").values_list("last_used_at"))
    Tag.objects.update(last_used_at=None)
    Tag.objects.recount()
    assert list(Tag.objects.order_by("pk").values_list("last_used_at")) == before


def test_a_picture_that_the_library_does_not_have_is_no_reason_to_lose_a_story():
    story = cast.draft(body='<figure class="picture"><img data-image="999"></figure>')
    story.store()
    assert not story.body_images.exists()
