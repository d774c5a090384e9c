"""How SQLite reads what grows with the archive; it keeps no statistics, so ten rows are read like a million."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Tag
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

GROWING = re.compile(r"SCAN articles_(article|byline|taggedarticle|searchentry)\b")
PAGES = [
    "/",
    "/section/finance/",
    "/author/awa-ndiaye/",
    "/tag/bvmac/",
    "/author/",
    "/tag/",
    "/archive/",
    "/search/?q=x",
]


@pytest.fixture
def story():
    return cast.story(authors=[cast.author("Awa Ndiaye", "awa-ndiaye")], tags=["BVMAC", "Douala"])


def plan(sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[3] for row in cursor.fetchall()]


def plan_of(queryset):
    return plan(*queryset.query.sql_with_params())


def test_no_page_scans_a_table_that_grows(client, story):
    day = story.address_date
    for path in [*PAGES, "/search/?q=douala", story.get_absolute_url(), f"/{day:%Y}/", f"/{day:%Y/%m}/"]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        steps = [step for query in captured for step in plan(query["sql"].replace("%", "%%"))]
        assert [step for step in steps if GROWING.match(step)] == [], path


def test_a_tags_newest_stories_are_read_in_the_order_of_an_index(story):
    steps = plan_of(Article.objects.visible().tagged(Tag.objects.first(), "en"))
    assert "tagging_tag_newest (tag_id=? AND status=? AND language=?)" in steps[0]
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_an_authors_newest_stories_are_read_in_the_order_of_an_index(story):
    steps = plan_of(Article.objects.visible().by_author(story.authors_in_order[0].author, "en"))
    assert "byline_author_newest (author_id=? AND status=? AND language=?)" in steps[0]
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_stories_among_ids_are_looked_up_by_id(story):
    steps = plan_of(Article.objects.visible().in_language("en").among([story.pk]))
    assert steps[0] == "SEARCH articles_article USING INTEGER PRIMARY KEY (rowid=?)"


def test_the_stories_of_a_month_are_sought_between_its_ends(story):

    sql = str(Article.objects.visible().in_month(2020, 1).query)
    assert sql.index('"publish_at" < 2020-01-31') < sql.index('"publish_at" <= ')
