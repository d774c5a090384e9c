"""The sections are read once a request, and no request sees another's."""

import pytest

from articles import menu
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_the_sections_are_read_once_a_request(rf, django_assert_num_queries):
    section, request = cast.section(), rf.get("/")
    with django_assert_num_queries(1):
        assert menu.menu(request) == menu.sections(request) == [section]
        assert menu.published_total(request) == 0


def test_the_next_request_reads_them_again(rf):
    section, first = cast.section(), rf.get("/")
    menu.sections(first)
    type(section).objects.update(name="Ports")
    assert [one.name for one in menu.sections(first)] == [section.name]
    assert [one.name for one in menu.sections(rf.get("/"))] == ["Ports"]


def test_what_was_forgotten_is_read_again(rf):
    section, request = cast.section(), rf.get("/")
    menu.sections(request)
    type(section).objects.update(name="Ports")
    menu.forget_sections(request)
    assert [one.name for one in menu.sections(request)] == ["Ports"]
