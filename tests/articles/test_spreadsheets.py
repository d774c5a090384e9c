import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.spreadsheets import escape_formula, join_names, split_names, unescape_formula

TYPED = st.text("='+-@\t\r\n ab|\\é")
NAMES = st.lists(st.text("ab|\\é =", min_size=1).map(str.strip).filter(bool))


@given(TYPED)
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(text):
    cell = escape_formula(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescape_formula(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+225 01", "-5 %", "@cemac", "\t=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"


@given(NAMES)
def test_names_in_one_cell_are_read_back_as_they_were(names):
    assert split_names(join_names(names)) == names
