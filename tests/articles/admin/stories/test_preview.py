"""What readers would see, before anything is saved."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import typed

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/preview/"


def preview(story):
    return reverse("admin:articles_article_preview", args=[story.pk])


def test_it_shows_the_public_page_of_what_is_typed(client, awa):
    story = cast.draft(authors=[cast.author()])
    other = cast.author("Awa Diop", "awa-diop")
    page = client.post(preview(story), typed(story, headline="Pas encore", authors=[f"id:{other.pk}"]))
    assert "articles/article.html" in [template.name for template in page.templates]
    assert "Pas encore" in page.context["document"]
    assert "Awa Diop" in page.context["document"]


def test_it_writes_nothing(client, awa):
    story = cast.draft(tags=["Mali"])
    client.post(preview(story), typed(story, headline="Pas encore", tags="Neuf", authors=""))
    client.post(NEW, typed(headline="Pas encore"))
    story.refresh_from_db()
    assert (story.headline, story.version) == ("BVMAC : les échanges doublent", 1)
    assert [tag.name for tag in story.tags_in_order] == ["Mali"]
    assert Article.objects.count() == 1


def test_nobody_keeps_or_lists_it(client, awa):
    page = client.post(NEW, typed(headline="Pas encore"))
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.context["document"]


def test_what_is_wrong_stops_no_preview(client, awa):
    page = client.post(NEW, typed(headline="Pas encore", publish_at="x", section="x", authors="Personne"))
    assert page.status_code == 200
    assert "Pas encore" in page.context["document"]


def test_hostile_text_is_cleaned(client, awa):
    page = client.post(NEW, typed(headline="<b>x</b>", body="<p>Un<script>x()</script></p>")).context["document"]
    assert "<script>x()" not in page
    assert "&lt;b&gt;x" in page


def test_a_page_in_its_own_language(client, awa):
    page = client.post(NEW, typed(headline="Titre", language="fr")).context["document"]
    assert '<html lang="fr"' in page


def test_asked_for_without_a_form_it_shows_what_is_stored(client, awa):
    assert "BVMAC" in client.get(preview(cast.draft())).context["document"]
    assert client.get(NEW).status_code == 302


def test_a_reporter_previews_their_own_only(client, moutiou):
    assert client.get(preview(cast.draft(created_by=moutiou))).status_code == 200
    assert client.get(preview(cast.draft())).status_code == 403


def test_who_may_only_read_sees_what_is_stored(client, moutiou):
    story = cast.story(created_by=moutiou)
    page = client.post(preview(story), typed(story, headline="Autre"))
    assert "Autre" not in page.context["document"]


def test_strangers_sign_in_first(client):
    assert client.get(preview(cast.draft())).status_code == 302
