import json

import pytest

from articles import metadata
from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def json_ld(article):
    return json.loads(metadata.for_article(article).json_ld)


def test_json_ld_names_every_author_in_order(settings):
    story = cast.story(authors=[cast.author("Awa Ndiaye", "awa"), cast.author()])
    authors = json_ld(story)["author"]
    assert [author["name"] for author in authors] == ["Awa Ndiaye", "Moutiou Adjibi Nourou"]
    assert authors[0]["url"] == f"{settings.SITE_URL}/author/awa/"


@pytest.mark.parametrize(
    ("role", "credit"),
    [("author", "author"), ("contributor", "author"), ("photographer", "contributor")]
    + [("editor", "editor"), ("translator", "translator")],
)
def test_machines_are_told_who_wrote_and_who_did_something_else(role, credit):
    story = cast.story(authors=[cast.author()])
    story.set_authors([cast.author(), cast.author("Awa Ndiaye", "awa")], role=role)
    data = json_ld(cast.fresh(story))
    assert data[credit][-1]["name"] == "Awa Ndiaye"
    named_as_author = [value for name, value in metadata.for_article(story).properties if name == "article:author"]
    assert len(data["author"]) == len(named_as_author) == (2 if credit == "author" else 1)


def test_pictures_alone_make_their_photographer_the_author():
    story = cast.story()
    story.set_authors([cast.author()], role="photographer")
    data = json_ld(cast.fresh(story))
    assert [person["name"] for person in data["author"]] == ["Moutiou Adjibi Nourou"]
    assert "contributor" not in data


def test_a_story_that_was_only_edited_is_the_newsrooms_own(settings):
    story = cast.story()
    story.set_authors([cast.author()], role="editor")
    assert json_ld(cast.fresh(story))["author"]["name"] == settings.SITE_NAME


def test_a_story_without_byline_is_the_newsrooms_own(settings):
    assert json_ld(cast.story())["author"]["name"] == settings.SITE_NAME


@pytest.mark.parametrize(
    ("label", "kind"),
    [("news", "NewsArticle"), ("analysis", "AnalysisNewsArticle"), ("sponsored", "AdvertiserContentArticle")],
)
def test_the_label_is_the_type(label, kind):
    assert json_ld(cast.story(label=label))["@type"] == kind


def test_no_headline_closes_the_script():
    story = cast.story("</script><script>alert(1)</script> & co")
    assert "<" not in metadata.for_article(story).json_ld
    assert json_ld(story)["headline"] == story.headline


def test_modified_is_never_before_published():
    data = json_ld(cast.story())
    assert data["dateModified"] >= data["datePublished"]


def test_open_graph_names_the_canonical_address(settings):
    story = cast.story()
    properties = dict(metadata.for_article(story).properties)
    assert properties["og:url"] == settings.SITE_URL + story.get_absolute_url()
    assert properties["og:type"] == "article"


def test_a_draft_has_no_canonical_address():
    assert metadata.for_article(Article(headline="Brouillon", language="en")).canonical == ""
