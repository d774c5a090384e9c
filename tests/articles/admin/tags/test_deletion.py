"""Deleting tags: unused ones at once, of used ones what becomes of their stories."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry

from articles.models import Article, Tag, TagChange
from tests.articles import cast
from tests.articles.admin.tag_desk import delete, run_action, undo

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/tag/"


def used(name="Coton"):
    cast.story("Une", tags=[name])
    cast.draft("Deux", tags=[name])
    return Tag.objects.resolve(name)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_an_unused_tag_is_deleted_after_the_usual_question(client, koffi):
    tag = Tag.objects.create_named("Coton")
    assert "No story has this tag." in client.get(delete(tag)).text
    assert Tag.objects.exists()
    response = client.post(delete(tag), {"post": "yes"}, follow=True)
    assert not Tag.objects.exists()
    assert undo(TagChange.objects.get()) in messages(response)[0]
    assert client.get("/tag/coton/").status_code == 410


def test_of_a_used_tag_the_page_counts_the_stories_and_offers_the_merge(client, koffi):
    text = client.get(delete(used())).text
    assert "2 stories have this tag: 1 published, 1 draft." in text
    assert 'action="/admin/articles/tag/merge/"' in text


@pytest.mark.parametrize("typed", ["", "Cotons"])
def test_a_used_tag_stays_until_its_name_is_typed(client, koffi, typed):
    response = client.post(delete(used()), {"post": "yes", "name": typed})
    assert "type its name: Coton" in response.text
    assert Tag.objects.exists()


def test_a_used_tag_is_taken_off_its_stories_when_its_name_is_typed(client, koffi):
    response = client.post(delete(used()), {"post": "yes", "name": "coton"}, follow=True)
    assert "“Coton” deleted: 2 stories." in messages(response)[0]
    assert [story.tags_in_order for story in Article.objects.all()] == [[], []]


def test_a_tag_that_came_into_use_meanwhile_stays(client, koffi, monkeypatch):
    tag = used()
    monkeypatch.setattr(Tag, "stories_by_state", lambda self: {})
    assert "is on 2 stories" in client.post(delete(tag), {"post": "yes"}).text
    assert Tag.objects.exists()
    assert not LogEntry.objects.filter(content_type__model="tag").exists()


def test_a_deletion_is_in_the_admins_log(client, koffi):
    client.post(delete(Tag.objects.create_named("Coton")), {"post": "yes"})
    entry = LogEntry.objects.get(content_type__model="tag")
    assert (entry.object_repr, entry.action_flag, entry.user) == ("Coton", DELETION, koffi)


def test_an_editor_may_not(client, awa):
    tag = Tag.objects.create_named("Coton")
    assert client.post(delete(tag), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(LIST).text
    client.post(LIST, run_action("delete_selected", tag) | {"confirmed": "1"})
    assert Tag.objects.exists()


def test_a_tag_that_is_not_there_is_not_found(client, koffi):
    assert client.get("/admin/articles/tag/9/delete/").status_code == 404


# Many at once


def test_the_list_asks_and_leads_to_the_used_ones(client, koffi):
    tag, other = used(), Tag.objects.create_named("Autre")
    response = client.post(LIST, run_action("delete_selected", tag, other))
    assert (response.context["unused"], response.context["used"]) == ([other], [tag])
    assert f'href="{delete(tag)}"' in response.text
    assert Tag.objects.count() == 2


def test_the_unused_are_deleted_and_counted_and_the_used_stay(client, koffi):
    tag, *others = used(), Tag.objects.create_named("Autre"), Tag.objects.create_named("Port")
    response = client.post(LIST, run_action("delete_selected", tag, *others) | {"confirmed": "1"}, follow=True)
    assert messages(response) == ["2 tags deleted."]
    assert list(Tag.objects.all()) == [tag]
    assert {change.kind for change in TagChange.objects.all()} == {"retired"}


def test_one_used_tag_leads_to_its_own_page(client, koffi):
    tag = used()
    assert client.post(LIST, run_action("delete_selected", tag)).headers["Location"] == delete(tag)
