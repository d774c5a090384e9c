"""The stories of an author in the list: by the filter, and by the search."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles import cast
from tests.articles.admin.stories.test_changelist import LIST, list_headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def authors():
    """Return two authors of one family name, each with a story, beside another story."""
    adele, awa = cast.author("Adèle Koné", "adele-kone"), cast.author("Awa Koné", "awa-kone")
    cast.draft("Le port", authors=[adele])
    cast.story("La rade", authors=[awa, cast.author()])
    cast.draft("Le barrage")
    return adele, awa


@pytest.mark.parametrize(
    ("typed", "headlines"),
    [
        ("Adèle Koné", ["Le port"]),
        ("kone", ["La rade", "Le port"]),
        (" koné  awa ", ["La rade"]),
        ("kon", ["La rade", "Le port"]),
        ("", ["Le barrage", "La rade", "Le port"]),
        ("Sow", []),
        ("%", []),
    ],
)
def test_a_typed_name_leads_to_the_stories_of_those_who_have_it(client, awa, authors, typed, headlines):
    assert list_headlines(client, author=typed) == headlines


def test_the_filter_names_who_is_chosen(client, awa, authors):
    def chosen(author):
        page = client.get(LIST, {"author": author}).text
        return re.search(r"<summary>Author(?:<strong\s*>: ([^<]*)</strong>)?</summary>", page)[1]

    assert chosen(authors[0].pk) == "Adèle Koné"
    assert chosen("koné") == "Adèle Koné, Awa Koné"
    assert chosen("Sow") == "Sow"
    assert chosen("999") == "An author who no longer exists"
    assert chosen("") is None


def test_the_filter_keeps_what_else_is_chosen_and_begins_with_the_first_page(client, awa, authors):
    page = client.get(LIST, {"state": "draft", "q": "port", "p": "2", "author": "kon"}, follow=True).text
    form = page[page.index('<details class="dropdown author-filter"') :].partition("</form>")[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form) == [("state", "draft"), ("q", "port")]
    assert f"{LIST}?state=draft" not in form


@pytest.mark.parametrize(
    ("words", "headlines"),
    [("Adèle", ["Le port"]), ("kone", ["La rade", "Le port"]), ("“Awa Koné”", ["La rade"]), ("Sow", []), ("9", [])],
)
def test_the_search_finds_a_byline(client, awa, authors, words, headlines):
    assert list_headlines(client, q=words) == headlines


def test_the_search_finds_bylines_and_texts_within_the_filters(client, awa, authors):
    cast.draft("Le discours de Koné")
    assert list_headlines(client, q="koné") == ["Le discours de Koné", "La rade", "Le port"]
    assert list_headlines(client, q="koné", state="draft") == ["Le discours de Koné", "Le port"]


def test_the_search_finds_no_byline_of_a_story_that_one_may_not_see(client, moutiou, authors):
    assert list_headlines(client, q="koné") == []


def test_authors_cost_one_query_however_many_have_the_name(client, awa):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, {"q": "koné"})
        return len(captured)

    cast.draft("Un", authors=[cast.author("Awa Koné", "awa-kone")])
    client.get(LIST)
    one = queries()
    for number in range(12):
        cast.draft(str(number), authors=[cast.author(f"Awa Koné {number}", f"awa-kone-{number}")])
    assert queries() == one
