"""What stands around every page costs nothing where a template does not show it."""

import datetime

import pytest

from articles.context_processors import site
from tests.articles import cast


@pytest.mark.django_db
def test_sections_cost_a_query_only_where_they_are_shown(rf, django_assert_num_queries):
    cast.section()
    request = rf.get("/")
    request.shown_at = datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC)
    with django_assert_num_queries(0):
        context = site(request)
    with django_assert_num_queries(1):
        assert [entry.name for entry in context["sections"]] == ["Finance"]


def test_a_page_of_another_time_shows_that_time(rf):
    request = rf.get("/")
    request.shown_at = datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC)
    assert site(request)["now"] == request.shown_at
