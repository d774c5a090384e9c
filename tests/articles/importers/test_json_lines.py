"""Stories one a line, whose first line names sections, authors and tags."""

import json

import pytest

from articles.importers.items import BadItem, ImportProblem
from articles.importers.json_lines import is_meta, read_json_lines

META = json.dumps(
    {
        "kind": "meta",
        "n": 2,
        "sections": [{"slug": "finance", "name": "Finance"}],
        "authors": [{"slug": "awa", "name": "Awa Ouédraogo"}],
        "tags": [],
    }
)


def line(**values):
    story = {
        "kind": "article",
        "id": "1",
        "title": "Le port",
        "section": "finance",
        "body": [{"t": "p", "text": "A < B"}],
    }
    return json.dumps(story | {"authors": ["awa"], "tags": ["togo"], "published": "2026-03-20T18:00:00Z"} | values)


def test_slugs_become_names_where_the_file_has_them_and_text_becomes_html():
    source = read_json_lines(META, [line()])
    [story] = source.entries
    assert (source.total, source.names) == (2, {"finance": "Finance"})
    assert (story.authors, story.tags, story.html) == (("Awa Ouédraogo",), ("togo",), "<p>A &lt; B</p>")


@pytest.mark.parametrize("bad", ["", "{", "7", line(body=[{"t": "h9", "text": "x"}]), line(id=None), line(body=None)])
def test_a_bad_line_is_named_by_its_number_and_others_come_in(bad):
    story, problem, other = read_json_lines(META, [line(), bad, line(id="2")]).entries
    assert isinstance(problem, ImportProblem)
    assert problem.number == 2
    assert (story.source_id, other.source_id) == ("1", "2")


@pytest.mark.parametrize("meta", ["{}", "7", '{"kind": "meta", "sections": 7}', "[" * 100_000])
def test_a_first_line_that_names_nothing_is_refused(meta):
    with pytest.raises(BadItem, match="first line"):
        read_json_lines(meta, [])


def test_a_file_is_known_by_its_first_line():
    assert is_meta(META)
    assert not is_meta('{"version": "https://jsonfeed.org/version/1.1"}')
