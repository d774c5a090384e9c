import pytest
from django.http import HttpRequest
from django.views.defaults import server_error

from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_missing_page_keeps_the_menu_and_stays_out_of_search_engines(client):
    cast.section()
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert 'href="/section/finance/"' in response.text
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_missing_page_repeats_nothing_of_its_address(client):
    assert client.get("/tag/canari/").content == client.get("/2026/01/01/autre/").content


def test_a_failed_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(HttpRequest())
    assert response.status_code == 500
    assert "Something went wrong" in response.text
