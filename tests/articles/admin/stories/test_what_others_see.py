"""What those who only look are not told: logins, and how much there is that readers do not see."""

import datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.models import Author, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db

LISTS = {name: reverse(f"admin:articles_{name}_changelist") for name in ("tag", "author", "section", "image")}


@pytest.fixture
def coton():
    """Return a tag that is on one story of each state, all by colleagues."""
    cast.story("Une", tags=["Coton"])
    cast.story("Deux", tags=["Coton", "Embargo"], hours_ago=-24 * 40)
    cast.draft("Trois", tags=["Coton"])
    return Tag.objects.get(name="Coton")


def page_text(client, tag):
    return client.get(reverse("admin:articles_tag_change", args=[tag.pk])).text


def test_a_reporter_is_told_how_many_stories_of_a_tag_are_published(client, moutiou, coton):
    text = page_text(client, coton)
    assert "1 published" in text
    assert [
        word for word in ("scheduled", "draft", "Embargo") if f"1 {word}" in text or word == "Embargo" in text
    ] == []


def test_an_editor_is_told_of_all_of_them(client, awa, coton):
    assert "1 published, 1 scheduled, 1 draft" in page_text(client, coton)


def test_a_tag_of_scheduled_stories_alone_stands_beside_none(client, awa, coton):
    assert [tag.name for tag in coton.co_occurring()] == []


def test_the_list_of_tags_tells_a_reporter_of_public_stories_alone(client, moutiou, coton):
    text = client.get(LISTS["tag"]).text
    soon = timezone.localtime(timezone.now() + datetime.timedelta(days=40))
    assert "column-stories" not in text
    assert "scheduled" not in text
    assert f"{soon:%b %Y}" not in text


@pytest.mark.parametrize("query", ["?o=2", "?o=-2"])
def test_no_order_of_it_tells_more(client, moutiou, coton, query):
    Tag.objects.create_named("Fibre")
    plain = [tag.pk for tag in client.get(LISTS["tag"]).context["cl"].result_list]
    response = client.get(LISTS["tag"] + query, follow=True)
    assert [tag.pk for tag in response.context["cl"].result_list] == plain


@pytest.mark.parametrize(
    ("noun", "query"),
    [
        ("tag", "story_count=2"),
        ("tag", "use=none"),
        ("tag", "last_used_at__gt=2020-01-01"),
        ("tag", "taggings__status=draft"),
        ("author", "user=1"),
        ("author", "user__isnull=0"),
        ("author", "user__username__startswith=a"),
        ("author", "bylines__status=draft"),
        ("section", "story_count=1"),
        ("image", "uploaded_by=1"),
        ("image", "leads__status=draft"),
    ],
)
def test_a_list_answers_no_field_that_it_does_not_show(client, moutiou, noun, query):
    assert client.get(f"{LISTS[noun]}?{query}").status_code == 400


@pytest.mark.parametrize("name", ["housekeeping", "changes", "export"])
def test_what_tags_need_is_told_to_those_who_change_them(client, moutiou, coton, name):
    address = reverse(f"admin:articles_tag_{name}")
    assert client.get(address).status_code == 403
    assert address not in client.get(LISTS["tag"]).text + page_text(client, coton)


def test_a_login_is_told_to_those_alone_who_may_change_an_author(client, moutiou):
    login = cast.person("identifiant-secret", "Editor")
    author = Author.objects.create(name="Awa Koné", slug="awa-kone", user=login)
    form = reverse("admin:articles_author_change", args=[author.pk])
    pages = [client.get(LISTS["author"]).text, client.get(form).text]
    assert [number for number, text in enumerate(pages) if "identifiant-secret" in text] == []
    client.force_login(cast.editor())
    assert "identifiant-secret" in client.get(LISTS["author"]).text


def test_a_history_names_people_as_colleagues_know_them(client, moutiou):
    chief = cast.person("identifiant-secret", "Editor")
    chief.first_name, chief.last_name = "Awa", "Koné"
    chief.save()
    author = cast.author()
    LogEntry.objects.log_actions(chief.pk, [author], CHANGE, "Name", single_object=True)
    text = client.get(reverse("admin:articles_author_history", args=[author.pk])).text
    assert "Awa Koné" in text
    assert "identifiant-secret" not in text


def test_sections_tell_a_reporter_no_number_of_stories(client, moutiou):
    cast.story()
    assert "column-story_count" not in client.get(LISTS["section"]).text


def test_a_year_in_which_a_colleague_will_publish_is_no_choice(client, moutiou):
    cast.draft("À venir", publish_at=timezone.now() + datetime.timedelta(days=800))
    soon = (timezone.now() + datetime.timedelta(days=800)).year
    page = client.get(reverse("admin:articles_article_changelist")).text
    assert f"published={soon}" not in page
    client.force_login(cast.editor())
    assert f"published={soon}" in client.get(reverse("admin:articles_article_changelist")).text
