"""Links between stories are stored by number, and lead readers to where the other story is today."""

import datetime

import pytest
from django.utils import timezone

from articles.findings import open_shoulds
from articles.models import FormerAddress
from articles.models.story_links import gone_links, number_story_links, own_path, visible_targets
from articles.richtext import MAX_LINKED_STORIES
from tests.articles import cast

pytestmark = pytest.mark.django_db


def link(address, words="le port"):
    return f'<p>Voir <a href="{address}">{words}</a>.</p>'


def numbered(story, words="le port"):
    return link(f"/story/{story.pk}/", words)


@pytest.fixture
def port():
    return cast.story("Le port ferme", slug="le-port")


def test_a_path_and_an_absolute_address_become_the_number(port, settings):
    path = port.get_absolute_url()
    for address in (path, path.rstrip("/"), f"{path}?utm_source=x&amp;y=1#top", settings.SITE_URL + path):
        assert number_story_links(link(address), None) == numbered(port), address


def test_an_external_link_loses_its_rel_with_its_host(port, settings):
    body = f'<p><a href="{settings.SITE_URL}{port.get_absolute_url()}" rel="noopener">le port</a></p>'
    assert number_story_links(body, None) == f'<p><a href="/story/{port.pk}/">le port</a></p>'


def test_a_story_in_another_language_is_found_by_its_own_address():
    story = cast.story(language="fr", slug="le-port")
    assert story.get_absolute_url().startswith("/fr/")
    assert number_story_links(link(story.get_absolute_url()), None) == numbered(story)


def test_a_former_address_becomes_the_number_too(port):
    before = port.get_absolute_url()
    port.slug = "le-port-de-lome"
    port.store()
    FormerAddress.objects.record(before, port)
    assert number_story_links(link(before), None) == numbered(port)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/2026/02/01/le-port/",
        "https://[::1/2026/02/01/le-port/",
        "/2026/02/30/le-port/",
        "/2026/02/01/no-such-story/",
        "/tag/mali/",
        "mailto:awa@example.org",
    ],
)
def test_other_addresses_stay(port, address):
    assert number_story_links(link(address), None) == link(address)


def test_a_text_without_links_to_stories_asks_nothing(django_assert_num_queries, port):
    with django_assert_num_queries(0):
        assert number_story_links(link("/tag/mali/"), None) == link("/tag/mali/")
        assert visible_targets("<p>Rien.</p>") == gone_links("<p>Rien.</p>") == []


def test_whoever_may_not_read_a_story_learns_nothing_from_a_link(port):
    secret = cast.draft("Secret", slug="secret")
    secret.schedule(by=None, at=timezone.now() + datetime.timedelta(days=2))
    there = link(secret.get_absolute_url())
    assert number_story_links(there, cast.reporter()) == there
    assert number_story_links(there, None) == there
    assert number_story_links(there, cast.editor()) == numbered(secret)


def test_more_addresses_than_a_text_may_link_to_stay_addresses(port):
    many = "".join(f'<p><a href="/story/{number}/">x</a></p>' for number in range(1000, 1000 + MAX_LINKED_STORIES))
    body = many + link(port.get_absolute_url())
    assert number_story_links(body, None) == body


def test_saving_numbers_what_was_typed(port):
    story = cast.draft(slug="autre")
    editor = cast.editor()
    story.save_draft(by=editor, edit=cast.typed(story, body=link(port.get_absolute_url())))
    assert cast.fresh(story).body == numbered(port)


def test_only_visible_stories_are_targets(port):
    draft = cast.draft("Projet", slug="projet")
    assert visible_targets(numbered(port) + numbered(draft)) == [port]
    port.withdraw(by=None)
    assert visible_targets(numbered(port)) == []


def test_words_that_link_to_what_is_gone_are_named(port):
    draft, other = cast.draft("Projet", slug="projet"), cast.story("Autre", slug="autre")
    body = numbered(port, "le <em>port</em>") + numbered(draft) + numbered(other) + link("/story/987654321/", "perdu")
    assert gone_links(body) == ["perdu"]
    port.withdraw(by=None)
    assert gone_links(body) == ["le port", "perdu"]


def test_paths_of_this_site_alone_are_ours(settings):
    settings.SITE_URL = "https://news.example.com"
    assert own_path("https://news.example.com:443/a?b#c") == own_path("/a") == "/a"
    assert own_path("https://example.com/a") == own_path("ftp://news.example.com/a") == ""


def test_the_checklist_names_links_to_what_is_gone_as_soon_as_they_are_typed(port):
    story = cast.draft("Autre", slug="autre", body=numbered(port, "le quai"))
    typed = {**story.newest_content, "body": link(port.get_absolute_url())}
    editor = cast.editor()

    def advice(content):
        found = open_shoulds(story.checklist_of(["publish"], content, editor, {}))
        return [finding.text.rpartition(": ")[2] for finding in found if finding.rule == "links"]

    assert advice(None) == advice(typed) == []
    port.withdraw(by=None)
    assert advice(None) == ["le quai"]
    assert advice(typed) == ["le port"]
