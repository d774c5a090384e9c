"""A page names every object that it shows, so that a cache on the way can drop it."""

from uuid import uuid4

import pytest

from articles import surrogates
from articles.models import Article, Tag
from articles.related import working_out
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
    working_out.work_out([story.pk])
    own = {f"story-{story.pk}-page", "stories-en"}  # the newest stories fill the place of relatives
    assert named(client, story.get_absolute_url()) == {"site", *own, *around(story)}


def test_it_depends_on_every_change_from_a_change_of_its_tags_until_its_relatives_are_worked_out(client, story):
    working_out.work_out([story.pk])
    Tag.objects.create_named("Port").merge([Tag.objects.get(name="Côte d’Ivoire")], None)
    assert "any-change" in named(client, story.get_absolute_url())
    working_out.work_out([story.pk])
    assert "any-change" not in named(client, story.get_absolute_url())


def test_it_names_pictures_of_its_text_and_its_translations(client, story):
    group, picture = uuid4(), cast.image(90, 60)
    body = f'<figure class="picture"><img data-image="{picture.pk}"></figure><p>Le port.</p>'
    Article.objects.filter(pk=story.pk).update(translation_group=group, body=body)
    assert {f"translations-{group.hex}", f"image-{picture.pk}"} <= named(client, story.get_absolute_url())


def test_it_names_the_stories_that_its_text_links_to_also_those_that_nobody_sees(client, story):
    working_out.work_out([story.pk])
    shown, hidden = cast.story("Autre"), cast.draft("Projet")
    body = "".join(f'<p><a href="/story/{one.pk}/">x</a></p>' for one in (shown, hidden))
    Article.objects.filter(pk=story.pk).update(body=body)
    assert {f"story-{shown.pk}", f"story-{hidden.pk}"} <= named(client, story.get_absolute_url())


def test_what_a_query_left_out_is_loaded_and_named(story):
    bare = Article.objects.get(pk=story.pk)
    assert [byline.author for byline in bare.authors_in_order] == [cast.author()]
    assert bare.tags_in_order == [Tag.objects.get()]
    assert {f"author-{cast.author().pk}", f"tag-{Tag.objects.get().pk}"} <= set(surrogates.keys_of([bare], []).split())


def test_translations_that_a_query_left_out_are_loaded(story):
    group = uuid4()
    french = cast.story("Le quai", language="fr", translation_group=group)
    Article.objects.filter(pk=story.pk).update(translation_group=group)
    bare = Article.objects.get(pk=story.pk)
    assert [other.get_absolute_url() for other in bare.translations] == [french.get_absolute_url()]
    assert [other.get_absolute_url() for other in french.translations] == [story.get_absolute_url()]


def test_it_names_a_pinned_story_that_readers_do_not_see_yet(client, story):
    draft = cast.draft("Plus tard")
    story.set_related("compact", [draft])
    assert f"story-{draft.pk}" in named(client, story.get_absolute_url())


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("/", {"stories-en"}),
        ("/fr/", {"stories-fr"}),
        ("/feed/", {"stories-en"}),
        ("/section/finance/", {"section-{section}-stories-en"}),
        ("/section/finance/feed/", {"section-{section}-stories-en"}),
        ("/author/moutiou-adjibi-nourou/", {"author-{author}-stories-en"}),
        ("/fr/author/moutiou-adjibi-nourou/", {"author-{author}-stories-fr"}),
        ("/tag/cote-d-ivoire/", {"tag-{tag}-stories-en"}),
        ("/author/", {"authors"}),
        ("/tag/", {"tags", "tags-en"}),
        ("/archive/", {"stories-en"}),
        ("/search/?q=port", {"any-change"}),
        ("/sitemap.xml", {"stories-en", "stories-fr", "authors", "tags", "tags-en"}),
        ("/sitemap-pages.xml", set()),
    ],
)
def test_a_page_names_the_lists_that_it_depends_on(client, story, path, lists):
    ids = {"section": story.section_id, "author": cast.author().pk, "tag": Tag.objects.get().pk}
    found = {
        key for key in named(client, path) if "stories" in key or key in {"any-change", "authors", "tags", "tags-en"}
    }
    assert found == {one.format(**ids) for one in lists}


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
        assert len(surrogates.keys_of([loaded], []).split()) == 6


def test_stories_that_were_not_made_a_list_are_named_too(story):
    assert f"story-{story.pk}" in surrogates.keys_of(Article.objects.visible(), []).split()
