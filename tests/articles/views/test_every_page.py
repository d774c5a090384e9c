"""What holds for every kind of page: methods, long lists, languages, and queries that do not grow with the list."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import RelatedList
from articles.related import working_out
from articles.views.paging import written
from tests.articles import cast, page_names

pytestmark = pytest.mark.django_db

# Hours ago, so that all stories are of one month.
NOON = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
LISTS = ["/section/finance/", "/author/awa-ndiaye/", "/tag/bvmac/", "/2026/03/"]
DIRECTORIES = ["/author/", "/tag/"]
PAGES = ["/", *LISTS, *DIRECTORIES, "/search/?q=douala", "/2026/", "/archive/", "/2026/03/20/depeche-0/"]
QUERIES = {
    "/": 2,
    "/section/finance/": 2,
    "/author/awa-ndiaye/": 3,
    "/tag/bvmac/": 3,
    "/author/": 2,
    "/tag/": 2,
    "/archive/": 4,
    "/2026/": 6,
    "/2026/03/": 4,
    "/2026/03/20/depeche-0/": 3,
    "/search/?q=douala": 9,
}


def published(number, **fields):
    fields = {"standfirst": "La bourse de Douala.", **fields}
    fields.setdefault("authors", [cast.author("Awa Ndiaye", "awa-ndiaye")])
    story = cast.draft(f"Dépêche {number}", tags=["BVMAC", f"Mot {number}"], **fields)
    story.publish(cast._chief(), at=NOON - datetime.timedelta(minutes=number))
    return story


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def test_every_page_but_feeds_is_tested_here():
    missing = page_names.missing(PAGES, among=page_names.IN_A_LANGUAGE, without=page_names.FEEDS)
    assert missing == set(), "add an address of each to PAGES"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_read_and_nothing_else(client, path):
    published(0)
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(path).status_code == 405


def test_fifty_stories_need_no_more_queries_than_two(client):
    for number in range(2):
        published(number)
    working_out.work_out(RelatedList.objects.missing())
    few = {path: queries(client, path) for path in PAGES}
    sections = [cast.section(f"Rubrique {number}", f"rubrique-{number}") for number in range(8)]
    picture = cast.image()
    for number in range(2, 50):
        people = [cast.author(f"Auteur {number}", f"auteur-{number}"), cast.author("Awa Ndiaye", "awa-ndiaye")]
        section = sections[number % 8] if number % 2 else cast.section()
        published(number, authors=people, section=section, lead_image=picture)
    working_out.work_out(RelatedList.objects.missing())
    many = {path: queries(client, path) for path in PAGES}
    assert many == few
    assert many == QUERIES


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "", "2", "99", "999999999", "٣", "%00", "1_0", "+1"])
def test_a_page_that_is_not_there_is_not_found(client, page):
    published(0)
    assert client.get(f"/search/?q=douala&page={page}").status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "place",
    [
        "",
        "2",
        "abc",
        "2026-03-20",
        "2026-03-20-120000",
        "2026-03-20-120000-",
        "2026-03-20-120000-01",
        "2026-03-20-120000-1_0",
        "2026-03-20-120000-٣",
        "2026-03-20-120000--1",
        "2026-03-20-120000.000000-1",
        "2026-03-20-120000.5-1",
        "2026-03-20-120060-1",
        "2026-02-30-120000-1",
        "0000-01-01-000000-1",
        "2026-03-20-120000-9223372036854775808",
        "2026-03-20-120000-1%00",
        "2001-01-01-000000-1",  # older than everything
        "0001-01-01-000000-1",
    ],
)
def test_a_place_that_is_none_is_not_found(client, path, place):
    published(0)
    assert client.get(f"{path}?before={place}").status_code == 404


@pytest.mark.parametrize("path", DIRECTORIES)
@pytest.mark.parametrize("start", ["zzz", "é", "%00", "a b", "'", "a" * 201])
def test_a_start_that_is_none_is_not_found(client, path, start):
    published(0)
    assert client.get(f"{path}?from={start}").status_code == 404


@pytest.mark.parametrize("path", LISTS)
def test_the_twenty_first_story_is_on_the_second_page(client, settings, path):
    stories = [published(number) for number in range(21)]
    second = f"{path}?before=2026-03-20-114100-{stories[19].pk}"
    assert f'<a rel="next" href="{second}">Older stories</a>' in client.get(path).text
    response = client.get(second)
    assert [story.headline for story in response.context["page"].items] == ["Dépêche 20"]
    assert f'<a rel="prev" href="{path}">Newer stories</a>' in response.text
    assert f'<link rel="canonical" href="{settings.SITE_URL}{second}">' in response.text
    assert "Older stories" not in response.text


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("asked", ["", "?before=9999-12-31-235959-1", "?page=2", "?utm_source=x"])
def test_the_first_page_has_one_canonical_address(client, settings, path, asked):
    published(0)
    response = client.get(path + asked)
    assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in response.text
    assert response.context["page"].is_first


@pytest.mark.parametrize("path", LISTS)
def test_a_deeper_page_asks_one_thing_more_than_the_first(client, path):
    stories = [published(number) for number in range(42)]
    first = queries(client, path)
    deeper = [f"{path}?before={written((story.publish_at, story.pk))}" for story in (stories[19], stories[39])]
    assert [queries(client, one) for one in deeper] == [first + 1, first + 1]


@pytest.mark.parametrize("path", ["/", *LISTS, "/2026/", "/search/?q=douala"])
def test_scheduled_ended_and_draft_stories_and_other_languages_are_not_listed(client, path):
    soon = timezone.now() + datetime.timedelta(minutes=1)
    shown = published(0)
    hidden = [
        published(1, unpublish_at=NOON),
        published(2, language="fr"),
        published(3),
        published(4),
        cast.draft("Brouillon", tags=["BVMAC"], authors=[cast.author("Awa Ndiaye", "awa-ndiaye")]),
    ]
    hidden[2].withdraw(cast._chief())
    hidden[3].publish_at = soon
    hidden[3].store()
    text = client.get(path).text
    assert path == "/2026/" or shown.headline in text
    assert [story.headline for story in hidden if story.headline in text] == []


@pytest.mark.parametrize("path", [*LISTS, "/author/", "/tag/", "/2026/", "/archive/", "/search/"])
def test_a_page_exists_in_every_language_of_the_site(client, path):
    published(0, language="fr")
    response = client.get(f"/fr{path}")
    assert response.status_code == 200
    assert '<html lang="fr" dir="ltr">' in response.text


@pytest.mark.parametrize(
    "path", ["/de/", "/en/", "/fr/fr/", "/2026/3/", "/2026/13/", "/0000/", "/26/", "/section/", "/x"]
)
def test_an_address_that_never_was_is_not_found(client, path):
    published(0)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_to_run_or_a_style_inside(client, path):
    published(0)
    text = client.get(path).text
    assert "<script" not in text.replace('<script type="application/ld+json">', "")
    assert "style=" not in text
    assert "<style" not in text
