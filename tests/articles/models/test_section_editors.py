"""Whose sections are whose: an editor who is limited to some changes and publishes only their stories."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.models import Article, Section, TrashEntry
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def energy():
    return cast.section("Energy", "energy")


@pytest.fixture
def awa(energy):
    """Return an editor of Energy alone."""
    editor = cast.editor()
    editor.sections.add(energy)
    return editor


@pytest.fixture
def theirs(energy):
    return cast.draft("Le barrage", section=energy)


@pytest.fixture
def other():
    return cast.draft("La bourse", section=cast.section())


def take_to(story, section, by):
    """Save the story in another section."""
    content = {**story.newest_content, "section": [section.pk, section.name]}
    story.save_draft(by, Edit(content, story.version))


def test_without_a_limit_all_sections_are_an_editors(energy):
    assert Section.objects.edited_by(cast.editor()).count() == Section.objects.count()


def test_a_limited_editor_opens_every_story_and_changes_only_those_of_the_section(awa, theirs, other):
    assert set(Article.objects.seen_by(awa)) == {theirs, other}
    assert set(Article.objects.editable_by(awa)) == {theirs}
    assert set(Article.objects.retaggable_by(awa)) == {theirs}


def test_a_story_without_a_section_is_everybodys(awa):
    story = cast.draft("Sans rubrique", section=None)
    assert story.may_be_changed_by(awa)


@pytest.mark.parametrize("verb", ["publish", "schedule", "withdraw", "submit", "send_back", "save_draft"])
def test_no_verb_takes_a_story_of_another_section(awa, other, verb):
    arguments = {"schedule": [None], "save_draft": [Edit()]}.get(verb, [])
    with pytest.raises(PermissionDenied):
        getattr(other, verb)(awa, *arguments)


def test_no_story_is_taken_to_a_section_that_is_not_ones_own(awa, theirs):
    with pytest.raises(ValidationError, match="not one of yours"):
        take_to(theirs, cast.section(), awa)
    theirs.refresh_from_db()
    assert theirs.section.name == "Energy"


def test_a_new_story_does_not_begin_in_a_section_that_is_not_ones_own(awa):
    story = Article(headline="Neu")
    content = {**story.newest_content, "headline": "Neu", "section": [cast.section().pk, "Finance"]}
    with pytest.raises(ValidationError, match="not one of yours"):
        story.save_draft(awa, Edit(content, story.version))


def test_an_unlimited_editor_takes_it_anywhere(theirs):
    take_to(theirs, cast.section(), cast.editor("zoe"))
    theirs.refresh_from_db()
    assert theirs.section.name == "Finance"


def test_an_administrator_is_limited_by_nothing(energy, other):
    chief = User.objects.create_superuser("chefin")
    chief.sections.add(energy)
    assert other.may_be_changed_by(chief)


def test_the_trash_shows_a_limited_editor_no_story_that_somebody_else_moved_there(awa, theirs, other):
    zoe = cast.editor("zoe")
    TrashEntry.objects.put_in(theirs, awa)
    TrashEntry.objects.put_in(other, zoe)
    assert {entry.name for entry in TrashEntry.objects.seen_by(awa)} == {"Le barrage"}
    assert TrashEntry.objects.seen_by(zoe).count() == 2


def test_changes_that_would_take_a_live_story_elsewhere_stop_no_withdrawal(awa, theirs, energy):
    zoe, sport = cast.editor("zoe"), cast.section("Sport", "sport")
    theirs.publish(zoe)
    take_to(theirs, sport, zoe)
    with pytest.raises(ValidationError, match="not one of yours"):
        theirs.publish_changes(awa)
    theirs.withdraw(awa)
    assert not theirs.is_visible()


def test_who_began_a_story_of_another_section_does_not_delete_it_for_good(awa):
    story = cast.draft("La bourse", section=cast.section(), created_by=awa)
    entry = TrashEntry.objects.put_in(story, cast.editor("zoe"))
    assert entry not in TrashEntry.objects.seen_by(awa)
