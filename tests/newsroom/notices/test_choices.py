"""Everybody chooses what they are told and how."""

import pytest
from django.urls import reverse

from newsroom.models import Notice, NoticeChoice, StoryEvent
from tests.articles import cast

pytestmark = pytest.mark.django_db

CHOICES = "/admin/account/notices/"


def ticked(page):
    return {name for name, field in page.context["form"].fields.items() if field.initial}


@pytest.fixture
def boxes(client, awa):
    """Return the names of the boxes that are ticked at first."""
    client.force_login(awa)
    return {f"{kind}-{way}" for (kind, way), wanted in NoticeChoice.objects.of_person(awa).items() if wanted}


def test_the_page_has_a_box_for_each_kind_and_way(client, boxes):
    page = client.get(CHOICES)
    assert page.text.count('type="checkbox"') == len(StoryEvent.Kind) * len(NoticeChoice.Way)
    assert page.text.count(" checked") == len(boxes)


def test_what_is_not_ticked_is_not_told(client, boxes, awa, moutiou, story, told):
    client.post(CHOICES, dict.fromkeys(boxes - {"submitted-bell"}, "on"))
    story.submit(moutiou)
    assert told() == []


def test_what_is_told_by_mail_alone_is_not_in_the_bell(client, boxes, awa, moutiou, story, told):
    client.post(CHOICES, dict.fromkeys(boxes - {"submitted-bell"} | {"submitted-mail"}, "on"))
    story.submit(moutiou)
    assert told() == [("awa", "submitted")]
    assert Notice.objects.count_unread(awa) == 0


def test_a_choice_is_kept_and_can_be_taken_back(client, boxes, awa):
    client.post(CHOICES, {})
    assert client.get(CHOICES).text.count(" checked") == 0
    client.post(CHOICES, dict.fromkeys(boxes, "on"))
    assert not NoticeChoice.objects.exists()


def test_a_choice_is_one_persons(client, boxes, awa, koffi):
    client.post(CHOICES, {})
    client.force_login(koffi)
    assert client.get(CHOICES).text.count(" checked") == len(boxes)


def test_the_page_says_that_no_mail_comes(client, boxes, awa):
    assert "No mail reaches you" not in client.get(CHOICES).text
    type(awa).objects.filter(pk=awa.pk).update(email=None)
    assert "No mail reaches you" in client.get(CHOICES).text


def test_the_pages_of_the_account_and_of_the_notices_lead_there(client, boxes):
    link = f'href="{reverse("account_notices")}"'
    assert link in client.get(reverse("account_profile")).text
    assert link in client.get(reverse("notices")).text


def test_every_role_may_choose(client):
    for person in (cast.reporter(), cast.tag_staff("ada")):
        client.force_login(person)
        assert client.post(CHOICES, {}).status_code == 302
