"""A story's state, in words."""

import datetime

import pytest
from django.utils import timezone, translation

from articles.dates import format_moment
from articles.models import Article, Revision
from articles.states import format_moment_briefly, name_desk_zone, state_of
from articles.time_zones import zone_name, zone_offset

NOW = datetime.datetime(2025, 11, 25, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
Event = Revision.Event


def story(status="published", begins=None, ends=None, handover=""):
    article = Article(status=status, publish_at=begins, unpublish_at=ends)
    article.last_handover = handover
    return article


@pytest.mark.parametrize(
    ("article", "name", "sentence"),
    [
        (story("draft"), "draft", "Draft: only the newsroom sees it"),
        (story("draft", handover=Event.RETURNED), "draft", "Draft: only the newsroom sees it"),
        (story("draft", handover=Event.SENT_BACK), "returned", "Came back: the editor’s note says what to change"),
        (
            story("draft", begins=NOW + HOUR, handover=Event.SENT_BACK),
            "returned",
            "Came back: not scheduled yet for Tue 25 November 2025, 14:00 WAT",
        ),
        (
            story("draft", begins=NOW + HOUR),
            "draft",
            "Draft: not scheduled yet for Tue 25 November 2025, 14:00 WAT",
        ),
        (story("review", handover=Event.SENT_BACK), "review", "In review: an editor reads it next"),
        (story("review"), "review", "In review: an editor reads it next"),
        (story(begins=NOW + HOUR), "scheduled", "Scheduled for Tue 25 November 2025, 14:00 WAT"),
        (story(begins=NOW), "live", "Live since Tue 25 November 2025, 13:00 WAT"),
        (
            story(begins=NOW - HOUR, ends=NOW + HOUR),
            "live",
            "Live since Tue 25 November 2025, 12:00 WAT, until Tue 25 November 2025, 14:00 WAT",
        ),
        (story(begins=NOW - HOUR, ends=NOW), "ended", "Ended on Tue 25 November 2025, 13:00 WAT"),
        (
            story("withdrawn", begins=NOW - HOUR),
            "withdrawn",
            "Withdrawn: readers are told that it is no longer available",
        ),
    ],
)
def test_it_is_said_in_a_sentence(article, name, sentence):
    state = state_of(article, NOW)
    assert (state.name, state.sentence) == (name, sentence)


def test_a_zone_without_a_name_is_an_offset():
    with timezone.override("America/Sao_Paulo"):
        assert format_moment(NOW) == "Tue 25 November 2025, 09:00 UTC-03"
        assert zone_offset(timezone.localtime(NOW)) == "UTC-03:00"


def test_a_language_has_its_own_order_of_day_and_month():
    with translation.override("de"):
        assert format_moment(NOW) == "Di 25. November 2025 13:00 WAT"
        assert format_moment_briefly(NOW) == "25. November 2025 13:00"
    with translation.override("fr"):
        assert format_moment(NOW) == "mar 25 novembre 2025, 13:00 WAT"


@pytest.mark.parametrize(("zone", "name"), [("America/Halifax", "Halifax time"), ("UTC", "UTC")])
def test_a_page_names_the_zone_of_its_short_times(zone, name):
    with timezone.override(zone):
        assert name_desk_zone() == name
        assert zone_name(timezone.localtime(NOW)) not in format_moment_briefly(NOW)


def test_today_needs_no_date():
    assert ":" in format_moment_briefly(timezone.now())
    assert len(format_moment_briefly(timezone.now())) == 5
    assert format_moment_briefly(NOW) == "25 November 2025, 13:00"
