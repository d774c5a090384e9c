"""Notes to colleagues, and what changed since somebody last looked."""

import pytest

from articles.models import Article, Visit
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    moutiou = cast.reporter()
    story = cast.draft("Le port ferme", created_by=moutiou)
    story.submit(moutiou, Edit(note="Il manque un chiffre."))
    return story


def review(client, story):
    return client.get(change(story)).context["review"]


def test_the_form_shows_the_newest_notes(client, awa, story):
    assert [revision.note for revision in review(client, story).notes] == ["Il manque un chiffre."]


def test_an_editor_sends_it_back_with_a_note(client, awa, story):
    client.post(change(story), typed(story, verb="send_back", note="Quel chiffre ?"))
    story.refresh_from_db()
    assert story.status == "draft"
    assert review(client, story).notes[0].note == "Quel chiffre ?"


def test_sending_back_without_a_note_is_refused_beside_the_field(client, awa, story):
    response = client.post(change(story), typed(story, verb="send_back"))
    assert response.context["adminform"].form.errors["note"]
    story.refresh_from_db()
    assert story.status == "review"


def test_it_says_what_changed_since_the_last_look(client, awa, story):
    assert review(client, story).news is None
    seen = Visit.objects.get().revision_id
    moutiou = story.created_by
    story.save_draft(moutiou, Edit({**story.newest_content, "headline": "Le port rouvre"}))
    look = review(client, story).news
    assert (look.before_id, look.revision_id) == (seen, story.revisions.newest_first().first().pk)
    assert "since you last looked" in client.get(change(story)).text


def test_own_saves_are_no_news(client, awa, story):
    review(client, story)
    client.post(change(story), typed(Article.objects.get(), headline="Autre"))
    assert review(client, story).news is None


def test_a_long_story_with_two_hundred_versions_opens_with_21_queries(client, awa, django_assert_max_num_queries):
    body = "".join(f"<p>{'mot ' * 50}{number}</p>" for number in range(100))
    story = cast.draft(body=body, authors=[cast.author()], tags=["Mali", "Togo"])
    for number in range(4):
        story.save_draft(awa, Edit({**story.newest_content, "kicker": str(number)}, note=str(number)))
    newest = story.revisions.newest_first().first()
    for _number in range(196):
        newest.pk = None
        newest.save()
    with django_assert_max_num_queries(21):
        assert client.get(change(story)).status_code == 200
    story.publish(cast.editor("chief"))
    story.save_draft(awa, Edit({**story.newest_content, "kicker": "Autre"}))
    with django_assert_max_num_queries(21):
        assert client.get(change(story)).status_code == 200
