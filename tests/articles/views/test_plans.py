"""How both databases read what grows with the archive: by an index that leads to the rows, never from end to end.

SQLite without statistics, as here, reads ten rows like a million. PostgreSQL reads small tables whole: it gets some
hundred stories and is told not to, which it still does where no index serves.
"""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.management.relating import relate_stories
from articles.models import Article, Byline, RelatedList, SearchEntry, Tag, TaggedArticle, WordCounts
from articles.related import explain_related, working_out
from articles.search import search
from articles.sql.id_ranges import range_of
from articles.views import front
from newsroom.models import User
from tests.articles import cast, page_names

pytestmark = pytest.mark.django_db

STORIES = 600
GROWING = (
    *("articles_article", "articles_byline", "articles_taggedarticle", "articles_searchentry"),
    *("articles_relatedlist", "articles_keyword"),
)
SMALL = {"article_changes_due", "article_due", "article_waiting"}  # of stories with changes alone
ALIAS = re.compile(r'"(\w+)" ([A-Z]+[0-9]+)')  # of a table in a subquery
SORT = re.compile("TEMP B-TREE FOR (LAST TERM OF )?ORDER BY|Sort ")
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
    "?mine=1",
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


@pytest.fixture
def story():
    """Return the oldest of some hundred stories of few sections, authors and tags, three in seven of them drafts."""
    story = cast.story(authors=[cast.author("Awa 0", "awa-0")], tags=["BVMAC", "Douala"], hours_ago=3 * STORIES)
    sections = [story.section, *(cast.section(f"Rubrique {number}", f"rubrique-{number}") for number in range(4))]
    authors = [cast.author(f"Awa {number}", f"awa-{number}") for number in range(20)]
    tags = Tag.objects.for_names(["BVMAC", *(f"Sujet {number}" for number in range(30))])
    stories = [_later(story, number, sections[number % 5]) for number in range(1, STORIES)]
    Article.objects.bulk_create(stories)
    numbered = list(enumerate(stories))
    Byline.objects.bulk_create(Byline(article=one, author=authors[n % 20], **one.listing()) for n, one in numbered)
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=one, tag=tags[n % 31], **one.listing()) for n, one in numbered
    )
    SearchEntry.objects.write(stories)
    RelatedList.objects.bulk_create(RelatedList(article=one) for one in stories)
    Tag.objects.all().recount()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            for way in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin"):  # each is at home in a whole table
                cursor.execute(f"SET LOCAL {way} = off")
            cursor.execute("SET LOCAL jit = off")  # what is off has a high price, which would compile every query
    return story


def _later(story, number, section):
    time = story.publish_at + datetime.timedelta(hours=3 * number)
    return Article(
        headline=f"Marché {number}",
        slug=f"marche-{number}",
        body=story.body,
        section=section,
        label=Article.Label.values[number % 6],
        language="en" if number % 4 else "fr",
        status=Article.Status.PUBLISHED if number % 7 > 2 else Article.Status.DRAFT,
        publish_at=time,
        first_published_at=time,
        address_date=timezone.localdate(time),
        saved_at=story.publish_at + datetime.timedelta(hours=number * 7 % STORIES),  # in an order of its own
    )


def whole_reads(sql):
    """Return the steps of a query's plan that read a growing table from end to end."""
    if connection.vendor == "sqlite":
        named = [(table in GROWING, alias) for table, alias in ALIAS.findall(sql)]
        names = {*GROWING, *(alias for grows, alias in named if grows)} - {alias for grows, alias in named if not grows}
        return [step for step in sqlite_plan(sql) if step.startswith("SCAN ") and step.split()[1] in names]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a search put it on again
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql.split(';')[1] if ';' in sql else sql}")  # of a search, the query
        [(tree,)] = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true) FROM pg_index"
            " WHERE indrelid::regclass::text = ANY(%s)",
            [list(GROWING)],
        )
        return list(_whole_reads(tree[0]["Plan"], dict(cursor.fetchall())))


def _whole_reads(step, first_columns):
    """Return those of PostgreSQL, which reads an index from end to end where its first column is not asked for."""
    if step.get("Index Name") in SMALL:
        return
    if first_column := first_columns.get(step.get("Index Name")):
        if not re.search(rf"\b{first_column}\b", step.get("Index Cond", "")):
            yield step["Node Type"], step["Index Name"]
    elif step["Node Type"] == "Seq Scan" and step["Relation Name"] in GROWING:
        yield step["Node Type"], step["Relation Name"]
    for part in step.get("Plans", []):
        yield from _whole_reads(part, first_columns)


def sqlite_plan(sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[3] for row in cursor.fetchall()]


def plan_of(queryset):
    """Return the whole plan; on PostgreSQL a sort is in it only where no index has the order."""
    if connection.vendor == "sqlite":
        return " | ".join(sqlite_plan(*queryset.query.sql_with_params()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    return queryset.explain()


def test_no_page_reads_a_growing_table_from_end_to_end(client, story, monkeypatch):
    monkeypatch.setattr("articles.sql.id_ranges.SIZE", 10)  # few among these few hundred, as ever
    day = story.address_date
    ours = [
        story.get_absolute_url(),
        f"/{day:%Y}/",
        f"/{day:%Y/%m}/",
        f"/{day:%Y/%m}/{OLDER}",
        f"/sitemap/stories-{range_of(story.pk)}.xml",
        "/sitemap.xml",
    ]
    desk = [f"/admin/articles/article/{query}" for query in [*DESK, f"?section__id__exact={story.section_id}"]]
    desk += [f"/admin/articles/tag/{query}" for query in TAG_DESK]
    client.force_login(User.objects.get(username="chief"))
    assert page_names.missing([*PAGES, *ours], without=LIKE_OTHERS) == set(), "add an address of each to PAGES"
    for path in [*PAGES, *ours, *desk]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        found = [(step, query["sql"]) for query in captured for step in whole_reads(query["sql"])]
        assert found == [], path


def test_related_stories_are_worked_out_and_read_by_indexes(story, monkeypatch):
    monkeypatch.setattr(
        "articles.models.word_counts.STORIES_COUNTED", 100
    )  # up to this number of stories, all are counted
    list(relate_stories(RelatedList.objects.missing()[:150]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_keyword, articles_relatedlist")
    with CaptureQueriesContext(connection) as captured:
        working_out.work_out([story.pk])
        explain_related(Article.objects.with_page_parts().get(pk=story.pk))
    plans = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "DELETE", "EXECUTE"))]
    assert len(plans) > 10
    assert [(step, sql) for sql in plans for step in whole_reads(sql)] == []


def test_a_tags_newest_stories_are_read_in_the_order_of_an_index(story):
    plan = plan_of(Article.objects.visible().tagged(Tag.objects.first(), "en"))
    assert "tagging_tag_newest" in plan
    assert not SORT.search(plan), plan


@pytest.mark.parametrize("query", ["", "state=draft", "state=scheduled", "label__exact=news", "language=fr"])
@pytest.mark.parametrize("order", ["", "6"])
def test_the_desks_list_is_read_in_the_order_of_an_index_both_ways(client, story, query, order):
    client.force_login(User.objects.get(username="chief"))
    listed = client.get(f"/admin/articles/article/?{query}&o={order}").context["cl"].queryset
    assert not SORT.search(plan := plan_of(listed.values_list("pk")[:51])), plan


def test_an_authors_newest_stories_are_read_in_the_order_of_an_index(story):
    plan = plan_of(Article.objects.visible().by_author(story.authors_in_order[0].author, "en"))
    assert "byline_author_newest" in plan
    assert not SORT.search(plan), plan


def test_a_sections_newest_stories_are_read_in_the_order_of_an_index(story):
    plan = plan_of(Article.objects.visible().in_language("en").in_section(story.section).newest_first())
    assert "article_section_newest" in plan
    assert not SORT.search(plan), plan


def test_the_newest_stories_are_read_in_the_order_of_an_index(story):
    plan = plan_of(Article.objects.visible().in_language("en").newest_first())
    assert re.search("article_newest|article_publication", plan)
    assert not SORT.search(plan), plan


def effort_of(queryset):
    """Return what a database does to answer: SQLite's steps, PostgreSQL's pages."""
    if connection.vendor == "sqlite":
        steps = []
        connection.connection.set_progress_handler(lambda: steps.append(0), 1)
        list(queryset)
        connection.connection.set_progress_handler(None, 1)
        return len(steps)
    plan = json.loads(queryset.explain(analyze=True, buffers=True, format="json"))[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


@pytest.mark.parametrize("name", ["section", "language", "month", "tag", "author"])
def test_the_end_of_a_list_takes_no_more_than_its_beginning(story, name):
    everything = {"status": "published", "language": "en"}
    Article.objects.update(section=story.section, **everything)
    TaggedArticle.objects.exclude(content_object=story).update(tag=Tag.objects.get(slug="bvmac"), **everything)
    Byline.objects.update(author=story.authors_in_order[0].author, **everything)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_sort = off")
    stories = Article.objects.visible().in_language("en")
    month = stories.order_by("pk")[STORIES // 2].publish_at
    listed = {
        "section": stories.in_section(story.section).newest_first(),
        "language": stories.newest_first(),
        "month": stories.in_month(month.year, month.month).newest_first(),
        "tag": Article.objects.visible().tagged(Tag.objects.get(slug="bvmac"), "en"),
        "author": Article.objects.visible().by_author(story.authors_in_order[0].author, "en"),
    }[name].only("headline")
    found = list(listed.only("publish_at"))
    assert len(found) > (200 if name == "month" else 500)
    deep = found[-6].publish_at, found[-6].pk
    older, newer = listed.older_than(deep)[:5], listed.newer_than(deep)[:5]
    assert [one.pk for one in older] == [one.pk for one in found[-5:]]
    assert [one.pk for one in newer] == [one.pk for one in reversed(found[-11:-6])]
    first, *others = (effort_of(part.all()) for part in (listed[:5], older, newer))
    assert max(others) < 2 * first + 10


@pytest.mark.only_on("sqlite")
def test_the_desk_sorts_nothing_to_list_live_stories_of_a_language(client, story):
    client.force_login(User.objects.get(username="chief"))
    with CaptureQueriesContext(connection) as captured:
        client.get("/admin/articles/article/?state=live&language=fr")
    listed = next(
        query["sql"] for query in captured if 'publish_at" DESC' in query["sql"] and "headline" in query["sql"]
    )
    assert not SORT.search(" | ".join(sqlite_plan(listed)))


def test_scheduled_and_ended_stories_are_read_by_their_time(story):
    assert "article_publication" in plan_of(Article.objects.scheduled().order_by("publish_at", "pk"))
    assert "article_publication" in plan_of(Article.objects.scheduled().newest_first())
    assert "article_end" in plan_of(Article.objects.ended().order_by("-unpublish_at", "-pk"))


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("language", ["pt", "fr"])  # of no story, of every fourth
def test_a_front_page_does_not_look_through_the_stories_of_other_languages(story, language):
    with CaptureQueriesContext(connection) as captured:
        front._compiled_query(0, front.BLOCK).fetch(at=timezone.now(), language=language)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE) {captured[0]['sql'].replace('%', '%%')}", [])
        passed_by = re.findall(r"Rows Removed by Filter: (\d+)", "\n".join(row for (row,) in cursor.fetchall()))
    assert sum(map(int, passed_by)) < STORIES / 4


SEARCHES = ["douala ", "douala la marche baobab ", '"douala baobab"', "dou"]


def searched(monkeypatch, text, most):
    """Return the queries of this search that read words, where this number of stories may hold a rare one at most."""
    monkeypatch.setattr("articles.search.matching.MAX_STORIES_OF_RARE_WORD", most)
    monkeypatch.setattr("articles.search.matching.STORIES_PER_WINDOW", (20, 40))
    monkeypatch.setattr("articles.search.matching.MAX_STORIES_CHECKED", 30)
    with CaptureQueriesContext(connection) as captured:
        search(text, language="en")
    return [query["sql"] for query in captured if "@@" in query["sql"] or "MATCH" in query["sql"]]


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("most", [STORIES, 0])
@pytest.mark.parametrize("text", SEARCHES)
def test_words_are_found_by_the_index_of_words(story, monkeypatch, text, most):
    queries = searched(monkeypatch, text, most)
    assert len(queries) <= 2  # of which the first counts what is rare, or reads the newest stories
    for sql in queries:
        steps = steps_of(sql.split(";")[1])
        names = {step.get("Index Name") for step in steps}
        assert names == {None, "articles_search_document"}


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_reads_no_more_entries_than_the_newest(story, monkeypatch, text):
    """The index leads to those of a period, but for less than its finest span on both sides: 36 hours, 12 stories."""
    for sql in searched(monkeypatch, text, most=0):
        read = heap_read(sql)
        assert read["Actual Rows"] <= 20
        assert read.get("Rows Removed by Filter", 0) <= 24


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("text", ["marche ", "march", '"la marche"', "marche la "])
def test_a_word_that_turns_out_to_be_common_is_not_read_in_the_whole_archive(story, monkeypatch, text):
    """Every story holds it, and none of those whose words were counted."""
    WordCounts.objects.create(language="en", stories=STORIES, counts={}, counted_at=timezone.now())
    count, *queries = searched(monkeypatch, text, most=50)
    reads = [heap_read(sql)["Actual Rows"] for sql in (count, *queries)]
    assert queries
    assert reads[0] == 51
    assert max(reads[1:]) <= 20


def heap_read(sql):
    """Return the step of PostgreSQL's plan that reads entries, as it was carried out."""
    [read] = [step for step in steps_of(sql.split(";")[1], analyze="ANALYZE, ") if "Exact Heap Blocks" in step]
    return read


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("text", SEARCHES)
def test_sqlite_seeks_words_between_the_ends_of_a_period(story, monkeypatch, text):
    for sql in searched(monkeypatch, text, most=0):
        assert "SCAN articles_search VIRTUAL TABLE INDEX 192:M1><" in sqlite_plan(sql)  # newest first, both ends


def steps_of(sql, analyze=""):
    """Return all steps of PostgreSQL's plan."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN ({analyze}FORMAT JSON) {sql}")
        [(tree,)] = cursor.fetchall()
    steps = [tree[0]["Plan"]]
    for step in steps:
        steps += step.get("Plans", [])
    return steps


@pytest.mark.only_on("sqlite")
def test_translations_are_found_by_their_group_though_most_stories_have_none(story):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a bulk import does
    plan = plan_of(Article.objects.visible().with_translations())
    assert "(translation_group=?)" in plan


@pytest.mark.only_on("sqlite")
def test_stories_among_ids_are_looked_up_by_id(story):
    plan = plan_of(Article.objects.visible().in_language("en").among([story.pk]))
    assert plan.startswith("SEARCH articles_article USING INTEGER PRIMARY KEY (rowid=?)")


@pytest.mark.only_on("sqlite")
def test_the_stories_of_a_month_are_sought_between_its_ends():
    sql = str(Article.objects.visible().in_month(2020, 1).query)
    assert sql.index('"publish_at" < 2020-01-31') < sql.index('"publish_at" <= ')
