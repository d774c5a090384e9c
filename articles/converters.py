"""Dates and numbers in addresses: only real ones, only in the one spelling."""

from __future__ import annotations

import datetime


class YearConverter:
    regex = "[1-9][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class DateConverter:
    regex = "[1-9][0-9]{3}/[0-1][0-9]/[0-3][0-9]"
    form = "%Y/%m/%d"

    def to_python(self, value: str) -> datetime.date:
        """Return the date. Raises ValueError for 31 February: the address is then not found."""
        return datetime.datetime.strptime(value, self.form).date()

    def to_url(self, value: datetime.date) -> str:
        return value.strftime(self.form)


class MonthConverter(DateConverter):
    """“2026/11” is the first day of November 2026."""

    regex = "[1-9][0-9]{3}/(?:0[1-9]|1[0-2])"
    form = "%Y/%m"


class NumberConverter:
    """A number from 1 on, small enough for every database."""

    regex = "[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
