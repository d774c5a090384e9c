"""Sections have a name in each language, a number of stories and a place in the menu."""

import datetime

import pytest
from django.utils import timezone, translation

from articles.models import Section
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_section_is_named_in_the_language_of_the_page():
    section = Section(name="Energy", other_names={"fr": "Énergie"})
    with translation.override("fr"):
        assert section.label == "Énergie"
    with translation.override("en"):
        assert section.label == "Energy"


def test_published_stories_are_counted_again():
    finance, energy = cast.section(), cast.section("Énergie", "energie")
    cast.story("Un"), cast.story("Demain", hours_ago=-1), cast.draft("Projet")
    Section.objects.update(story_count=7)
    Section.objects.all().recount()
    assert dict(Section.objects.values_list("slug", "story_count")) == {finance.slug: 2, energy.slug: 0}
    assert Section.objects.all().total_published() == 2


def test_an_empty_newsroom_has_published_nothing():
    assert Section.objects.all().total_published() == 0


def test_the_menu_has_its_own_order():
    cast.section("Ports", "ports"), cast.section("Énergie", "energie")
    Section.objects.filter(slug="ports").update(position=1)
    Section.objects.create(name="Archives", slug="archives", in_menu=False)
    assert [section.slug for section in Section.objects.in_menu()] == ["energie", "ports"]


def test_the_next_scheduled_changes_are_known_by_every_section():
    cast.section("Ports", "ports")
    story, at = cast.story(), timezone.now() + datetime.timedelta(hours=1)
    assert {section.first_due for section in Section.objects.with_first_due()} == {None}
    story.schedule_changes(cast.editor(), at, cast.typed(story, headline="Neuf"))
    assert {section.first_due for section in Section.objects.with_first_due()} == {at}
