"""Copying on the desk: by a button of the form and by an action of the list, once however often it is pressed."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def address(story, page="copy"):
    return f"/admin/articles/article/{story.pk}/{page}/"


def key_in(page):
    form = page.text[page.text.index('id="copy-story"') :]
    return re.search(r'name="key" value="(\w+)"', form)[1]


def choose(client, stories, **more):
    data = {"action": "copy_selected", "_selected_action": [story.pk for story in stories], **more}
    return client.post("/admin/articles/article/", data)


def test_the_button_of_the_form_leads_to_the_new_draft(client, awa):
    story = cast.story("Le port")
    answer = client.post(address(story), {"key": key_in(client.get(address(story, "change")))})
    copied = Article.objects.latest("pk")
    assert (answer.status_code, answer.headers["Location"]) == (302, address(copied, "change"))
    assert "a copy of “Le port”" in client.get(address(copied, "change")).text
    assert LogEntry.objects.get(object_id=copied.pk).user == awa


def test_two_clicks_make_one_copy(client, awa):
    story = cast.draft("Le port")
    key = key_in(client.get(address(story, "change")))
    first, second = (client.post(address(story), {"key": key}).headers["Location"] for _ in range(2))
    assert (first, Article.objects.count()) == (second, 2)
    client.post(address(story), {"key": key_in(client.get(address(story, "change")))})
    assert Article.objects.count() == 3


def test_a_key_of_somebody_else_or_of_another_story_means_nothing(client, awa):
    story, other = cast.draft("Le port"), cast.draft("La gare")
    client.post(address(story), {"key": "k"})
    client.post(address(other), {"key": "k"})
    assert [copied.headline for copied in Article.objects.order_by("-pk")[:2]] == ["La gare", "Le port"]
    client.force_login(cast.editor("koffi"))
    client.post(address(story), {"key": "k"})
    assert Article.objects.count() == 5


@pytest.mark.parametrize("key", ["", "\0", "x" * 10_000, "é\ud800".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_any_key_is_taken(client, awa, key):
    story = cast.draft("Le port")
    assert client.post(address(story), {"key": key}).status_code == 302
    assert Article.objects.count() == 2


def test_nothing_is_copied_by_opening_the_address(client, awa):
    story = cast.draft("Le port")
    assert client.get(address(story)).headers["Location"] == address(story, "change")
    assert Article.objects.count() == 1


def test_a_reporter_cannot_copy_a_colleagues_story(client, moutiou):
    story = cast.story("À Awa")
    assert client.post(address(story)).status_code == 403
    assert choose(client, [story], confirmed="1").status_code in (200, 302)
    assert Article.objects.count() == 1


def test_who_may_only_read_is_offered_no_copy(client):
    client.force_login(cast.tag_staff())
    story = cast.story("Le port")
    assert "copy-story" not in client.get(address(story, "change")).text
    assert "copy_selected" not in client.get("/admin/articles/article/").text


def test_the_action_asks_first_and_copies_once(client, awa):
    stories = [cast.draft("Le port"), cast.story("La gare")]
    page = choose(client, stories)
    assert "This will make new drafts of 2 stories:" in page.text
    assert Article.objects.count() == 2
    key = page.context["key"]
    for _click in range(2):
        assert choose(client, stories, confirmed="1", key=key).status_code == 302
    assert Article.objects.count() == 4


def test_a_story_that_cannot_be_copied_stops_no_other(client, awa, monkeypatch):
    broken, whole = cast.draft("Cassé"), cast.draft("Entier")
    copy = Article.copy

    def copy_some(self, by):
        if self.pk == broken.pk:
            raise ValidationError("Cassé.")
        return copy(self, by)

    monkeypatch.setattr(Article, "copy", copy_some)
    choose(client, [broken, whole], confirmed="1", key="k")
    assert Article.objects.latest("pk").headline == "Entier"
    assert Article.objects.count() == 3
