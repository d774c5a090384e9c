"""The checklist in a story's form: true for what is typed, and no way round it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.articles import cast
from tests.articles.admin.story_form import change, in_days, typed

pytestmark = pytest.mark.django_db


def wanted(response):
    return [finding.rule for finding in response.context["wanted"]]


def request_checklist(client, story=None, **fields):
    name = "admin:articles_article_checklist"
    address = reverse(name, args=[story.pk]) if story else reverse(f"{name}_new")
    return client.post(address, typed(story, **fields))


def test_it_stands_in_the_form_with_links_to_the_fields(client, awa):
    response = client.get(change(cast.draft(section=None)))
    assert wanted(response) == ["section", "beginning", "author", "tag"]
    assert '<a href="#id_section">' in response.text


def test_it_follows_what_is_typed(client, awa):
    story = cast.draft(section=None, authors=[cast.author()])
    time = in_days(1)
    assert wanted(request_checklist(client, story, section=cast.section().pk, tags="Mali", publish_at=time)) == []
    asked = request_checklist(client, headline="Titre", section=cast.section().pk, publish_at=time)
    assert wanted(asked) == ["body", "standfirst", "author", "tag"]


def test_asking_writes_nothing(client, awa, django_assert_max_num_queries):
    story = cast.draft()
    request_checklist(client, story, tags="Neuf", headline="Autre")
    story.refresh_from_db()
    assert (story.version, story.headline, story.revisions.count()) == (1, "BVMAC : les échanges doublent", 0)


def test_advice_is_overridden_on_purpose_only_and_logged(client, awa):
    story = cast.draft()
    response = client.post(change(story), typed(story, verb="publish", anyway=""))
    assert "The checklist has advice" in response.text
    assert 'name="anyway"' in response.text
    story.refresh_from_db()
    assert story.status == "draft"
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "published"
    assert "It has no byline: add an author." in LogEntry.objects.latest("pk").change_message


def test_what_is_needed_cannot_be_overridden(client, awa):
    story = cast.draft(section=None)
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "draft"


def test_a_writer_alone_cannot_publish_an_opinion(client, awa):
    story = cast.draft(created_by=awa)
    client.post(change(story), typed(story, label="opinion"))
    story.refresh_from_db()
    response = client.post(change(story), typed(story, verb="publish"))
    assert "second pair of eyes" in response.text
    client.force_login(cast.editor("koffi"))
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "published"


def test_a_reporter_sees_what_is_missing_but_nothing_to_override(client, moutiou):
    response = client.get(change(cast.draft(created_by=moutiou, section=None)))
    assert "section" in wanted(response)
    assert 'name="anyway"' not in response.text


def test_what_hinders_one_button_says_which_and_what_is_ready(client, awa):
    story = cast.draft(authors=[cast.author()], tags=["Togo"])
    page = client.get(change(story)).text
    assert "Needed for “Schedule”:</strong> Choose a time in the future." in page
    assert "Ready for “Publish now”." in page
    embargo = request_checklist(client, story, embargo_until=in_days(2), publish_at=in_days(3)).text
    assert "Needed for “Publish now”:</strong> It is under embargo" in embargo
    assert "Ready for “Schedule”." in embargo


def test_what_cannot_be_read_is_named_too(client, awa):
    response = request_checklist(client, cast.draft(), publish_at="tomorrow")
    assert ("form", "publish_at") in [(finding.rule, finding.field) for finding in response.context["wanted"]]


def test_a_live_story_without_changes_says_so(client, awa):
    assert "There are no changes: readers already see this." in client.get(change(cast.story())).text
