"""Who opened a story's form and may not change it any more is told why."""

import pytest
from django.urls import reverse

from articles.admin.stories.closed_stories import describe_why_closed
from articles.models import Autosave
from tests.articles import cast
from tests.articles.admin.story_form import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def limited():
    editor = cast.editor("zoe")
    editor.sections.set([cast.section("Trade", "trade"), cast.section("Mining", "mining")])
    return editor


def test_an_editor_of_other_sections_is_told_which(limited):
    story = cast.draft(section=cast.section("Energy", "energy"))
    words = describe_why_closed(story, limited)
    assert words == "This story is in Energy. You change stories in Mining and Trade."


def test_a_reporter_is_told_who_changes_it_now():
    assert describe_why_closed(cast.story(), cast.reporter()) == "Only editors change it now."


def test_who_only_reads_stories_is_told_nothing():
    assert describe_why_closed(cast.story(), cast.tag_staff()) == ""


@pytest.mark.parametrize("request_name", ["presence", "autosave", "checklist"])
def test_an_open_form_hears_of_it_without_an_error(client, moutiou, request_name):
    story = cast.draft(created_by=moutiou)
    story.publish(cast.editor())
    typed = [["key", "abc"], ["headline", "Trop tard"]]
    address = reverse(f"admin:articles_article_{request_name}", args=[story.pk])
    answer = client.post(address, typed, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["closed"] == "Only editors change it now."
    assert answer.json()["state"]["sentence"].startswith("Live since")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("request_name", ["presence", "autosave", "checklist"])
def test_the_story_of_a_colleague_stays_closed(client, moutiou, request_name):
    address = reverse(f"admin:articles_article_{request_name}", args=[cast.story(created_by=cast.editor()).pk])
    assert client.post(address, [], content_type="application/json").status_code == 403


@pytest.mark.parametrize("request_name", ["presence", "autosave", "checklist"])
def test_who_writes_no_stories_is_refused(client, request_name):
    client.force_login(cast.tag_staff())
    address = reverse(f"admin:articles_article_{request_name}", args=[cast.story().pk])
    assert client.post(address, [], content_type="application/json").status_code == 403


def test_the_form_says_so(client, limited):
    client.force_login(limited)
    story = cast.draft(section=cast.section("Energy", "energy"))
    assert "You change stories in Mining and Trade." in client.get(change(story)).text
    assert "You change stories" not in client.get(change(cast.draft(section=limited.sections.first()))).text
