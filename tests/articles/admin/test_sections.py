"""Sections on the desk: one with stories cannot go."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse

from articles.admin.sections import SectionAdmin
from articles.models import Section
from articles.models.content import Edit
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
    assert "“Finance” cannot be deleted" in page.text
    assert "Move its stories to another section first" in page.text
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


def test_a_section_that_only_changes_name_stays(chief):
    section, story = cast.section("Vide", "vide"), cast.story()
    edit = Edit({**story.newest_content, "section": [section.pk, section.name]}, story.version)
    story.save_draft(cast.editor(), edit)
    assert "Vide: 1 story" in chief.post(delete(section), {"post": "yes"}).text
    assert Section.objects.filter(pk=section.pk).exists()


@pytest.mark.parametrize("error", [ProtectedError("in use", set()), IntegrityError("in use")])
@pytest.mark.parametrize("by", ["page", "action"])
def test_what_is_used_since_a_moment_ago_stays_without_a_word_in_the_log(chief, monkeypatch, error, by):
    def refuse(*args):
        raise error

    section = cast.section()
    monkeypatch.setattr(SectionAdmin, "delete_model", refuse)
    monkeypatch.setattr(SectionAdmin, "delete_queryset", refuse)
    action = {"action": "delete_selected", "_selected_action": [section.pk]} if by == "action" else {}
    address = reverse("admin:articles_section_changelist") if action else delete(section)
    page = chief.post(address, {"post": "yes", **action}, follow=True)
    assert (page.status_code, "it has just come into use" in page.text) == (200, True)
    assert not LogEntry.objects.exists()


def test_a_section_to_which_people_are_limited_stays(chief):
    section = cast.section()
    cast.editor().sections.add(section)
    assert "limited to it are awa" in chief.get(delete(section)).text
    chief.post(delete(section), {"post": "yes"})
    assert Section.objects.filter(pk=section.pk).exists()
