"""A broken connection is noticed by the first query of a request."""

import pytest
from django.db import DataError, OperationalError, connection

from articles.models import Section
from newsroom import health
from newsroom.connection import query_with_reconnect
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.only_on("postgresql")
def test_readers_and_desk_do_not_notice_that_the_server_closed_the_connection(client, monkeypatch):
    monkeypatch.setattr(health, "REPORT_LIFETIME", -1.0)
    story = cast.story("Le port ferme")
    for address in (
        "/",
        story.get_absolute_url(),
        "/search/?q=port",
        "/feed/",
        "/sitemap.xml",
        "/nothing/",
        "/admin/login/",
        "/health/",
    ):
        before = client.get(address).status_code
        connection.connection.pgconn.finish()
        assert client.get(address).status_code == before


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
