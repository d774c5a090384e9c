import datetime

from django.utils import translation

from articles import dates
from articles.dates import format_day, format_moment

MARCH = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def test_a_day_is_written_in_the_form_of_the_language():
    assert format_day(MARCH) == "Monday 2 March 2026"
    with translation.override("fr"):
        assert format_day(MARCH) == "lundi 2 mars 2026"


def test_a_language_puts_weekday_and_date_together_in_its_own_way(monkeypatch):
    monkeypatch.setattr(dates, "gettext", {"%(weekday)s %(date)s": "%(weekday)s, %(date)s"}.get)
    with translation.override("de"):
        assert format_day(MARCH, "MONTH_DAY_FORMAT") == "Montag, 2. März"
        assert format_moment(MARCH) == "Mo, 2. März 2026 13:00 WAT"
