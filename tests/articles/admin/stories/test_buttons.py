"""The buttons of a story's form: exactly what this person may do to it now."""

import datetime

import pytest
from django.utils import timezone

from articles.admin.stories.buttons import buttons_for, find_obstacle
from tests.articles import cast

pytestmark = pytest.mark.django_db


def story_in(state, by):
    now = timezone.now()
    match state:
        case "live":
            return cast.story(created_by=by)
        case "withdrawn":
            story = cast.story(created_by=by)
            story.withdraw(cast.editor("chief-editor"))
            return story
    story = cast.draft(created_by=by)
    if state == "review":
        story.submit(by)
    if state == "scheduled":
        story.publish(cast.editor("chief-editor"), at=now + datetime.timedelta(days=1))
    return story


@pytest.mark.parametrize(
    ("state", "for_editor", "for_reporter"),
    [
        ("draft", ["save", "submit", "schedule", "publish"], ["save", "submit"]),
        ("review", ["save", "send_back", "schedule", "publish"], ["save", "draft"]),
        ("scheduled", ["save", "draft", "schedule", "publish"], ["save"]),
        ("live", ["save", "withdraw", "schedule_changes", "publish_changes"], ["save"]),
        ("withdrawn", ["save", "publish"], ["save"]),
    ],
)
def test_each_state_offers_its_verbs(state, for_editor, for_reporter):
    moutiou = cast.reporter()
    story = story_in(state, moutiou)
    assert [verb.name for verb in buttons_for(story, cast.editor())] == for_editor
    assert [verb.name for verb in buttons_for(story, moutiou)] == for_reporter


def test_one_verb_at_most_is_the_likely_next_step():
    awa, moutiou = cast.editor(), cast.reporter()
    for state in ("draft", "review", "scheduled", "live", "withdrawn"):
        story = story_in(state, moutiou) if state != "withdrawn" else cast.story()
        strong = [verb.name for verb in buttons_for(story, awa) if verb.weight == "strong"]
        assert len(strong) == 1


def test_an_obstacle_says_why():
    awa, moutiou = cast.editor(), cast.reporter()
    assert find_obstacle("publish", cast.draft(), awa) == ""
    assert find_obstacle("publish", cast.draft(section=None), awa) == "Choose a section for the story."
    assert find_obstacle("withdraw", cast.draft(), awa) == "Draft: only the newsroom sees it"
    assert find_obstacle("submit", cast.draft(), moutiou) == "You may not change this story."
