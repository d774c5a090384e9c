"""A story that is not public, for the one outsider who was given its link."""

import datetime

import pytest
from django.utils import timezone

from articles.models import ShareLink
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return cast.editor()


def share(story, days=7):
    giver = User.objects.filter(username="chef").first() or cast.editor("chef")
    link, token = ShareLink.objects.create_with_token(story, "Ada Mensah", days, giver)
    return link, f"/share/{token}/"


def test_an_outsider_reads_what_was_saved_last(client, awa):
    story = cast.draft("Secret", authors=[cast.author()])
    _link, address = share(story)
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Secret relu"}))
    text = client.get(address).text
    assert "Secret relu" in text
    assert "for Ada Mensah only" in text


def test_over_a_live_story_the_waiting_changes_are_shown(client, awa):
    story = cast.story("En ligne")
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Pas encore"}))
    _link, address = share(story)
    assert "Pas encore" in client.get(address).text


def test_nobody_keeps_lists_or_passes_on_the_address(client):
    response = client.get(share(cast.draft())[1])
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in response.text


def test_reads_are_counted_and_looks_are_not(client):
    link, address = share(cast.draft())
    client.head(address)
    for _read in range(2):
        client.get(address)
    link.refresh_from_db()
    assert link.reads == 2
    assert link.last_read_at


def test_expired_revoked_and_nonsense_links_are_the_same_404(client):
    story = cast.draft("Secret")
    expired, revoked = share(story, days=-1), share(story)
    revoked[0].revoke()
    answers = [client.get(address) for address in (expired[1], revoked[1], "/share/nonsense/", "/share/é/", "/rien/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_once_it_is_public_the_link_leads_there(client, awa):
    story = cast.draft()
    _link, address = share(story)
    story.publish(awa)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, story.get_absolute_url())
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_a_scheduled_story_can_be_read_before_its_time(client, awa):
    story = cast.draft("Demain")
    story.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    assert "Demain" in client.get(share(story)[1]).text


def test_a_withdrawn_story_is_shown_to_nobody(client, awa):
    story = cast.story("Retiré")
    _link, address = share(story)
    story.withdraw(awa)
    assert client.get(address).status_code == 404


def test_the_database_does_not_hold_the_token():
    link, address = share(cast.draft())
    token = address.split("/")[2]
    assert token not in str(ShareLink.objects.filter(pk=link.pk).values().get())


@pytest.mark.parametrize(
    "happens",
    [
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).update(is_staff=False),
        lambda user: user.groups.clear(),
        lambda user: user.delete(),
    ],
    ids=["locked out", "no longer staff", "no longer an editor", "deleted"],
)
def test_a_link_is_as_good_as_the_right_of_whoever_gave_it(client, happens):
    link, address = share(cast.draft("Secret"))
    assert "Secret" in client.get(address).text
    happens(link.created_by)
    assert client.get(address).status_code == 404
