"""Anything on the desk by its name, for those alone who may open it."""

import pytest
from django.urls import reverse

from articles import roles
from articles.models import Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db

FIND = "/admin/find/"


def find(client, term):
    """Return what is found: label to address."""
    groups = client.get(FIND, {"q": term}).context["groups"]
    return {row.label: row.url for group in groups for row in group.rows}


def form_of(noun, one):
    return reverse(f"admin:articles_{noun}_change", args=[one.pk])


def test_a_story_by_the_beginning_of_a_word(client, awa):
    story = cast.story("Le port de Lomé s’étend")
    assert find(client, "lom") == {"Le port de Lomé s’étend": form_of("article", story)}


def test_tags_authors_sections_and_pictures(client, awa):
    tag, author = Tag.objects.create(name="Énergie solaire"), cast.author("Énée Sow", "enee-sow")
    section, image = cast.section("Énergie", "energie"), cast.image(alt="Sénégal, l’éne")
    found = find(client, "éne")
    assert set(found.values()) == {
        form_of("tag", tag),
        form_of("author", author),
        form_of("section", section),
        form_of("image", image),
        f"{reverse('admin:articles_article_changelist')}?tag={tag.pk}",
        f"{reverse('admin:articles_article_changelist')}?author={author.pk}",
    }


@pytest.mark.parametrize("typed", ["story", "new sto", "NEW STORY"])
def test_verbs_and_pages_by_their_names(client, awa, typed):
    assert find(client, typed)["New story"] == reverse("admin:articles_article_add")


def test_nothing_typed_shows_the_own_latest_stories(client, awa):
    mine, _other = cast.draft("La mienne", created_by=awa), cast.draft("Une autre")
    groups = client.get(FIND).context["groups"]
    assert [row.url for row in groups[0].rows] == [form_of("article", mine)]


def test_a_colleagues_draft_is_not_found_by_a_reporter(client, moutiou):
    cast.draft("Secret de Lomé")
    assert find(client, "secret") == {}


def test_a_colleagues_public_story_leads_a_reporter_to_the_site(client, moutiou):
    story = cast.story("Le port de Lomé s’étend")
    assert find(client, "port") == {"Le port de Lomé s’étend": story.get_absolute_url()}


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.TAG_STAFF])
def test_only_pages_that_the_person_may_open(client, role):
    client.force_login(cast.person("sika", role))
    answers = {url: client.get(url, follow=True).status_code for url in find(client, "").values()}
    assert set(answers.values()) == {200}, answers


def test_nobody_finds_anything_without_signing_in(client):
    assert client.get(FIND, {"q": "port"}).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("term", ["a" * 5000, '"', "%", "𐍈", "id:1", "/2025/01/01/x/"])
def test_odd_terms_find_nothing(client, awa, term):
    assert find(client, term) == {}


@pytest.mark.parametrize("count", [1, 8])
def test_the_same_queries_however_many_are_found(client, moutiou, django_assert_num_queries, count):
    for number in range(count):
        cast.story(f"Le port numéro {number}")
        Tag.objects.create(name=f"Port {number}")
        cast.author(f"Port {number}", f"port-{number}")
        cast.image(alt=f"Le port {number}", width=60 + number)
    # Session, person, stories due, permissions of two kinds; six about stories, tags, authors, sections, pictures.
    with django_assert_num_queries(17):
        client.get(FIND, {"q": "port", "list": ""})


def test_it_speaks_french(client, awa):
    awa.language = "fr"
    awa.save()
    assert find(client, "nouv art")["Nouvel article"] == reverse("admin:articles_article_add")


def titles(client, term):
    return [(group.title, group.rows[0].label) for group in client.get(FIND, {"q": term}).context["groups"]]


def test_what_is_called_so_comes_before_stories_that_have_the_words_in_their_text(client, awa):
    cast.story("Les marchés", body="<p>Léa, une pause, Kigali : le maïs.</p>")
    cast.author("Aléa Kone", "alea-kone"), cast.author("Léa Kpodzo", "lea-kpodzo")
    Tag.objects.create(name="Maïs"), Tag.objects.create(name="Alea K")
    text = ("Stories with these words in the text", "Les marchés")
    assert titles(client, "lea k")[:3] == [("Authors", "Léa Kpodzo"), ("Tags", "Alea K"), text]
    assert titles(client, "mais") == [("Tags", "Maïs"), text]


def test_a_story_with_the_word_in_its_headline_comes_first(client, awa):
    cast.draft("La réserve de maïs"), Tag.objects.create(name="Maïs")
    assert [title for title, _first in titles(client, "maïs")] == ["Stories", "Tags"]


def test_a_page_is_offered_once(admin_client):
    groups = admin_client.get("/admin/find/").context["groups"]
    urls = [row.url for group in groups for row in group.rows]
    assert sorted(urls) == sorted(set(urls))
