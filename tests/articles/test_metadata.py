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
