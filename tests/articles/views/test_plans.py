"""No page reads from end to end what grows with the archive, in both databases."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.management.relating import relate_stories
from articles.models import Article, RelatedList
from articles.related import explain_related, working_out
from articles.sql.id_ranges import range_of
from articles.views import front
from newsroom.models import User
from tests.articles import page_names
from tests.articles.plans import SORT, STORIES, plan_of, sqlite_plan, whole_reads

pytestmark = pytest.mark.django_db

OLDER = "?before=9999-12-31-235959-1"
PAGES = [
    "/",
    "/section/finance/",
    f"/section/finance/{OLDER}",
    "/author/",
    "/author/?from=b",
    "/author/awa-1/",
    f"/author/awa-1/{OLDER}",
    "/tag/",
    "/tag/?from=b",
    "/tag/bvmac/",
    f"/tag/bvmac/{OLDER}",
    "/archive/",
    "/search/?q=x",
    "/search/?q=douala",
    "/search/?q=douala&section=finance&author=awa-1&tag=bvmac&year=2020&order=newest",
    "/feed/",
    "/section/finance/feed/",
    "/author/awa-1/feed/",
    "/tag/bvmac/feed/",
    "/sitemap-pages.xml",
    "/news-sitemap.xml",
]
# Feeds in another format ask the same queries; the page for one outsider and robots.txt read no growing table.
LIKE_OTHERS = {"feed_atom", "section_feed_atom", "author_feed_atom", "tag_feed_atom", "shared", "robots"}
DESK = [
    "?q=douala",
    "?q=awa+3",  # by the bylines, too
    "?author=awa+3",
    "?mine=1",
    "?advice=1",
    "?language=fr",
    "?state=live&language=fr",
    "?label__exact=news",
    "?published=2021-02",
    *(f"?state={state}" for state in ("draft", "review", "scheduled", "live", "ended", "withdrawn")),
]
DESK += [f"{query}&o=6" for query in DESK]  # the oldest first

TAG_DESK = [
    "",
    "?q=sujet",
    "?use=none",
    "?use=once",
    "?alike=1",
    "?described=no",
    "?described=yes",
    "?o=-2",
    "?o=-3",
    "?o=5",
    "?o=6",
]


def test_no_page_reads_a_growing_table_from_end_to_end(client, archived_story, monkeypatch):
    for name in ("articles.sql.id_ranges.IDS_IN_RANGE", "articles.models.desk_lists.CANDIDATES"):
        monkeypatch.setattr(name, 10)  # few among these few hundred, as ever
    day = archived_story.address_date
    ours = [
        archived_story.get_absolute_url(),
        f"/{day:%Y}/",
        f"/{day:%Y/%m}/",
        f"/{day:%Y/%m}/{OLDER}",
        f"/sitemap/stories-{range_of(archived_story.pk)}.xml",
        "/sitemap.xml",
    ]
    desk = [f"/admin/articles/article/{query}" for query in [*DESK, f"?section__id__exact={archived_story.section_id}"]]
    desk += [f"/admin/articles/tag/{query}" for query in TAG_DESK]
    client.force_login(User.objects.get(username="chief"))
    ours += page_names.further_addresses([*PAGES, *ours], without=LIKE_OTHERS)
    assert page_names.missing([*PAGES, *ours], without=LIKE_OTHERS) == set(), "add an address of each to PAGES"
    for path in [*PAGES, *ours, *desk]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        found = [(step, query["sql"]) for query in captured for step in whole_reads(query["sql"])]
        assert found == [], path


def test_related_stories_are_worked_out_and_read_by_indexes(archived_story, monkeypatch):
    monkeypatch.setattr(
        "articles.models.word_counts.STORIES_COUNTED", 100
    )  # up to this number of stories, all are counted
    list(relate_stories(RelatedList.objects.missing()[:150]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_keyword, articles_relatedlist")
    with CaptureQueriesContext(connection) as captured:
        working_out.work_out([archived_story.pk])
        explain_related(Article.objects.with_page_parts().get(pk=archived_story.pk))
    plans = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "DELETE", "EXECUTE"))]
    assert len(plans) > 10
    assert [(step, sql) for sql in plans for step in whole_reads(sql)] == []


@pytest.mark.parametrize("query", ["", "state=draft", "state=scheduled", "label__exact=news", "language=fr"])
@pytest.mark.parametrize("order", ["", "6"])
def test_the_desks_list_is_read_in_the_order_of_an_index_both_ways(client, archived_story, query, order):
    client.force_login(User.objects.get(username="chief"))
    listed = client.get(f"/admin/articles/article/?{query}&o={order}").context["cl"].queryset
    assert not SORT.search(plan := plan_of(listed.values_list("pk")[:51])), plan


@pytest.mark.only_on("sqlite")
def test_the_desk_sorts_nothing_to_list_live_stories_of_a_language(client, archived_story):
    client.force_login(User.objects.get(username="chief"))
    with CaptureQueriesContext(connection) as captured:
        client.get("/admin/articles/article/?state=live&language=fr")
    listed = next(
        query["sql"] for query in captured if 'publish_at" DESC' in query["sql"] and "headline" in query["sql"]
    )
    assert not SORT.search(" | ".join(sqlite_plan(listed)))


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("language", ["pt", "fr"])  # of no story, of every fourth
def test_a_front_page_does_not_look_through_the_stories_of_other_languages(archived_story, language):
    with CaptureQueriesContext(connection) as captured:
        front._compiled_query(0, front.BLOCK).fetch(at=timezone.now(), language=language)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE) {captured[0]['sql'].replace('%', '%%')}", [])
        passed_by = re.findall(r"Rows Removed by Filter: (\d+)", "\n".join(row for (row,) in cursor.fetchall()))
    assert sum(map(int, passed_by)) < STORIES / 4
