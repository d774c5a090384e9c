"""What a text may link to is found by typing: our stories by their number, and what readers may open."""

import pytest
from django.urls import reverse

from articles.admin.fields.link_suggestions import LinkRow, find_link_targets
from articles.models import Section, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


def found(term, user, language="en"):
    return [(row.address, row.label) for row in find_link_targets(term, user, language)]


def test_a_story_is_linked_by_number_and_what_readers_can_follow_comes_first(people):
    draft, live = cast.draft("Le port du matin", slug="matin"), cast.story("Le port du soir", slug="soir")
    editor = people["editor"]
    assert found("port", editor) == [(f"/story/{live.pk}/", "Le port du soir"), (f"/story/{draft.pk}/", str(draft))]
    rows = find_link_targets("port", editor, "en")
    assert [row.kind for row in rows] == ["Story", "Story"]
    assert rows[1].note == "Draft, not shown to readers"


def test_an_older_story_of_exactly_this_headline_comes_first(people):
    cast.story("Le port", slug="le-port", hours_ago=50), cast.story("Le port rouvre", slug="rouvre")
    assert [label for _address, label in found("le port", people["editor"])] == ["Le port", "Le port rouvre"]


def test_a_reporter_finds_no_story_that_they_may_not_read(people):
    cast.draft("Le port secret", slug="secret")
    number = cast.draft("Le port caché", slug="cache").pk
    reporter = people["reporter"]
    assert found("port", reporter) == found(f"/story/{number}/", reporter) == []


def test_a_stored_link_and_an_address_lead_to_their_story(people):
    story = cast.story("Le port", slug="le-port")
    row = (f"/story/{story.pk}/", "Le port")
    assert found(f"/story/{story.pk}/", people["editor"]) == found(story.get_absolute_url(), people["editor"]) == [row]


@pytest.mark.parametrize(
    "term", ["/story/", "/story/x/", "/story/99999999999999999999/", "/story/-1/", "a/b", "%", "…"]
)
def test_what_leads_nowhere_finds_nothing(term, people):
    cast.story("Le port", slug="le-port")
    assert found(term, people["editor"]) == []


def test_tags_and_authors_are_those_that_readers_may_open_at_the_addresses_of_the_story_s_language(people):
    cast.author("Mali Diop", "mali-diop"), cast.author("Mali Koné", "mali-kone")
    Tag.objects.for_names(["Malie"])
    cast.story("Autre chose", tags=["Mali"], authors=[cast.author("Mali Diop", "mali-diop")], body="<p>Rien.</p>")
    others = [("/fr/tag/mali/", "Mali"), ("/fr/author/mali-diop/", "Mali Diop")]
    assert found("mal", people["editor"], "fr")[-2:] == others
    assert found("mal", people["editor"], "xx")[-2:] == [(address[3:], label) for address, label in others]


def test_sections_and_pages_are_named_in_the_language_of_the_story(people):
    Section.objects.create(name="Arts", slug="arts", other_names={"fr": "Arts et lettres"})
    assert found("ar", people["editor"], "fr") == [
        ("/fr/section/arts/", "Arts et lettres"),
        ("/fr/archive/", "Archives"),
    ]
    assert find_link_targets("front p", people["editor"], "en") == [LinkRow("/", "Front page", "Page")]


def test_nothing_typed_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_link_targets("", None, "en") == []


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries, people):
    for number in range(3):
        cast.story(
            f"Mali {number}", tags=["Mali", f"Mali {number}"], authors=[cast.author(f"Mali {number}", f"m-{number}")]
        )
    editor = people["editor"]
    editor.has_perm("articles.view_any_article")
    with django_assert_max_num_queries(11):
        find_link_targets("mali", editor, "en")


def test_writers_alone_are_answered(client, clients):
    address = reverse("admin:articles_article_suggest_links")
    cast.story("Le port", slug="le-port")
    assert (
        clients("reporter").get(address, {"term": "port", "language": "fr"}).json()["results"][0]["label"] == "Le port"
    )
    assert clients("tag_staff").get(address, {"term": "port"}).status_code == 403
    assert client.get(address, {"term": "port"}).status_code == 302


def test_the_headline_with_the_word_comes_first_then_one_with_its_beginning(people):
    cast.story("Le cacao", slug="cacao", body="<p>Du maïs.</p>")
    cast.story("Les maïsiculteurs", slug="maisiculteurs", body="<p>Du maïs.</p>")
    cast.draft("La réserve de maïs", slug="reserve")
    labels = [label for _address, label in found("mais", people["editor"])]
    assert labels == ["La réserve de maïs", "Les maïsiculteurs", "Le cacao"]
