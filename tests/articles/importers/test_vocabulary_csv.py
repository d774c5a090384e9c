"""Whatever a spreadsheet makes of a list of tags is read the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.items import BadItem
from articles.importers.vocabulary_csv import TagRow, decode, read_tag_rows

ROW = TagRow(2, "Côte d’Ivoire", "cote-d-ivoire", "Un pays ; l’Ouest, l’Afrique.", ["RCI", "Ivory Coast"])
COMMAS = (
    "name,slug,description,aliases,count\r\n"
    'Côte d’Ivoire,cote-d-ivoire,"Un pays ; l’Ouest, l’Afrique.",RCI|Ivory Coast,3\r\n'
)
SEMICOLONS = (
    "Name;Slug;Description;Aliases;Count\n"
    'Côte d’Ivoire;cote-d-ivoire;"Un pays ; l’Ouest, l’Afrique.";RCI | Ivory Coast;3\n'
)


@pytest.mark.parametrize("text", [COMMAS, SEMICOLONS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_commas_and_semicolons_with_and_without_a_mark(text, encoding):
    assert read_tag_rows(decode(text.encode(encoding))) == [ROW]


def test_columns_come_in_any_order_and_may_be_missing():
    assert read_tag_rows("aliases;name\nRCI;Côte d’Ivoire\n") == [TagRow(2, "Côte d’Ivoire", aliases=["RCI"])]


def test_a_line_is_that_where_a_row_begins():
    rows = read_tag_rows('name,description\nUn,"deux\nlignes"\n\nTrois,\n')
    assert [(row.line, row.name) for row in rows] == [(2, "Un"), (5, "Trois")]


def test_a_short_row_says_nothing_of_what_it_lacks():
    assert read_tag_rows("name,slug,aliases\nMali\n") == [TagRow(2, "Mali")]


@pytest.mark.parametrize("text", ["", "\n", "nom;adresse\nMali;mali\n", "Mali\n", 'name\n"' + "x" * 200_000])
def test_what_is_no_list_of_tags_is_refused_in_words(text):
    with pytest.raises(BadItem):
        read_tag_rows(text)


def test_another_encoding_is_refused_in_words():
    with pytest.raises(BadItem, match="UTF-8"):
        decode("name\nSénégal".encode("cp1252"))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        rows = read_tag_rows(text)
    except BadItem:
        return
    assert all(row.line > 1 for row in rows)
