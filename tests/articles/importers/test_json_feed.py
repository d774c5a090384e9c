"""A JSON Feed, as other systems export it."""

import json

import pytest

from articles.importers.items import BadItem, ImportedStory, ImportProblem
from articles.importers.json_feed import read_json_feed

DATE = {"date_published": "2026-03-20T18:00:00Z"}


def feed(*items, **more):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(items), **more})


def test_an_item_is_a_story_with_what_the_feed_says_for_all():
    source = read_json_feed(
        feed(
            {"id": "7", "title": "Le port", "content_html": "<p>Lomé</p>", "tags": ["Togo"], **DATE},
            language="fr-FR",
            authors=[{"name": "Awa"}],
        )
    )
    [story] = source.entries
    assert source.total == 1
    assert isinstance(story, ImportedStory)
    assert (story.source_id, story.headline, story.html) == ("7", "Le port", "<p>Lomé</p>")
    assert (story.language, story.authors, story.tags) == ("fr", ("Awa",), ("Togo",))


@pytest.mark.parametrize(
    "item", ["text", {"title": "Sans id"}, {"id": "1", "authors": "Awa"}, {"id": "1", "_newsroom": []}]
)
def test_a_bad_item_is_named_and_those_after_it_come_in(item):
    problem, story = read_json_feed(feed(item, {"id": "2", "title": "Le port", "content_text": "Lomé", **DATE})).entries
    assert isinstance(problem, ImportProblem)
    assert problem.number == 1
    assert story.source_id == "2"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"items": 7}', "[" * 100_000])
def test_what_is_no_feed_is_refused_in_words(text):
    with pytest.raises(BadItem, match="JSON"):
        read_json_feed(text)
