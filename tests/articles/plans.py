"""How a database reads what grows with the archive, by its own account: which index leads to the rows.

SQLite without statistics, as here, reads ten rows like a million. PostgreSQL reads small tables whole: it gets some
hundred stories and is told not to, which it still does where no index serves.
"""

import datetime
import json
import re

from django.db import connection
from django.utils import timezone

from articles.models import Article, Byline, RelatedList, SearchEntry, Tag, TaggedArticle
from tests.articles import cast

STORIES = 600
GROWING = (
    *("articles_article", "articles_byline", "articles_taggedarticle", "articles_searchentry"),
    *("articles_relatedlist", "articles_keyword", "articles_advicepoint"),
)
SMALL = {"article_changes_due", "article_due", "article_waiting"}  # of stories with changes alone
ALIAS = re.compile(r'"(\w+)" ([A-Z]+[0-9]+)')  # of a table in a subquery
SORT = re.compile("TEMP B-TREE FOR (LAST TERM OF )?ORDER BY|Sort ")


def some_hundred_stories():
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


def effort_of(queryset):
    """Return what a database does to answer: SQLite's steps, PostgreSQL's pages."""
    if connection.vendor == "sqlite":
        steps = []
        connection.connection.set_progress_handler(lambda: steps.append(0), 1)
        list(queryset)
        connection.connection.set_progress_handler(None, 1)
        return len(steps)
    explained = queryset.explain(analyze=True, buffers=True, format="json")
    if not explained:  # Django knows that there is nothing
        return 0
    plan = json.loads(explained)[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


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
