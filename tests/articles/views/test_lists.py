import pytest
from django.utils import translation

from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_section_without_stories_says_so(client):
    cast.section()
    response = client.get("/section/finance/")
    assert response.status_code == 200
    assert "No stories yet." in response.text


def test_a_section_is_called_by_its_name_in_the_language_of_the_page(client):
    section = cast.section("Public Management", "public-management")
    section.other_names = {"fr": "Gestion publique"}
    section.save()
    assert "<h1>Gestion publique</h1>" in client.get("/fr/section/public-management/").text


def test_a_section_is_marked_in_the_menu(client):
    cast.section()
    assert '<a href="/section/finance/" aria-current="page">' in client.get("/section/finance/").text


def test_an_author_is_introduced(client):
    author = cast.author(
        title="Finance correspondent",
        biography="Reports from Cotonou.\n\nSince 2015.",
        email="moutiou@example.org",
        website="https://example.org/moutiou",
        photo=cast.image(),
    )
    cast.story(authors=[author])
    text = client.get("/author/moutiou-adjibi-nourou/").text
    for part in ["Finance correspondent", "<p>Since 2015.</p>", "mailto:moutiou@", "https://example.org/", "<picture>"]:
        assert part in text


def test_a_former_colleague_keeps_the_page(client):
    cast.story(authors=[cast.author(is_active=False)])
    assert "former colleague" in client.get("/author/moutiou-adjibi-nourou/").text


def test_an_author_who_signed_nothing_public_has_no_page(client):
    cast.draft(authors=[cast.author()])
    assert client.get("/author/moutiou-adjibi-nourou/").status_code == 404


def test_an_author_has_a_page_in_each_language(client):
    cast.story(authors=[cast.author()])
    response = client.get("/fr/author/moutiou-adjibi-nourou/")
    with translation.override("fr"):
        assert translation.gettext("No stories yet.") in response.text


def test_a_tag_without_stories_is_not_found(client):
    cast.draft(tags=["BVMAC"])
    assert client.get("/tag/bvmac/").status_code == 404


def test_a_described_tag_without_stories_has_a_page(client):
    story = cast.draft(tags=["BVMAC"])
    tag = story.tags_in_order[0]
    tag.description = "The stock exchange of Central Africa."
    tag.save()
    response = client.get("/tag/bvmac/")
    assert response.status_code == 200
    assert tag.description in response.text


def test_search_engines_are_told_to_leave_out_a_tag_with_fewer_than_three_stories(client):
    for number in range(3):
        assert number == 0 or "noindex" in client.get("/tag/bvmac/").text
        cast.story(f"Dépêche {number}", tags=["BVMAC"])
    assert "noindex" not in client.get("/tag/bvmac/").text


@pytest.mark.parametrize(("address", "start"), [("/", 'class="blocks"'), ("/section/finance/", "<h1>")])
def test_a_section_is_not_said_again_above_each_of_its_stories(client, address, start):
    for number in range(30):  # more than the top of the front page takes
        cast.story(f"Récit {number}", hours_ago=number)
    _top, found, listed = client.get(address).text.partition(start)
    assert found
    assert "Récit" in listed
    assert "Finance</p>" not in listed


def test_a_story_says_its_section_elsewhere(client):
    cast.story(tags=["port"])
    assert "Finance</p>" in client.get("/tag/port/").text
