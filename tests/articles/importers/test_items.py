"""An item gives both ways of writing stories the same texts."""

import datetime

from articles.importers.items import ImportedStory
from articles.models.content import TEXTS

ITEM = ImportedStory(
    "1", " Le port\n rouvre ", "<p>Oui.</p>", "fr", datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC), "Lundi."
)


def test_its_texts_are_fields_of_a_story():
    assert ITEM.texts.keys() <= set(TEXTS)
    assert ITEM.texts["standfirst"] == "Lundi."


def test_what_a_file_lacks_is_not_overwritten():
    assert {"kicker", "dateline", "label"}.isdisjoint(ITEM.texts)


def test_a_headline_is_one_line():
    assert ITEM.texts["headline"] == "Le port rouvre"
