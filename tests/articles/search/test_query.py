"""What readers type is never an error."""

import pytest

from articles.search.query import MAX_TERMS, SearchQuery, for_postgres, for_sqlite, parse_query


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", SearchQuery(())),
        ('"" « » ,', SearchQuery(())),
        ("Lomé port ", SearchQuery((("lome",), ("port",)))),
        ("Lomé por", SearchQuery((("lome",),), "por")),
        ("po", SearchQuery((("po",),))),
        ("« port de Lomé", SearchQuery((("port", "de", "lome"),))),
        ("port PORT ", SearchQuery((("port",),))),
    ],
)
def test_words_phrases_and_an_unfinished_word(typed, expected):
    assert parse_query(typed) == expected


def test_only_the_first_terms_count():
    assert len(parse_query(" ".join(f"mot{number}" for number in range(100)) + " ").words) == MAX_TERMS


def test_a_text_holds_whole_words_and_the_beginning_of_the_last():
    query = SearchQuery((("port", "de"),), "lom")
    assert query.is_in("le port de lome", [])
    assert not query.is_in("le port et de lome", [])
    assert not query.is_in("le aeroport de lome", [])
    assert not query.is_in("le port de lome", ["section3"])
    assert query.holds("lome")
    assert not query.holds("por")


def test_both_databases_are_asked_for_the_same():
    assert for_sqlite({"port", "lome"}, ["section3"], "cot") == '"lome" AND "port" AND "section3" AND "cot" *'
    assert for_postgres({"port", "lome"}, ["section3"], "cot") == "'lome' & 'port' & 'section3' & 'cot':*"
