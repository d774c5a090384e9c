"""Every list of stories is read in the order of an index, in both databases."""

import re

import pytest
from django.db import connection

from articles.models import Article, Byline, Revision, Tag, TaggedArticle
from articles.models.by_month import bounds_of
from tests.articles.plans import SORT, STORIES, effort_of, plan_of

pytestmark = pytest.mark.django_db


def test_a_tags_newest_stories_are_read_in_the_order_of_an_index(archived_story):
    plan = plan_of(Article.objects.visible().tagged(Tag.objects.first(), "en"))
    assert "tagging_tag_newest" in plan
    assert not SORT.search(plan), plan


def test_an_authors_newest_stories_are_read_in_the_order_of_an_index(archived_story):
    plan = plan_of(Article.objects.visible().by_author(archived_story.authors_in_order[0].author, "en"))
    assert "byline_author_newest" in plan
    assert not SORT.search(plan), plan


def test_a_sections_newest_stories_are_read_in_the_order_of_an_index(archived_story):
    plan = plan_of(Article.objects.visible().in_language("en").in_section(archived_story.section).newest_first())
    assert "article_section_newest" in plan
    assert not SORT.search(plan), plan


def test_the_newest_stories_are_read_in_the_order_of_an_index(archived_story):
    plan = plan_of(Article.objects.visible().in_language("en").newest_first())
    assert re.search("article_newest|article_publication", plan)
    assert not SORT.search(plan), plan


def test_the_changes_beside_public_stories_are_found_by_the_indexes_of_both_kinds(archived_story):
    plan = plan_of(Revision.objects.unpublished())
    assert re.search(r"article_waiting\b", plan), plan
    assert re.search(r"article_due\b", plan), plan


@pytest.mark.parametrize("name", ["section", "language", "month", "tag", "author"])
def test_the_end_of_a_list_takes_no_more_than_its_beginning(archived_story, name):
    everything = {"status": "published", "language": "en"}
    Article.objects.update(section=archived_story.section, **everything)
    TaggedArticle.objects.exclude(content_object=archived_story).update(tag=Tag.objects.get(slug="bvmac"), **everything)
    Byline.objects.update(author=archived_story.authors_in_order[0].author, **everything)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_sort = off")
    stories = Article.objects.visible().in_language("en")
    month = stories.order_by("pk")[STORIES // 2].publish_at
    listed = {
        "section": stories.in_section(archived_story.section).newest_first(),
        "language": stories.newest_first(),
        "month": stories.published_between(*bounds_of(month.year, month.month)).newest_first(),
        "tag": Article.objects.visible().tagged(Tag.objects.get(slug="bvmac"), "en"),
        "author": Article.objects.visible().by_author(archived_story.authors_in_order[0].author, "en"),
    }[name].only("headline")
    found = list(listed.only("publish_at"))
    assert len(found) > (200 if name == "month" else 500)
    deep = found[-6].publish_at, found[-6].pk
    older, newer = listed.older_than(deep)[:5], listed.newer_than(deep)[:5]
    assert [one.pk for one in older] == [one.pk for one in found[-5:]]
    assert [one.pk for one in newer] == [one.pk for one in reversed(found[-11:-6])]
    first, *others = (effort_of(part.all()) for part in (listed[:5], older, newer))
    assert max(others) < 2 * first + 10


def test_scheduled_and_ended_stories_are_read_by_their_time(archived_story):
    assert "article_publication" in plan_of(Article.objects.scheduled().order_by("publish_at", "pk"))
    assert "article_publication" in plan_of(Article.objects.scheduled().newest_first())
    assert "article_end" in plan_of(Article.objects.ended().order_by("-unpublish_at", "-pk"))


@pytest.mark.only_on("sqlite")
def test_translations_are_found_by_their_group_though_most_stories_have_none(archived_story):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a bulk import does
    plan = plan_of(Article.objects.visible().with_translations())
    assert "(translation_group=?)" in plan


@pytest.mark.only_on("sqlite")
def test_stories_among_ids_are_looked_up_by_id(archived_story):
    plan = plan_of(Article.objects.visible().in_language("en").among([archived_story.pk]))
    assert plan.startswith("SEARCH articles_article USING INTEGER PRIMARY KEY (rowid=?)")


@pytest.mark.only_on("sqlite")
def test_the_stories_of_a_month_are_sought_between_its_ends():
    sql = str(Article.objects.visible().published_between(*bounds_of(2020, 1)).query)
    assert sql.index('"publish_at" < 2020-01-31') < sql.index('"publish_at" <= ')
