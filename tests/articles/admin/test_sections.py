"""Sections on the desk: one with stories cannot go."""

import pytest
from django.urls import reverse

from articles.models import Section
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def delete(section):
    return reverse("admin:articles_section_delete", args=[section.pk])


def test_a_section_with_stories_stays(chief):
    story = cast.story()
    cast.draft("Encore un")
    page = chief.post(delete(story.section), {"post": "yes"})
    assert "Finance: 2 stories" in page.text
    assert "protected" in page.text
    assert Section.objects.count() == 1


def test_among_many_a_section_with_stories_stays_with_the_rest(chief):
    chosen = {
        "action": "delete_selected",
        "_selected_action": [cast.story().section.pk, cast.section("Vide", "vide").pk],
    }
    page = chief.post(reverse("admin:articles_section_changelist"), chosen | {"post": "yes"})
    assert "Finance: 1 story" in page.text
    assert Section.objects.count() == 2


def test_an_empty_section_goes(chief):
    assert chief.post(delete(cast.section()), {"post": "yes"}).status_code == 302
    assert not Section.objects.exists()


def test_who_may_not_is_told_so_on_a_page(client):
    client.force_login(cast.editor())
    page = client.get(delete(cast.section()))
    assert page.status_code == 403
    assert "<h1>Not allowed</h1>" in page.text
    assert 'href="/admin/"' in page.text
