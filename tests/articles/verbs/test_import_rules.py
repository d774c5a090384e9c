"""What an import is refused by the rules of the checklist, and what the log says that it overrides."""

import pytest

from articles.importers.bulk import BulkLoader
from articles.importers.items import BadItem
from articles.models import Article
from tests.articles import cast
from tests.articles.verbs.paths import by_import, in_states, item, says, stored

pytestmark = [
    *(pytest.mark.django_db, pytest.mark.long, pytest.mark.one_database),  # it asks rules, not a database
    pytest.mark.usefixtures("empty_pages"),  # what they say is read from their context
]


# Through the import: sections are the importer's own, and a new story has no label, embargo or end.


def picture(**fields):
    """Return a body with a picture of the library."""
    return f'<p>Le port.</p><figure class="picture"><img data-image="{cast.image(**fields).pk}" alt=""></figure>'


@pytest.mark.parametrize(
    "fault",
    [{"headline": " "}, {"html": "<p> </p>"}, {"html": lambda: picture(alt="", credit="AFP")}],
    ids=["headline", "body", "alt"],
)
@in_states("way, state", [("new", "live 6"), ("over", "live"), ("over", "scheduled"), ("bulk", "live 6")])
def test_an_import_is_refused_what_breaks_a_must(people, story, way, fault):
    fault = {name: value() if callable(value) else value for name, value in fault.items()}
    before = stored(story)
    if way == "bulk":
        left_out = []
        loader = BulkLoader(cast.section(), {}, lambda *problem: left_out.append(problem))
        loader.load([item(**fault)])
        assert (loader.counts["new"], len(left_out)) == (0, 1)
    else:
        with pytest.raises(BadItem):
            by_import(people["editor"], **fault)
    assert stored(story) == before


@in_states("state, role", [("live opinion", "editor"), ("live opinion", "operator")])
def test_an_import_over_an_opinion_needs_a_second_pair_of_eyes(people, story, role):
    before = stored(story)
    with pytest.raises(BadItem, match="second pair of eyes"):
        by_import(people[role])
    assert stored(story) == before


@pytest.mark.parametrize(
    "fault", [{"standfirst": ""}, {"authors": ()}, {"tags": ()}, {"html": "<p>TK grues.</p>"}], ids=str
)
@in_states("state", [None, "live", "scheduled"])
def test_the_log_says_what_an_import_overrides(people, shared_story, fault):
    by_import(people["editor"], **fault)
    assert says("although the checklist says", Article.objects.get(source_id="7"))
