"""The bell says how many notices are unread, and leads to them."""

import pytest
from django.urls import reverse

from articles.models import FollowUp
from articles.models.content import Edit
from newsroom.models import Notice
from newsroom.notices import pages
from tests.articles import cast

pytestmark = pytest.mark.django_db

NOTICES = "/admin/notices/"


@pytest.fixture
def submitted(story, moutiou, awa, client):
    """Sign Awa in, who has been told of a story."""
    story.submit(moutiou)
    FollowUp.objects.work_off()
    client.force_login(awa)
    return story


def bell(client):
    return client.get("/admin/").text.partition('class="bell"')[2].partition("</a>")[0]


def test_the_bell_counts_what_is_unread(client, submitted):
    assert "1 unread notice<" in bell(client)
    client.post(NOTICES, {"newest": Notice.objects.get().pk})
    assert "unread" not in bell(client)


def test_many_notices_cost_the_queries_of_one(client, awa, moutiou, django_assert_max_num_queries):
    client.force_login(awa)
    for number in range(12):
        cast.draft(f"Le port {number}", created_by=moutiou).submit(moutiou)
    FollowUp.objects.work_off()
    with django_assert_max_num_queries(8):
        assert client.get(NOTICES).text.count("submitted") == 12


def test_the_page_says_what_happened(client, submitted):
    assert "moutiou submitted “Le port” for review." in client.get(NOTICES).text


def test_an_empty_page_says_so(client, awa):
    client.force_login(awa)
    assert "Nobody has told you anything yet." in client.get(NOTICES).text


def test_a_notice_leads_to_its_story_and_is_read_then(client, submitted):
    notice = Notice.objects.get()
    response = client.get(reverse("notices_open", args=[notice.pk]))
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[submitted.pk])
    notice.refresh_from_db()
    assert notice.read_at


def test_a_notice_of_kept_text_leads_to_that_text(client, story, awa):
    kept = story.keep_unsaved(awa, Edit({**story.newest_content, "headline": "Autre"}, story.version))
    FollowUp.objects.work_off()
    client.force_login(awa)
    response = client.get(reverse("notices_open", args=[Notice.objects.get().pk]), follow=True)
    assert response.request["PATH_INFO"] == reverse("admin:articles_article_conflict", args=[story.pk, kept.pk])
    assert response.status_code == 200


def test_a_colleagues_notice_is_not_there(client, submitted, koffi):
    client.force_login(koffi)
    assert client.get(reverse("notices_open", args=[Notice.objects.get().pk])).status_code == 404
    client.post(NOTICES, {"newest": Notice.objects.get().pk})
    assert Notice.objects.get().read_at is None
    assert "Le port" not in client.get(NOTICES).text


def test_only_what_was_on_the_page_is_marked_as_read(client, submitted, moutiou):
    newest = Notice.objects.get().pk
    cast.draft("Le quai", created_by=moutiou).submit(moutiou)
    FollowUp.objects.work_off()
    client.post(NOTICES, {"newest": newest})
    assert [notice.event.story.headline for notice in Notice.objects.unread()] == ["Le quai"]


def test_a_notice_goes_when_its_story_may_not_be_opened_any_more(client, submitted, awa):
    awa.groups.clear()
    assert "unread" not in bell(client)
    assert "Le port" not in client.get(NOTICES).text
    assert client.get(reverse("notices_open", args=[Notice.objects.get().pk])).status_code == 404


def test_older_notices_are_one_step_away(client, awa, moutiou, monkeypatch):
    monkeypatch.setattr(pages, "NOTICES_ON_A_PAGE", 2)
    for word in ("Un", "Deux", "Trois"):
        cast.draft(word, created_by=moutiou).submit(moutiou)
    FollowUp.objects.work_off()
    client.force_login(awa)
    first = client.get(NOTICES)
    assert [line.event.story.headline for line in first.context["lines"]] == ["Trois", "Deux"]
    second = client.get(f"{NOTICES}?before={first.context['older']}")
    assert [line.event.story.headline for line in second.context["lines"]] == ["Un"]
    assert second.context["older"] is None


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²"])
def test_nonsense_is_no_place_in_the_list(client, submitted, typed):
    assert client.get(NOTICES, {"before": typed}).status_code == 200
    assert client.post(NOTICES, {"newest": typed}).status_code == 302
    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_and_readers_are_led_to_the_sign_in(client, method):
    for path in (NOTICES, f"{NOTICES}1/"):
        assert getattr(client, method)(path).headers["Location"].startswith("/admin/login/")


def test_every_role_has_a_page(client, awa, moutiou):
    for person in (awa, moutiou, cast.tag_staff("ada")):
        client.force_login(person)
        assert client.get(NOTICES).status_code == 200


def test_a_notice_is_opened_by_reading_alone(client, submitted):
    assert client.post(reverse("notices_open", args=[Notice.objects.get().pk])).status_code == 405


def test_more_than_a_hundred_are_not_counted(client, submitted, monkeypatch):
    monkeypatch.setattr("newsroom.context_processors.Notice.objects.count_unread", lambda _person: 100)
    assert "99+" in bell(client)
    assert "More than 99 unread notices" in bell(client)
