"""Which stories somebody other than their writer has to publish: what the section says of their label."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.models import Section
from articles.models.content import Edit
from articles.roles import CHIEF_EDITOR
from tests.articles import cast

REFUSED = "second pair of eyes"

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return cast.editor()


def written(by, **fields):
    """Return a draft that this person wrote, ready but for who publishes it."""
    return cast.draft(created_by=by, **fields)


@pytest.mark.parametrize("label", ["opinion", "sponsored"])
def test_at_first_opinion_and_sponsored_stories_need_them(awa, label):
    story = written(awa, label=label)
    with pytest.raises(ValidationError, match=REFUSED):
        story.publish(awa)
    story.publish(cast.editor("zoe"))
    assert story.is_visible()


def test_a_section_says_which_labels_need_them(awa):
    section = cast.section()
    section.second_eyes = ["news"]
    section.save()
    written(awa, label="opinion").publish(awa)
    with pytest.raises(ValidationError, match=REFUSED):
        written(awa, label="news").publish(awa)


def test_the_section_that_a_story_moves_to_decides(awa):
    sport = cast.section("Sport", "sport")
    Section.objects.filter(pk=sport.pk).update(second_eyes=["news"])
    story = written(awa, label="news")
    content = {**story.newest_content, "section": [sport.pk, sport.name]}
    with pytest.raises(ValidationError, match=REFUSED):
        story.publish(awa, edit=Edit(content, story.version))


def save_section(client, **typed):
    section = cast.section()
    form = {"name": section.name, "slug": section.slug, "position": "0"} | typed
    client.post(reverse("admin:articles_section_change", args=[section.pk]), form)
    section.refresh_from_db()
    return section.second_eyes


def test_a_chief_editor_decides_in_the_form_of_the_section(client):
    client.force_login(cast.person("zita", CHIEF_EDITOR))
    assert save_section(client, second_eyes=["interview"]) == ["interview"]
    assert save_section(client) == []


def test_an_editor_neither_sees_nor_changes_it(client, awa):
    client.force_login(awa)
    assert "second_eyes" not in client.get(reverse("admin:articles_section_add")).text
    assert save_section(client, second_eyes=["interview"]) == ["opinion", "sponsored"]
