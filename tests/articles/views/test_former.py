import pytest

from articles.models import FormerAddress, Tag, TagAlias
from tests.articles import cast

pytestmark = pytest.mark.django_db


def keep(path, target):
    FormerAddress.objects.record(path, target)


@pytest.fixture
def story():
    """Return a story whose section, author and tag have public pages."""
    return cast.story(authors=[cast.author()], tags=["BVMAC"])


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


def test_a_storys_former_address_leads_to_the_story(client, story):
    keep("/2020/01/02/old/", story)
    assert answer(client, "/2020/01/02/old/?utm=x") == (301, story.get_absolute_url() + "?utm=x")


@pytest.mark.parametrize("ending", ["", "feed/", "feed/atom/"])
@pytest.mark.parametrize("language", ["", "/fr"])
@pytest.mark.parametrize("kind", ["section", "author", "tag"])
def test_a_former_address_leads_on_in_every_language_with_feeds_and_query(client, story, kind, language, ending):
    target = {"section": story.section, "author": cast.author(), "tag": story.tags_in_order[0]}[kind]
    keep(f"/{kind}/old/", target)
    today = f"{language}/{kind}/{target.slug}/{ending}?page=2"
    assert answer(client, f"{language}/{kind}/old/{ending}?page=2") == (301, today)


@pytest.mark.parametrize("query", ["", "?page=2"])
@pytest.mark.parametrize("ending", ["", "feed/", "feed/atom/"])
@pytest.mark.parametrize("language", ["", "/fr"])
def test_another_spelling_of_a_tag_leads_to_the_tag(client, story, language, ending, query):
    TagAlias.objects.create(name="Bourse de Douala", tag=Tag.objects.get(slug="bvmac"))
    today = f"{language}/tag/bvmac/{ending}{query}"
    assert answer(client, f"{language}/tag/bourse-de-douala/{ending}{query}") == (301, today)


@pytest.mark.parametrize("ending", ["", "?page=2"])
def test_a_tag_with_a_new_name_and_its_old_slug_leads_nowhere_in_a_language_without_its_stories(client, story, ending):
    Tag.objects.get(slug="bvmac").rename(cast.tag_staff(), "Bourse d’Afrique centrale")
    assert TagAlias.objects.get(name="BVMAC").slug == "bvmac"
    assert answer(client, f"/fr/tag/bvmac/{ending}") == (404, None)


@pytest.mark.parametrize("ending", ["", "feed/", "?page=2"])
def test_a_tag_that_was_deleted_on_purpose_is_gone(client, ending):
    FormerAddress.objects.create(path="/tag/old/")
    assert client.get(f"/tag/old/{ending}").status_code == 410


def test_the_former_address_of_a_withdrawn_story_is_gone(client, story):
    keep("/2020/01/02/old/", story)
    story.withdraw(cast.editor())
    assert client.get("/2020/01/02/old/").status_code == 410


def test_the_former_address_of_a_draft_tells_nothing(client):
    keep("/2020/01/02/old/", cast.draft("Secret"))
    assert answer(client, "/2020/01/02/old/") == (404, None)


def test_a_former_address_and_another_spelling_tell_nothing_of_what_hidden_stories_alone_have(client):
    tag = cast.draft(tags=["Secret"], authors=[cast.author()]).tags_in_order[0]
    TagAlias.objects.create(name="Autre", tag=tag)
    keep("/tag/old/", tag)
    keep("/author/old/", cast.author())
    for path in ("/tag/autre/", "/tag/old/", "/author/old/", "/tag/autre/feed/"):
        assert answer(client, path) == (404, None)


def test_a_page_that_is_there_is_not_left_for_a_former_one(client, story):
    FormerAddress.objects.create(path="/section/finance/", author=cast.author())
    assert client.get("/section/finance/").status_code == 200
