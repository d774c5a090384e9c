from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from articles.models import Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture
def story():
    authors = [cast.author(), cast.author("Awa Ndiaye", "awa-ndiaye")]
    return cast.story("Électricité : « le réseau » & l’avenir", authors=authors, tags=["BVMAC"])


def addresses(story):
    """Return every feed that contains this story."""
    about = [("", []), ("section_", ["finance"]), ("author_", ["awa-ndiaye"]), ("tag_", ["bvmac"])]
    return [reverse(f"{kind}feed{suffix}", args=args) for kind, args in about for suffix in ("", "_atom")]


def test_every_feed_has_the_story_with_all_its_authors(client, story):
    for address in addresses(story):
        response = client.get(address)
        tree = ElementTree.fromstring(response.content)
        entry = tree.find("channel/item") if "rss" in response["Content-Type"] else tree.find(f"{ATOM}entry")
        title = entry.find("title") if entry.tag == "item" else entry.find(f"{ATOM}title")
        names = entry.iter(CREATOR) if entry.tag == "item" else entry.iter(f"{ATOM}name")
        assert title.text == story.headline
        assert [name.text for name in names] == ["Moutiou Adjibi Nourou", "Awa Ndiaye"]


def test_a_feed_tells_a_translator_from_the_author(client, story):
    story.set_authors([*(byline.author for byline in story.authors_in_order), cast.author("Ada", "ada")], "translator")
    rss, atom = (ElementTree.fromstring(client.get(reverse(name)).content) for name in ("feed", "feed_atom"))
    assert [name.text for name in rss.iter(CREATOR.replace("creator", "contributor"))] == ["Ada"]
    assert len([*rss.iter(CREATOR)]) == 2
    assert [name.text for name in atom.findall(f"{ATOM}entry/{ATOM}contributor/{ATOM}name")] == ["Ada"]


def test_a_feed_names_itself_and_its_page_by_the_public_address(client, story, settings):
    for address in addresses(story):
        text = client.get(address).text
        assert f'href="{settings.SITE_URL}{address}"' in text
        assert settings.SITE_URL + story.get_absolute_url() in text
        assert "testserver" not in text


def test_a_story_keeps_its_id_when_its_address_changes(client, story):
    ids = []
    for slug in (story.slug, "autre"):
        story.slug = slug
        story.store()
        ids.append(ElementTree.fromstring(client.get(reverse("feed")).content).find("channel/item/guid").text)
    assert ids[0] == ids[1]


def test_a_withdrawn_story_is_in_no_feed(client, story):
    where = addresses(story)
    story.withdraw(cast.editor())
    assert not [address for address in where if story.headline in client.get(address).text]


def test_a_feed_is_in_the_language_of_its_address(client):
    cast.story("Nouvelle", language="fr")
    with translation.override("fr"):
        french = reverse("feed")
    assert "Nouvelle" in client.get(french).text
    assert "Nouvelle" not in client.get(reverse("feed")).text


def test_an_empty_feed_is_a_feed(client):
    assert ElementTree.fromstring(client.get(reverse("feed")).content).find("channel/title") is not None


def test_a_reader_that_polls_gets_304(client, story):
    for address in addresses(story):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_reader_that_polls_by_date_is_told_of_a_story_that_is_gone(client, story):
    cast.story("Ancienne", hours_ago=9, authors=[cast.author("Awa Ndiaye", "awa-ndiaye")], tags=["BVMAC"])
    story.withdraw(cast.editor())
    for address in addresses(story):
        now = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        assert client.get(address, headers={"If-Modified-Since": now}).status_code == 200


@pytest.mark.parametrize("name", ["section_feed", "author_feed", "tag_feed_atom"])
def test_what_nobody_wrote_about_has_no_feed(client, name):
    assert client.get(reverse(name, args=["rien"])).status_code == 404


@pytest.mark.parametrize("suffix", ["feed", "feed_atom"])
def test_an_author_and_a_tag_of_hidden_stories_alone_have_no_feed(client, suffix):
    cast.draft(authors=[cast.author()], tags=["BVMAC"])
    for name, slug in [("author", "moutiou-adjibi-nourou"), ("tag", "bvmac")]:
        assert client.get(reverse(f"{name}_{suffix}", args=[slug])).status_code == 404


def test_a_feed_is_only_read(client):
    assert client.post(reverse("feed")).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_a_feed_costs_the_same_however_long(client, count, django_assert_num_queries):
    for number in range(count):
        cast.story(f"Dépêche {number}", authors=[cast.author()], tags=["BVMAC"])
    tag = Tag.objects.get()
    with django_assert_num_queries(2):
        client.get(reverse("feed"))
    with django_assert_num_queries(3):
        client.get(reverse("tag_feed", args=[tag.slug]))
