import datetime

from django.utils import translation

from articles import dates
from articles.dates import format_date, format_day, format_moment

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


def test_the_first_day_of_a_french_month_is_an_ordinal():
    first = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
    assert format_day(first) == "Tuesday 1 December 2026"
    with translation.override("fr"):
        assert format_day(first, "MONTH_DAY_FORMAT", weekday="D") == "mar 1er décembre"
        assert format_moment(first).endswith("1er décembre 2026, 13:00 WAT")
        assert format_date(first.replace(day=11), "DATE_FORMAT") == "11 décembre 2026"
