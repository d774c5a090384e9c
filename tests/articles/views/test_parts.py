"""The parts of pages, such as teasers, the masthead and the foot, follow what they show: nothing old is ever shown."""

import pytest
from django.utils import timezone

from articles.models import Article
from articles.related import working_out
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    found = [cast.story(text, tags=["Lomé"]) for text in ("Le port ferme", "La grue tombe")]
    working_out.work_out([story.pk for story in found])
    return found


def page(client, story):
    return client.get(story.get_absolute_url()).text


def test_a_teaser_follows_its_story(client, stories):
    port, crane = stories
    assert "La grue tombe" in page(client, port)
    Article.objects.filter(pk=crane.pk).update(headline="La grue se relève")
    assert "La grue se relève" in page(client, port)
    assert "La grue tombe" not in page(client, port)


def test_a_teaser_follows_its_section_and_its_picture(client, stories):
    port, crane = stories
    image = cast.image()
    for story in stories:
        Article.objects.filter(pk=story.pk).update(lead_image=image)
    assert f'alt="{image.alt}"' in page(client, port)
    type(image).objects.update(alt="Une grue jaune")
    type(port.section).objects.update(name="Ports", other_names={})
    text = page(client, port)
    assert 'alt="Une grue jaune"' in text
    assert text.count(">Ports<") == 4  # the story's, on the teaser, in the menu and in the foot


def test_a_story_follows_its_authors_and_tags(client):
    author = cast.author("Awa Ndiaye", "awa-ndiaye")
    story = cast.story("Le port ferme", authors=[author], tags=["Togo"])
    assert "Awa Ndiaye" in page(client, story)
    type(author).objects.update(name="Awa Ndiaye Sow")
    type(story.tags_in_order[0]).objects.update(name="Togo, ports")
    text = page(client, story)
    assert "Awa Ndiaye Sow" in text
    assert "Togo, ports" in text


def test_a_section_is_not_said_again_in_its_own_list(client, stories):
    port, _crane = stories
    assert '<p class="kicker">' in client.get("/").text
    assert '<p class="kicker">' not in client.get(port.section.get_absolute_url()).text
    assert '<p class="kicker">' in client.get("/").text


def test_each_language_has_its_own_parts(client):
    section = cast.section()
    type(section).objects.update(other_names={"fr": "Finances"})
    cast.story("Le port ferme", section=section, language="fr")
    assert ">Finances<" in client.get("/fr/").text
    assert ">Finances<" not in client.get("/").text
    assert ">Finances<" in client.get("/fr/").text


def test_the_foot_has_the_year(client, monkeypatch):
    assert f"© {timezone.localdate().year}" in client.get("/").text
    monkeypatch.setattr(timezone, "now", lambda: timezone.datetime(2031, 5, 5, tzinfo=timezone.get_default_timezone()))
    assert "© 2031" in client.get("/").text
