import datetime

import pytest
from django.utils import timezone

from tests.articles import cast

pytestmark = pytest.mark.django_db


def published(*parts, **fields):
    moment = datetime.datetime(*parts, tzinfo=timezone.get_default_timezone())
    story = cast.draft(f"Dépêche du {moment:%d %m %Y}", **fields)
    story.publish(cast._chief(), at=moment)
    return story


def test_an_empty_archive_is_a_page_and_its_years_are_not(client):
    assert client.get("/archive/").status_code == 200
    assert client.get("/2026/").status_code == client.get("/2026/03/").status_code == 404


def test_the_archive_has_every_month_with_stories(client):
    for parts in [(2012, 11, 12), (2026, 1, 1), (2026, 3, 9)]:
        published(*parts)
    assert client.get("/archive/").context["years"] == [
        (2026, [datetime.date(2026, 3, 1), datetime.date(2026, 1, 1)]),
        (2012, [datetime.date(2012, 11, 1)]),
    ]


def test_a_year_leads_to_its_months_and_to_the_years_around_it(client):
    for parts in [(2012, 11, 12), (2015, 12, 31), (2026, 1, 1)]:
        published(*parts)
    text = client.get("/2015/").text
    for path in ("/2015/12/", "/2012/", "/2026/"):
        assert f'href="{path}"' in text
    assert "/2015/11/" not in text


def test_a_month_has_its_stories_and_leads_to_the_months_around_it(client):
    earlier, story, later = [published(*parts) for parts in [(2012, 12, 31), (2013, 1, 31, 23, 59), (2013, 2, 1)]]
    response = client.get("/2013/01/")
    assert response.context["page"].items == [story]
    assert f'href="{later.get_absolute_url()}"' not in response.text
    for path in ("/2012/12/", "/2013/02/", "/2013/"):
        assert f'href="{path}"' in response.text
    assert earlier.headline not in response.text


def test_the_first_and_the_last_month_lead_one_way(client):
    published(2013, 1, 5)
    context = client.get("/2013/01/").context
    assert (context["earlier"], context["later"]) == (None, None)


@pytest.mark.parametrize("path", ["/9999/", "/9999/12/", "/1000/", "/1000/01/"])
def test_the_edges_of_the_calendar_are_not_found(client, path):
    published(2013, 1, 5)
    assert client.get(path).status_code == 404


def test_the_last_month_of_the_calendar_has_neighbours_too(client):
    story = published(2013, 1, 5)
    months = type(story).objects.visible().months_around(datetime.date(9999, 12, 1), datetime.date(9999, 12, 1))
    assert months == (datetime.date(2013, 1, 1), None)
