"""Numbers from outside in queries: what no column can hold is found nowhere, as Django has it for a single number.

articles/apps.py registers it for every column of whole numbers.
"""

from __future__ import annotations

from typing import Any

from django.db.models.lookups import In

LARGEST_INTEGER = 2**63 - 1  # of a column of whole numbers, ids among them, in both databases


class InRange(In):
    """`pk__in`, which SQLite refuses for a number that has more than 64 bits."""

    def get_prep_lookup(self) -> Any:
        numbers = super().get_prep_lookup()
        if not isinstance(numbers, list):  # a query
            return numbers
        return [one for one in numbers if not isinstance(one, int) or -LARGEST_INTEGER <= one <= LARGEST_INTEGER]
