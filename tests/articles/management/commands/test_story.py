"""The command itself; tests/articles/verbs/test_table.py holds it to the answers of the desk."""

import datetime
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return cast.draft("Le port ferme", authors=[cast.author()], tags=["Togo"])


def run_command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("story", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as failed:
        return out.getvalue(), err.getvalue(), str(failed)
    return out.getvalue(), err.getvalue(), ""


def test_it_says_what_became_of_each_and_stops_at_none(draft):
    bad, good = cast.draft("Sans rubrique", section=None), draft
    done, problems, failed = run_command("publish", bad.pk, 99999, good.pk, good.pk)
    assert done.startswith(f"{good.pk} “Le port ferme”: Live since ")
    assert done.count("\n") == 1
    assert f"{bad.pk} Choose a section for the story." in problems
    assert "99999 This story does not exist." in problems
    assert failed == "2 of 3 stories could not be changed."
    assert Article.objects.visible().get() == good


def test_it_is_done_as_the_person_named(draft):
    awa = cast.editor()
    assert run_command("publish", draft.pk, "--by", "awa", "--note", "Vérifié.")[2] == ""
    newest = draft.revisions.newest_first().first()
    assert (newest.saved_by, newest.note) == (awa, "Vérifié.")
    assert LogEntry.objects.get().user == awa


@pytest.mark.parametrize(("time", "utc"), [("2100-03-20T18:00", 17), ("2100-03-20T18:00+03:00", 15)])
def test_a_time_is_in_the_newsrooms_zone_unless_it_names_another(draft, time, utc):
    assert run_command("schedule", draft.pk, "--at", time)[2] == ""
    draft.refresh_from_db()
    assert draft.publish_at == datetime.datetime(2100, 3, 20, utc, tzinfo=datetime.UTC)


def test_without_a_time_a_story_is_scheduled_as_planned(draft):
    planned = timezone.now() + datetime.timedelta(days=1)
    Article.objects.filter(pk=draft.pk).update(publish_at=planned)
    assert run_command("schedule", draft.pk)[2] == ""
    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == ("published", planned)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["publish", 1, "--by", "personne"], "There is no user “personne”."),
        (["publish", 1, "--at", "2100-03-20T18:00"], "--at can only be used with schedule and schedule_changes."),
        (["schedule", 1, "--at", "demain"], "Enter a valid date/time."),
        (["schedule", 1, "--at", "9999-12-31T23:59"], "choose a year up to 2200."),
        (["burn", 1], "invalid choice"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_once(db, arguments, problem):
    assert problem in run_command(*arguments)[2]


def test_changes_whose_time_has_come_go_live_first():
    story = cast.story("Le port ferme", authors=[cast.author()], tags=["Togo"])
    awa = cast.editor()
    changed = Edit({**story.newest_content, "headline": "Le port rouvre"})
    story.schedule_changes(awa, timezone.now() + datetime.timedelta(hours=1), changed)
    Article.objects.filter(pk=story.pk).update(due_at=timezone.now())
    assert "No changes are scheduled." in run_command("unschedule_changes", story.pk)[1]
    story.refresh_from_db()
    assert story.headline == "Le port rouvre"
