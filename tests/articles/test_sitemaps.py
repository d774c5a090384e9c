import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def paths(response, settings):
    return [loc.text.removeprefix(settings.SITE_URL) for loc in ElementTree.fromstring(response.content).iter(LOC)]


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
    day = timezone.localtime(story.publish_at, timezone.get_default_timezone())
    [lastmod] = ElementTree.fromstring(client.get(f"/sitemap/{day:%Y/%m}.xml").content).iter(f"{LOC[:-3]}lastmod")
    assert datetime.datetime.fromisoformat(lastmod.text) == story.last_changed


def test_an_empty_month_has_no_part(client):
    assert client.get("/sitemap/1999/01.xml").status_code == 404


@pytest.mark.parametrize("address", ["/sitemap/2026/13.xml", "/sitemap/99999/01.xml", "/sitemap/0000/01.xml"])
def test_a_month_that_is_none_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_pages_name_sections_authors_and_tags_with_a_few_stories(client, settings):
    for number in range(3):
        cast.story(f"Dépêche {number}", authors=[cast.author()], tags=["BVMAC"])
    cast.story("Autre", tags=["Rare"])
    found = paths(client.get("/sitemap-pages.xml"), settings)
    assert found == [
        "/",
        "/section/finance/",
        "/author/moutiou-adjibi-nourou/",
        Tag.objects.get(slug="bvmac").get_absolute_url(),
    ]


def test_pages_name_nothing_that_scheduled_stories_alone_have(client, settings):
    for number in range(3):
        story = cast.draft(f"Demain {number}", tags=["Secret"], authors=[cast.author()])
        story.publish(cast._chief(), at=timezone.now() + datetime.timedelta(hours=1))
    assert paths(client.get("/sitemap-pages.xml"), settings) == ["/"]


def test_news_are_of_the_last_two_days(client, settings):
    new = cast.story("Neuve", hours_ago=47)
    cast.story("Vieille", hours_ago=49)
    assert paths(client.get("/news-sitemap.xml"), settings) == [new.get_absolute_url()]


def test_a_scheduled_story_is_in_no_sitemap(client, settings):
    cast.draft("Demain").publish(cast.editor(), at=timezone.now() + datetime.timedelta(hours=1))
    assert paths(client.get("/news-sitemap.xml"), settings) == []
    assert paths(client.get("/sitemap.xml"), settings) == [reverse("sitemap_pages")]


@pytest.mark.parametrize("count", [1, 50])
def test_a_sitemap_costs_the_same_however_long(client, count, django_assert_num_queries):
    for number in range(count):
        cast.story(f"Dépêche {number}")
    now = timezone.localtime(timezone.now() - datetime.timedelta(hours=1), timezone.get_default_timezone())
    for address, queries in [
        ("/sitemap.xml", 4),
        (f"/sitemap/{now:%Y/%m}.xml", 2),
        ("/sitemap-pages.xml", 4),
        ("/news-sitemap.xml", 2),
    ]:
        with django_assert_num_queries(queries):
            client.get(address)
