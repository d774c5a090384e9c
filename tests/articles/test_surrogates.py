"""A page names every object that it shows, so that a cache on the way can drop it."""

import pytest

from articles import surrogates
from articles.models import Article, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return cast.story(
        "Le port ferme", authors=[cast.author()], tags=["Côte d’Ivoire"], lead_image=cast.image(), slug="le-port"
    )


def named(client, path):
    return set(client.get(path).headers["Surrogate-Key"].split())


def around(story):
    tag = Tag.objects.get()
    return {
        f"story-{story.pk}",
        f"section-{story.section_id}",
        f"author-{cast.author().pk}",
        f"tag-{tag.pk}",
        f"image-{story.lead_image_id}",
    }


def test_a_story_names_itself_and_what_stands_around_it(client, story):
    assert named(client, story.get_absolute_url()) == {"site", *around(story)}


def test_it_names_the_stories_that_it_leads_to(client, story):
    other = cast.story("Le port rouvre")
    assert f"story-{other.pk}" in named(client, story.get_absolute_url())


@pytest.mark.parametrize("path", ["/", "/section/finance/", "/feed/", "/feed/atom/", "/search/?q=port"])
def test_lists_and_feeds_name_their_stories(client, story, path):
    assert {"site", f"story-{story.pk}", f"section-{story.section_id}"} <= named(client, path)


def test_an_author_and_a_tag_are_named_by_their_pages_and_feeds(client, story):
    for one, key in ((cast.author(), "author"), (Tag.objects.get(), "tag")):
        for path in (one.get_absolute_url(), f"{one.get_absolute_url()}feed/"):
            assert f"{key}-{one.pk}" in named(client, path)


def test_two_readers_of_one_feed_do_not_mix(client, story):
    cast.section("Énergie", "energie")
    assert f"story-{story.pk}" in named(client, "/section/finance/feed/")
    assert f"story-{story.pk}" not in named(client, "/section/energie/feed/")


def test_naming_asks_the_database_nothing_more(story, django_assert_num_queries):
    loaded = Article.objects.with_page_parts().get()
    with django_assert_num_queries(0):
        assert len(surrogates.keys([loaded]).split()) == 6
