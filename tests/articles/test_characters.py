import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.characters import JUNK, graphemes, is_plain, tidy, without_junk


@pytest.mark.parametrize(
    "character",
    ["é", "e\u0301", "👩\u200d🌾", "👍🏾", "🇹🇬", "नि", "กำ", "각", "\r\n"],
)
def test_a_character_is_what_a_reader_sees_as_one(character):
    assert graphemes(character) == [character]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("pre\u00admier lan\u00adceur", "premier lanceur"),
        ("\ufeffLe\u200b port\u2060", "Le port"),
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("half \ud83d a pair", "half  a pair"),
        ("caf\u200ce\u200d", "cafe"),
        ("gnp\u202eexe", "gnpexe"),
    ],
)
def test_invisible_junk_goes(text, clean):
    assert without_junk(text) == clean


@pytest.mark.parametrize(
    "text", ["👩\u200d👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "❤\ufe0f\u200d🔥", "\u200fالقاهرة"]
)
def test_joiners_stay_where_they_shape_the_text(text):
    assert without_junk(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \n\t b\u2003c\r\n", "a b c"),
        ("Quoi\u00a0?", "Quoi\u00a0?"),
        ("Quoi \u00a0?", "Quoi\u00a0?"),
        ("«\u202f oui\u00a0\u00a0»", "«\u202foui\u00a0»"),
        ("11\u202f900\u00a0 %", "11\u202f900\u00a0%"),
        ("11\u00a0 900", "11\u00a0900"),
        ("typed\u00a0 twice", "typed twice"),
        ("\u00a0", ""),
    ],
)
def test_white_space_is_one_space_and_stays_unbreakable_where_it_must(text, line):
    assert tidy(text) == line


@given(st.text(st.sampled_from("aé1  \t\n\u00a0\u202f\u00ad\u200d\u200c:«»%👩क\u0301\x00")))
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_plain_letters_survive_tidying(text):
    kept = [c for c in tidy(text) if c.isalnum()]
    assert kept == [c for c in text if c.isalnum()]


def test_plain_text_is_what_no_cleaning_would_change():
    every = map(chr, range(0x110000))
    assert not [one for one in every if is_plain(one) and (JUNK.match(one) or one.isspace() and one != " ")]
