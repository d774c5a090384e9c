import pytest
from django.db import OperationalError, connection

from articles.models import FormerAddress, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


def headlines(client, query):
    return [hit.story.headline for hit in client.get(f"/search/?{query}").context["page"].items]


def test_an_empty_search_is_a_form(client):
    response = client.get("/search/")
    assert response.status_code == 200
    assert 'name="q"' in response.text
    assert "Nothing was found" not in response.text


def test_a_search_shows_what_it_found_with_marks(client):
    cast.story("Cacao", standfirst="Le cacao du pays.")
    text = client.get("/search/?q=CACAO").text
    assert "<mark>cacao</mark>" in text
    assert 'value="CACAO"' in text


def test_a_search_that_finds_nothing_says_so_and_escapes(client):
    text = client.get("/search/?q=%3Cb%3Ecacao").text
    assert "Nothing was found for “&lt;b&gt;cacao”" in text


def test_a_search_is_narrowed_by_section_author_tag_and_year(client):
    cast.story("Cacao vert", section=cast.section("Énergie", "energie"), authors=[cast.author()], tags=["Bénin"])
    cast.story("Cacao noir")
    year = client.get("/search/?q=cacao").context["years"][0]
    for narrow in ("section=energie", "author=moutiou-adjibi-nourou", "tag=benin"):
        assert headlines(client, f"q=cacao&{narrow}&year={year}") == ["Cacao vert"]
    assert headlines(client, "q=cacao&year=1999&order=newest") == []
    assert headlines(client, "q=cacao&section=&year=&order=") == ["Cacao noir", "Cacao vert"]


@pytest.mark.parametrize(
    "query", ["section=x", "author=x", "tag=x", "year=x", "year=0", "year=99999", "section=%00", "tag=%27", "page=2"]
)
def test_what_is_not_there_is_not_found(client, query):
    cast.story("Cacao")
    assert client.get(f"/search/?q=cacao&{query}").status_code == 404


@pytest.mark.parametrize("text", ['"', "'", "*", "(", ")", "AND", "a OR", "-", "NEAR(", "%00", "%", "🦁", "x" * 5000])
def test_any_text_may_be_asked(client, text):
    cast.story("Cacao")
    assert client.get("/search/", {"q": text}).status_code == 200


def test_the_next_page_asks_the_same(client):
    for number in range(21):
        cast.story(f"Cacao {number}", tags=["Bénin"])
    text = client.get("/search/?q=cacao&tag=benin&order=newest&junk=x").text
    assert 'href="/search/?q=cacao&amp;tag=benin&amp;order=newest&amp;page=2"' in text
    assert len(headlines(client, "q=cacao&page=2")) == 1


@pytest.mark.parametrize("slug", ["dahomey", "ancien-benin"])
def test_a_tag_is_asked_for_by_another_spelling_or_a_former_address_too(client, slug):
    for number in range(21):
        cast.story(f"Cacao {number}", tags=["Bénin"])
    (benin,) = Tag.objects.all()
    benin.aliases.create(name="Dahomey")
    FormerAddress.objects.record("/tag/ancien-benin/", benin)
    cast.story("Cacao noir")
    response = client.get(f"/search/?q=cacao&tag={slug}")
    assert response.context["asked"]["tag"] == benin
    assert "Cacao noir" not in headlines(client, f"q=cacao&order=newest&tag={slug}")
    assert 'href="/search/?q=cacao&amp;tag=benin&amp;page=2"' in response.text


def test_another_spelling_of_a_tag_of_hidden_stories_alone_cannot_be_asked_for(client):
    cast.draft(tags=["Secret"])
    Tag.objects.get().aliases.create(name="Caché")
    assert client.get("/search/?q=port&tag=cache").status_code == 404


def test_search_engines_keep_one_page_for_what_is_found_and_none_for_nothing(client):
    cast.story("Cacao noir")
    for query in ("", "?q=cacao", "?q=cacao&order=newest"):
        text = client.get(f"/search/{query}").text
        assert '/search/">' in text[text.index('<link rel="canonical"') :].splitlines()[0]
        assert "noindex" not in text
    assert '<meta name="robots" content="noindex">' in client.get("/search/?q=gratuit").text


@pytest.mark.parametrize("query", ["author=moutiou-adjibi-nourou", "tag=secret"])
def test_an_author_and_a_tag_of_hidden_stories_alone_cannot_be_asked_for(client, query):
    cast.draft(tags=["Secret"], authors=[cast.author()])
    assert client.get(f"/search/?q=port&{query}").status_code == 404


def test_a_search_says_when_it_did_not_look_through_all_stories(client, monkeypatch):
    for number in range(3):
        cast.story(f"Cacao {number}")
        cast.story(f"Le cacao {number}", language="fr")
    told = "Only the newest stories were searched"
    assert told not in client.get("/search/?q=cacao").text
    monkeypatch.setattr("articles.search.matching.MAX_STORIES_OF_RARE_WORD", 0)
    monkeypatch.setattr("articles.search.matching.STORIES_PER_WINDOW", (2,))
    assert told in client.get("/search/?q=cacao").text
    assert told in client.get("/search/?q=baobab").text
    assert told not in client.get("/search/").text
    assert "Seuls les articles les plus récents" in client.get("/fr/search/?q=baobab").text


class GivenUp(Exception):
    sqlstate = "57014"


@pytest.mark.parametrize(("address", "words"), [("/search/", "took too long"), ("/fr/search/", "trop de temps")])
def test_a_search_that_takes_too_long_is_given_up_with_what_was_typed(client, monkeypatch, address, words):
    def give_up(*_arguments, **_more):
        raise OperationalError("canceling statement due to statement timeout") from GivenUp()

    monkeypatch.setattr("articles.views.search.search", give_up)
    response = client.get(f"{address}?q=cacao&order=newest")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert words in response.text
    assert 'value="cacao"' in response.text
    assert '<option value="newest" selected>' in response.text


def test_another_fault_of_the_database_is_not_taken_for_that(client, monkeypatch):
    def fail(*_arguments, **_more):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("articles.views.search.search", fail)
    with pytest.raises(OperationalError):
        client.get("/search/?q=cacao")


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_the_database_gives_up_a_search_after_the_readers_time(client, settings, monkeypatch):
    def sleep(*_arguments, **_more):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")

    settings.READER_STATEMENT_TIMEOUT = 1
    monkeypatch.setattr("articles.views.search.search", sleep)
    assert client.get("/search/?q=cacao").status_code == 503
