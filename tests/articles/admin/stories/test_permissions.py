import pytest

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db


def test_a_reporter_does_not_see_the_drafts_of_others(client, moutiou):
    story = cast.draft("Secret")
    assert client.get(change(story)).status_code == 403
    assert client.post(change(story), typed(story)).status_code == 403


def test_a_reporter_reads_a_story_of_theirs_that_is_live(client, moutiou):
    story = cast.story(created_by=moutiou)
    response = client.get(change(story))
    assert response.status_code == 200
    assert client.post(change(story), typed(story)).status_code == 403


def test_what_readers_saw_is_never_deleted(client, awa):
    draft, live = cast.draft(), cast.story()
    for story in (draft, live):
        client.post(f"/admin/articles/article/{story.pk}/delete/", {"post": "yes"})
    assert list(Article.objects.all()) == [live]
