"""The original beside a translation, and taking its changes in."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Article, Translation
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    return cast.draft("Le port ferme", language="fr", body="<p>Le quai est plein.</p><p>Fin.</p>")


@pytest.fixture
def draft(original):
    return original.translate("en", None)


def address(story, page="original"):
    return f"/admin/articles/article/{story.pk}/{page}/"


def rewrite(story, **fields):
    story = cast.fresh(story)
    story.save_draft(None, cast.typed(story, **fields))


def test_the_original_stands_beside_its_translation(client, awa, original, draft):
    page = client.get(address(draft))
    assert "<p>Le quai est plein.</p>" in page.text
    assert 'lang="fr" dir="ltr"' in page.text
    assert page.context["changes"] == []
    assert f'data-address="{address(draft)}"' in client.get(address(draft, "change")).text


def test_a_story_that_is_no_translation_has_no_original(client, awa, original):
    assert client.get(address(original)).status_code == 404
    assert "original/" not in client.get(address(original, "change")).text


def test_it_says_what_changed_in_the_original(client, awa, original, draft):
    rewrite(original, body="<p>Le quai est vide.</p><p>Fin.</p>")
    page = client.get(address(draft))
    assert [entry.change.field for entry in page.context["changes"]] == ["body"]
    assert "<ins>vide.</ins>" in page.text


def test_what_is_taken_in_is_said_no_more(client, awa, original, draft):
    rewrite(original, body="<p>Le quai est vide.</p><p>Fin.</p>")
    client.post(address(draft, "original/take-in"), {"version": cast.fresh(original).version})
    page = client.get(address(draft))
    assert page.context["changes"] == []
    assert "changes taken in by awa" in page.text
    assert LogEntry.objects.filter(object_id=draft.pk, user=awa, change_message__contains="taken in").exists()


@pytest.mark.parametrize("version", ["", "99", "-1", "x", "\0", "9" * 5000])
def test_a_version_that_the_original_does_not_have_is_ignored(client, awa, original, draft, version):
    before = Translation.objects.values().get()
    assert client.post(address(draft, "original/take-in"), {"version": version}).status_code == 302
    assert Translation.objects.values().get() == before


def test_who_may_no_longer_read_the_original_reads_it_nowhere(client, moutiou, original, draft):
    Article.objects.filter(pk=draft.pk).update(created_by=moutiou)
    answer = client.get(address(draft))
    assert answer.status_code == 403
    assert "Le quai est plein" not in answer.text


def test_an_original_whose_history_is_gone_is_compared_by_people(client, awa, original, draft):
    rewrite(original, body="<p>Le quai est vide.</p><p>Fin.</p>")
    original.revisions.filter(version=1).delete()
    page = client.get(address(draft))
    assert "What it said before is no longer kept" in page.text
    assert 'form="take-in"' in page.text
