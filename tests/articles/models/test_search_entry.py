import datetime

import pytest

from articles.models import Article, SearchEntry
from articles.models.search_entry import moment_at

NOON = datetime.datetime(2026, 2, 7, 12, tzinfo=datetime.UTC)


def moment(pk, time):
    return SearchEntry.for_story(Article(pk=pk, publish_at=time)).moment


def test_moments_follow_time_then_id():
    times = [datetime.datetime(1899, 1, 1, tzinfo=datetime.UTC), NOON, NOON + datetime.timedelta(seconds=1)]
    moments = [moment(pk, time) for time in times for pk in (1, 2, 30_000_000)]
    assert moments == sorted(set(moments))


@pytest.mark.parametrize("year", [1, 1969, 2026, 9999])
def test_the_entries_of_a_second_begin_at_its_moment(year):
    time = NOON.replace(year=year, microsecond=999_999)
    assert moment_at(time) <= moment(1, time) < moment_at(time) + (1 << 25)


def test_every_moment_fits_the_column():
    assert moment_at(datetime.datetime.min.replace(tzinfo=datetime.UTC)) >= -(1 << 63)
    assert moment_at(datetime.datetime.max.replace(tzinfo=datetime.UTC)) + (1 << 25) <= 1 << 63


def test_parts_without_a_word_leave_no_gap():
    story = Article(pk=1, publish_at=NOON, language="fr", headline="Le port", kicker="…", body="<p>🙂</p>")
    assert SearchEntry.for_story(story).words == "language_fr section_0 status_draft _ le port"
