"""Each service gets what it takes, and no text of ours does more there than say something."""

import json

import pytest

from articles.models import FollowUp
from newsroom.models import StoryEvent, Webhook
from newsroom.notices.shapes import FUNCTIONS_OF_SHAPES, shape_event
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def event(headline="Le port", **facts):
    story = cast.draft(headline)
    StoryEvent.objects.record(StoryEvent.Kind.SENT_BACK, story.pk, cast.editor(), note="Non.", **facts)
    return StoryEvent.objects.with_details().get()


def desk_url(event):
    return f"http://localhost:8000/admin/articles/article/{event.story_id}/change/"


def test_every_shape_is_there():
    assert FUNCTIONS_OF_SHAPES.keys() == set(Webhook.Shape.values)


def test_a_program_gets_all_that_is_known():
    sent = event()
    assert shape_event(sent, "json") == {
        "id": str(sent.uuid),
        "event": "sent-back",
        "at": sent.at.isoformat(),
        "text": "awa sent “Le port” back: Non.",
        "by": "awa",
        "story": {
            "id": sent.story_id,
            "headline": "Le port",
            "language": "en",
            "desk_url": desk_url(sent),
            "public_url": None,
        },
    }


def test_the_public_address_is_told_once_readers_can_open_it():
    story = cast.story("Le port", created_by=cast.reporter())
    FollowUp.objects.work_off()
    published = StoryEvent.objects.with_details().get()
    assert shape_event(published, "json")["story"]["public_url"] == f"http://localhost:8000{story.get_absolute_url()}"


def test_slack_gets_a_text_with_a_link():
    sent = event()
    assert shape_event(sent, "slack") == {"text": f"awa sent “Le port” back: Non. <{desk_url(sent)}|Open>"}


def test_slack_mentions_nobody():
    assert "“&lt;!channel&gt; &amp; co”" in shape_event(event("<!channel> & co"), "slack")["text"]


def test_mattermost_gets_markdown_that_mentions_nobody():
    sent = event("@channel [x](http://x)")
    assert shape_event(sent, "mattermost") == {
        "text": f"awa sent “@\u200bchannel \\[x\\]\\(http://x\\)” back: Non\\. [Open]({desk_url(sent)})"
    }


def test_teams_gets_an_adaptive_card():
    sent = event("Le *port*")
    message = shape_event(sent, "teams")
    [attachment] = message["attachments"]
    card = attachment["content"]
    assert (message["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert (card["type"], card["body"][0]["text"]) == ("AdaptiveCard", "awa sent “Le \\*port\\*” back: Non\\.")
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Open", "url": desk_url(sent)}]


@pytest.mark.parametrize("shape", Webhook.Shape.values)
def test_every_message_can_be_written(shape):
    assert json.dumps(shape_event(event(), shape))
