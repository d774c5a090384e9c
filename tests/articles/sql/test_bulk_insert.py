"""Thousands of rows at once."""

import pytest

from articles.models import Keyword, Section
from articles.sql.bulk_insert import copy_in, new_ids

pytestmark = pytest.mark.django_db


def test_ids_are_new_and_ascend():
    last = Section.objects.create(name="Finance", slug="finance")
    Section.objects.create(name="Energy", slug="energy").delete()  # its id is not given again
    ids = list(new_ids(Section, 3))
    assert ids == sorted(set(ids))
    assert ids[0] > last.pk + 1


def test_rows_get_exactly_what_they_were_given():
    columns = ["id", "name", "slug", "other_names", "description", "position", "in_menu", "second_eyes", "story_count"]
    number = 1000  # more values than one statement of SQLite takes would be 32,766
    ids = list(new_ids(Section, number))
    copy_in(Section, columns, ([pk, f"Nom {pk}", f"nom-{pk}", "{}", "", 0, False, "[]", 0] for pk in ids))
    assert Section.objects.count() == number
    assert Section.objects.get(pk=ids[-1]).name == f"Nom {ids[-1]}"
    assert Keyword.objects.count() == 0
