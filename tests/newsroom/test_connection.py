"""A broken connection is noticed by the first query of a request."""

import pytest
from django.db import DataError, OperationalError, connection

from articles.menu import SHARED_ENVIRON_KEY
from articles.models import Section
from newsroom.connection import query_with_reconnect
from newsroom.health import report
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.only_on("postgresql")
def test_readers_and_desk_do_not_notice_that_the_server_cut_the_line(client):
    cast.story("Le port ferme")
    for address in ("/", "/admin/login/", "/health/"):
        assert client.get(address).status_code == 200
        connection.connection.pgconn.finish()
        report.expire()
        assert client.get(address).status_code == 200


@pytest.mark.only_on("postgresql")
def test_nor_do_readers_whose_page_first_asks_in_its_view(client):
    story, kept = cast.story("Le port ferme"), {SHARED_ENVIRON_KEY: {}}
    for address in ("/", story.get_absolute_url(), "/search/?q=port", "/feed/", "/sitemap.xml"):
        client.get("/", **kept)
        connection.connection.pgconn.finish()
        assert client.get(address, **kept).status_code == 200


def test_what_failed_on_a_whole_line_is_not_asked_again():
    connection.ensure_connection()
    asked = []

    def query():
        asked.append(1)
        raise OperationalError("this took too long")

    with pytest.raises(OperationalError):
        query_with_reconnect(query)
    assert len(asked) == 1


def test_other_faults_are_told_at_once():
    with pytest.raises(DataError):
        query_with_reconnect(lambda: (_ for _ in ()).throw(DataError()))


def test_an_answer_is_passed_on():
    section = cast.section()
    assert query_with_reconnect(lambda: list(Section.objects.all())) == [section]
