"""The piece of a text that shows why it was found."""

from articles.search.marks import EXCERPT_WORDS, mark_excerpt
from articles.search.query import parse_query


def test_found_words_are_marked_whatever_their_accents_and_case():
    assert mark_excerpt("Le port de Lomé.", parse_query("LOME ")) == "Le port de <mark>Lomé</mark>."


def test_what_stood_in_the_text_is_no_markup():
    assert "<b>" not in mark_excerpt("<b>Lomé</b> & port", parse_query("lome "))
    assert mark_excerpt("A & B", parse_query("b ")) == "A &amp; <mark>B</mark>"


def test_a_long_text_is_cut_around_the_first_hit():
    words = [f"mot{number}" for number in range(200)]
    excerpt = mark_excerpt(" ".join(words), parse_query("mot100 "))
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert "<mark>mot100</mark>" in excerpt
    assert len(excerpt.strip("… ").split()) == EXCERPT_WORDS


def test_a_text_without_words_has_no_excerpt():
    assert mark_excerpt("… – !", parse_query("lome ")) == ""
