"""Addresses hold only real dates and numbers, each in one spelling."""

import datetime
import re

import pytest

from articles.converters import DateConverter, MonthConverter, NumberConverter, YearConverter


@pytest.mark.parametrize(
    ("converter", "text", "value"),
    [
        (YearConverter(), "2026", 2026),
        (MonthConverter(), "2026/11", datetime.date(2026, 11, 1)),
        (DateConverter(), "2024/02/29", datetime.date(2024, 2, 29)),
        (NumberConverter(), "12", 12),
    ],
)
def test_there_and_back(converter, text, value):
    assert re.fullmatch(converter.regex, text)
    assert converter.to_python(text) == value
    assert converter.to_url(value) == text


@pytest.mark.parametrize(
    ("converter", "text"),
    [
        (YearConverter(), "0999"),
        (MonthConverter(), "2026/13"),
        (MonthConverter(), "2026/1"),
        (DateConverter(), "2026/1/01"),
        (NumberConverter(), "0"),
        (NumberConverter(), "01"),
        (NumberConverter(), "12345678901"),
    ],
)
def test_another_spelling_is_no_address(converter, text):
    assert not re.fullmatch(converter.regex, text)


def test_a_day_that_no_calendar_has_is_not_found():
    with pytest.raises(ValueError, match="day is out of range"):
        DateConverter().to_python("2026/02/31")
