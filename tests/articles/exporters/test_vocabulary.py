"""The vocabulary as CSV: what stands in it, and that a spreadsheet runs none of it. That it comes in again unchanged is
tested with the import."""

import csv
from io import StringIO

import pytest

from articles.exporters.vocabulary import vocabulary_csv
from articles.models import Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


def cells():
    return list(csv.reader(StringIO(vocabulary_csv().removeprefix("\ufeff"))))


def test_a_line_a_tag_in_order_with_its_spellings_and_stories():
    cast.story(tags=["Lomé", "Énergie"])
    for name in ("Lome (Togo)", "Lomé-ville", "|"):
        Tag.objects.get(name="Lomé").aliases.create(name=name)
    assert cells() == [
        ["name", "slug", "description", "aliases", "count"],
        ["Énergie", "energie", "", "", "1"],
        ["Lomé", "lome", "", "Lome (Togo)|Lomé-ville|\\|", "1"],
    ]


def test_no_cell_is_a_formula():
    tag = Tag.objects.create_named("=HYPERLINK(1)")
    tag.aliases.create(name="+225")
    Tag.objects.update(description="@SUM(1)")
    assert cells()[1][:4] == ["'=HYPERLINK(1)", "hyperlink-1", "'@SUM(1)", "'+225"]


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        Tag.objects.create_named(f"Mot {number}").aliases.create(name=f"Autre {number}")
    with django_assert_num_queries(2):
        vocabulary_csv()
