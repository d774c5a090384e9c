"""The checklist in a story's form: true for what is typed, and no way round it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db


def wanted(response):
    return [finding.rule for finding in response.context["wanted"]]


def ask(client, story=None, **fields):
    name = "admin:articles_article_checklist"
    address = reverse(name, args=[story.pk]) if story else reverse(f"{name}_new")
    return client.post(address, typed(story, **fields))


def test_it_stands_in_the_form_with_links_to_the_fields(client, awa):
    response = client.get(change(cast.draft(section=None)))
    assert wanted(response) == ["section", "author", "tag"]
    assert '<a href="#id_section">' in response.text


def test_it_follows_what_is_typed(client, awa):
    story = cast.draft(section=None, authors=[cast.author()])
    assert wanted(ask(client, story, section=cast.section().pk, tags="Mali")) == []
    assert wanted(ask(client, headline="Titre", section=cast.section().pk)) == ["body", "standfirst", "author", "tag"]


def test_asking_writes_nothing(client, awa, django_assert_max_num_queries):
    story = cast.draft()
    ask(client, story, tags="Neuf", headline="Autre")
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
    assert "Nobody signs it." in LogEntry.objects.latest("pk").change_message


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
