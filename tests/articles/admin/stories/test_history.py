"""A story's versions on the desk: listed, compared, brought back."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Revision
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(awa):
    story = cast.draft("Le port ferme", tags=["Togo"])
    fields = {"headline": "Le port rouvre", "tags": [], "standfirst": "Lundi."}
    story.save_draft(awa, Edit({**story.newest_content, **fields}, note="Le chiffre est bon."))
    return Article.objects.get()


def address(story, kind="history", *more):
    return reverse(f"admin:articles_article_{kind}", args=[story.pk, *more])


def versions(story):
    return list(story.revisions.order_by("pk"))


def test_every_version_says_who_what_and_how_many_words(client, story):
    text = client.get(address(story)).text
    for words in ("Saved", "awa", "Le chiffre est bon.", "headline", "<ins>+", "<del>−"):
        assert words in text


def test_twelve_versions_cost_the_queries_of_two(client, awa, story, django_assert_max_num_queries):
    newest = versions(story)[-1]
    for _number in range(12):
        newest.pk = None
        newest.save()
    with django_assert_max_num_queries(12):
        client.get(address(story))


@pytest.mark.parametrize("former", ["of_former_times", 7, None, {}])
def test_a_version_that_changed_a_field_of_former_times_is_listed(client, story, former):
    story.revisions.update(fields=["headline", former])
    response = client.get(address(story))
    assert (response.status_code, "· headline</p>" in response.text) == (200, True)


def test_a_comparison_says_what_changed_in_words(client, story):
    response = client.get(address(story, "compare"))
    assert "Le port <del>ferme</del> <ins>rouvre</ins>" in response.text
    assert "<del>Togo</del>" in response.text


def test_any_two_versions_can_be_compared(client, story):
    first, second = versions(story)
    response = client.get(address(story, "compare"), {"old": second.pk, "new": first.pk})
    assert "<ins>ferme</ins>" in response.text
    assert (
        "The two versions are the same."
        in client.get(address(story, "compare"), {"old": first.pk, "new": first.pk}).text
    )


@pytest.mark.parametrize("number", ["x", "0", "-1", "9" * 30, "99"])
def test_a_version_that_is_not_the_storys_is_not_found(client, story, number):
    assert client.get(address(story, "compare"), {"new": number}).status_code == 404


def test_a_story_that_nobody_saved_has_an_empty_history(client, awa):
    story = cast.draft()
    assert "Nobody has saved it yet" in client.get(address(story, "compare"), follow=True).text


def test_restoring_brings_back_and_is_itself_a_version(client, story):
    first, _second = versions(story)
    client.post(address(story, "restore", first.pk))
    story.refresh_from_db()
    assert (story.headline, [tag.name for tag in story.tags_in_order]) == ("Le port ferme", ["Togo"])
    assert versions(story)[-1].event == Revision.Event.RESTORED


def test_another_storys_version_cannot_be_restored(client, story):
    other = cast.draft("Autre")
    assert client.post(address(other, "restore", versions(story)[0].pk)).status_code == 404


def test_what_the_checklist_refuses_is_said_and_changes_nothing(client, awa, story):
    story.save_draft(awa, Edit({**story.newest_content, "body": ""}))
    empty = versions(story)[-1]
    story.save_draft(awa, Edit({**story.newest_content, "body": "<p>Texte.</p>"}))
    story.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    response = client.post(address(story, "restore", empty.pk), follow=True)
    assert "The story is empty." in response.text
    assert Article.objects.get().body == "<p>Texte.</p>"


@pytest.mark.parametrize("state", ["draft", "live with changes"])
def test_the_form_counts_the_words_that_the_history_counts(client, awa, state):
    story = cast.draft(
        "L’électricité revient", standfirst="Un soir, à Lomé.", body="<p>Du <em>gaz</em>.</p><h2>Fin</h2>"
    )
    if state != "draft":
        story.publish(awa)
    story.save_draft(awa, Edit({**story.newest_content, "body": "<p>Du <em>gaz</em>, et 3,5 km de câble.</p>"}))
    in_form = re.search(r"(\d+) words, saved", client.get(address(story, "change")).text)[1]
    in_history = re.search(r"(\d+) words", client.get(address(story)).text)[1]
    assert in_form == in_history == "13"
