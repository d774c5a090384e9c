"""A search reads words by their index, and no more entries than it needs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import WordCounts
from articles.search import search
from tests.articles.plans import STORIES, sqlite_plan, steps_of

pytestmark = pytest.mark.django_db

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
def test_words_are_found_by_the_index_of_words(archived_story, monkeypatch, text, most):
    queries = searched(monkeypatch, text, most)
    assert len(queries) <= 2  # of which the first counts what is rare, or reads the newest stories
    for sql in queries:
        steps = steps_of(sql.split(";")[1])
        names = {step.get("Index Name") for step in steps}
        assert names == {None, "articles_search_document"}


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_reads_no_more_entries_than_the_newest(archived_story, monkeypatch, text):
    """The index leads to those of a period, but for less than its finest span on both sides: 36 hours, 12 stories."""
    for sql in searched(monkeypatch, text, most=0):
        read = heap_read(sql)
        assert read["Actual Rows"] <= 20
        assert read.get("Rows Removed by Filter", 0) <= 24


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("text", ["marche ", "march", '"la marche"', "marche la "])
def test_a_word_that_turns_out_to_be_common_is_not_read_in_the_whole_archive(archived_story, monkeypatch, text):
    """Every story holds it, and none of those whose words were counted."""
    WordCounts.objects.create(language="en", stories=STORIES, counts={}, counted_at=timezone.now())
    count, *queries = searched(monkeypatch, text, most=50)
    reads = [heap_read(sql)["Actual Rows"] for sql in (count, *queries)]
    assert queries
    assert reads[0] == 51
    assert max(reads[1:]) <= 20


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("text", SEARCHES)
def test_sqlite_seeks_words_between_the_ends_of_a_period(archived_story, monkeypatch, text):
    for sql in searched(monkeypatch, text, most=0):
        assert "SCAN articles_search VIRTUAL TABLE INDEX 192:M1><" in sqlite_plan(sql)  # newest first, both ends


def heap_read(sql):
    """Return the step of PostgreSQL's plan that reads entries, as it was carried out."""
    [read] = [step for step in steps_of(sql.split(";")[1], analyze="ANALYZE, ") if "Exact Heap Blocks" in step]
    return read
