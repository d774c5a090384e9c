import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.sql.id_ranges import range_of
from tests.articles import cast

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def paths(response, settings):
    return [loc.text.removeprefix(settings.SITE_URL) for loc in ElementTree.fromstring(response.content).iter(LOC)]


def stories_parts(client, settings):
    return [path for path in paths(client.get("/sitemap.xml"), settings) if "stories" in path]


def test_robots_are_led_to_the_sitemaps(client, settings):
    text = client.get("/robots.txt").text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert f"Sitemap: {settings.SITE_URL}/news-sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_every_visible_story_is_in_one_part(client, settings):
    english, french = cast.story("Une"), cast.story("Deux", language="fr")
    cast.draft("Trois")
    found = [path for part in paths(client.get("/sitemap.xml"), settings) for path in paths(client.get(part), settings)]
    assert found.count(english.get_absolute_url()) == 1
    assert found.count(french.get_absolute_url()) == 1
    assert not [path for path in found if "trois" in path]


def test_a_part_says_when_each_story_changed(client):
    story = cast.story()
    text = client.get(f"/sitemap/stories-{range_of(story.pk)}.xml").content
    [lastmod] = ElementTree.fromstring(text).iter(f"{LOC[:-3]}lastmod")
    assert datetime.datetime.fromisoformat(lastmod.text) == story.last_changed


def test_a_story_stays_in_its_part(client, settings, monkeypatch):
    monkeypatch.setattr("articles.sql.id_ranges.IDS_IN_RANGE", 2)
    pks = [cast.story(f"Dépêche {number}").pk for number in range(5)]
    before = {path: paths(client.get(path), settings) for path in stories_parts(client, settings)}
    assert sum(map(len, before.values())) == 5
    assert all(len(found) <= 2 for found in before.values())
    for number in range(3):
        cast.story(f"Plus tard {number}", hours_ago=1_000)
    full = [path for path, found in before.items() if len(found) == 2]
    assert full
    assert [paths(client.get(path), settings) for path in full] == [before[path] for path in full]
    assert range_of(pks[0]) < range_of(pks[-1])


def test_an_empty_part_is_not_listed_and_not_found(client, settings, monkeypatch):
    monkeypatch.setattr("articles.sql.id_ranges.IDS_IN_RANGE", 2)
    for number in range(10):
        story = cast.draft(f"Dépêche {number}")
        if number in (0, 9):
            story.publish(cast._chief(), at=timezone.now() - datetime.timedelta(hours=1))
    parts = stories_parts(client, settings)
    assert len(parts) == 2
    empty = f"/sitemap/stories-{range_of(story.pk) - 1}.xml"
    assert empty not in parts
    assert client.get(empty).status_code == 404


@pytest.mark.parametrize(
    "address", ["stories-0", "stories-01", "stories--1", "stories-99999999999", "stories-9999999999", "x-1", "2026/03"]
)
def test_a_part_that_is_none_is_not_found(client, address):
    cast.story()
    assert client.get(f"/sitemap/{address}.xml").status_code == 404


def test_sections_authors_and_tags_with_a_few_stories_are_named(client, settings):
    for number in range(3):
        cast.story(f"Dépêche {number}", authors=[cast.author()], tags=["BVMAC"])
    cast.story("Autre", tags=["Rare"])
    assert paths(client.get("/sitemap-pages.xml"), settings) == ["/", "/section/finance/"]
    listed = [path for path in paths(client.get("/sitemap.xml"), settings) if "stories" not in path]
    assert [paths(client.get(path), settings) for path in listed[1:]] == [
        ["/author/moutiou-adjibi-nourou/"],
        ["/tag/bvmac/"],
    ]


def test_nothing_is_named_that_scheduled_stories_alone_have(client, settings):
    for number in range(3):
        story = cast.draft(f"Demain {number}", tags=["Secret"], authors=[cast.author()])
        story.publish(cast._chief(), at=timezone.now() + datetime.timedelta(hours=1))
    assert paths(client.get("/sitemap-pages.xml"), settings) == ["/"]
    assert paths(client.get("/sitemap.xml"), settings) == ["/sitemap-pages.xml"]


def test_news_are_of_the_last_two_days(client, settings):
    new = cast.story("Neuve", hours_ago=47)
    cast.story("Vieille", hours_ago=49)
    assert paths(client.get("/news-sitemap.xml"), settings) == [new.get_absolute_url()]


def test_a_scheduled_story_is_in_no_sitemap(client, settings):
    cast.draft("Demain").publish(cast.editor(), at=timezone.now() + datetime.timedelta(hours=1))
    assert paths(client.get("/news-sitemap.xml"), settings) == []
    assert paths(client.get("/sitemap.xml"), settings) == [reverse("sitemap_pages")]


@pytest.mark.parametrize("count", [1, 12])
def test_a_sitemap_costs_the_same_however_long(client, count, django_assert_num_queries):
    for number in range(count):
        story = cast.story(f"Dépêche {number}")
    for address, queries in [
        ("/sitemap.xml", 4),
        (f"/sitemap/stories-{range_of(story.pk)}.xml", 2),
        ("/sitemap-pages.xml", 2),
        ("/news-sitemap.xml", 2),
    ]:
        with django_assert_num_queries(queries):
            client.get(address)
