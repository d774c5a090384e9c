import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.excerpts import LONG, cut, ends_inside_quotation, excerpt, graphemes

GOLDEN = json.loads((Path(__file__).parent / "golden" / "excerpts.json").read_text())
STRANDED = (
    "d’",
    "l'",
    "le",
    "la",
    "of",
    "the",
    "and",
    "«",
    "“",
    "(",
    ",",
    ".",
    ":",
    ";",
    "!",
    "-",
    "–",
    " ",
    "\xa0",
)

WORDS = """Le la de port d’accord l'Union l’« Orient » « “ ” ( ) banque, dit. Non ! the of and trade
    11,9 milliards 8 000 16,2 % M. Diop n° \u200d e\u0301te\u0301 👩\u200d👧 🇹🇬 新铁路。 รัฐบาล القاهرة، و " [ ]"""
tokens = st.sampled_from([*WORDS.split(), "16,2\u00a0%", "1\u202f200", "n°\u00a03", "«\u00a0oui\u00a0»"])
sentences = st.lists(tokens, min_size=1, max_size=60).map(" ".join)
limits = st.integers(min_value=1, max_value=160)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["rule"])
def test_cut_as_an_editor_would(case):
    assert {limit: cut(case["text"], limit) for limit in (100, 150)} == {
        100: case["100"],
        150: case["150"],
    }


@given(st.one_of(sentences, st.text()), limits)
def test_a_text_that_fits_is_unchanged(text, limit):
    if len(graphemes(text)) <= limit:
        assert cut(text, limit) == text


@given(st.one_of(sentences, st.text()), limits)
def test_a_cut_text_fits_and_says_that_it_is_cut(text, limit):
    if len(graphemes(text)) > limit:
        assert len(graphemes(cut(text, limit))) <= limit
        assert cut(text, limit).endswith("…")


@given(st.one_of(sentences, st.text()), limits)
def test_cutting_again_changes_nothing(text, limit):
    assert cut(cut(text, limit), limit) == cut(text, limit)


@given(sentences, limits)
def test_no_character_is_split(text, limit):
    kept = cut(text, limit).removesuffix("…").rstrip('»”)]"\xa0')
    assert graphemes(text)[: len(graphemes(kept))] == graphemes(kept)


@given(st.one_of(sentences, st.text("«»“” ab")), limits)
def test_no_quotation_is_left_open(text, limit):
    if len(graphemes(text)) > limit:
        assert not ends_inside_quotation(cut(text, limit))


@given(sentences)
def test_nothing_is_stranded_before_the_ellipsis(text):
    kept = cut("Le port rouvre lundi matin " + text, 60)
    if kept.endswith("…"):
        assert not kept.removesuffix("…").endswith(tuple(f" {end}" for end in STRANDED))
        assert not kept.removesuffix("…").endswith((",", ".", ":", ";", "!", "-", "«", "“", "(", " ", "\xa0"))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Le prix de l’uranium baisse encore", 14, "Le prix…"),
        ("Le prix du Brent of the North Sea", 25, "Le prix du Brent…"),
        ("Une hausse de 200 milliards de francs", 18, "Une hausse…"),
        ("Une hausse de 16,2\u00a0% des crédits", 21, "Une hausse de 16,2\u00a0%…"),
        ("Une hausse de 16,2\u00a0% des crédits", 18, "Une hausse…"),
        ("Une hausse de 8\u202f000\u202f000 francs", 18, "Une hausse…"),
        ("Dix ans après, 33 départements répondent", 20, "Dix ans après…"),
        ("Le budget de 2025 reprend la route", 20, "Le budget de 2025…"),
        ("Il gagne 11 millions par an depuis Dakar", 30, "Il gagne 11 millions par an…"),
        ("Le port, selon M. Diop, rouvre lundi", 18, "Le port…"),
        ("La vitamine A est vitale pour tous", 15, "La vitamine A…"),
        ("Un accord avec l’OMS, WHO in English", 26, "Un accord avec l’OMS, WHO…"),
        ("Qui paiera ? Le contribuable, encore lui", 14, "Qui paiera…"),
        ("Il dit « oui » et part « demain matin »", 30, "Il dit « oui » et part…"),
        ("« Non merci », dit-il au ministre", 9, "« Non\u00a0»…"),
        ("Il dit « non merci » et s’en va vite", 13, "Il dit…"),
        ('"Non merci", dit-il au ministre', 9, '"Non"…'),
        ('Un écran de 5" coûte 90 euros à Lomé', 22, 'Un écran de 5" coûte…'),
        ("a" * 150, 100, "a" * 99 + "…"),
        ("Le " + "a" * 150, 100, "Le " + "a" * 96 + "…"),
        ("🇹🇬" * 150, 100, "🇹🇬" * 99 + "…"),
        ("mot", 0, ""),
        ("mot", 1, "…"),
        ("!" * 12, 5, "!!!!…"),
    ],
)
def test_small_cuts(text, limit, short):
    assert cut(text, limit) == short


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Il dit « oui", True),
        ("Il dit « oui »", False),
        ("“a “b” c", True),
        ("(non", False),
        ("„ja“", False),
        ("»", False),
    ],
)
def test_an_open_quotation_is_seen(text, inside):
    assert ends_inside_quotation(text) is inside


BODY = "<h2>Titre</h2><p>Dakar, le 3 mars 2020</p><p>By Awa Diop</p><p>LOMÉ (Agence) – Le port rouvre.</p>"


def test_the_override_comes_first():
    assert excerpt("Choisi", "Chapô", BODY, LONG) == "Choisi"


def test_then_the_standfirst():
    assert excerpt("  ", "Chapô", BODY, LONG) == "Chapô"


def test_then_the_first_paragraph_that_tells_the_story():
    assert excerpt("", "", BODY, LONG) == "Le port rouvre."


def test_a_story_of_points_only_gives_its_first_point():
    assert (
        excerpt("", "", "<h2>En bref</h2><ul><li>Le port rouvre</li><li>La gare ferme</li></ul>", LONG)
        == "Le port rouvre"
    )


@pytest.mark.parametrize("body", ["", "<h2>Titre</h2>", "<p>Dakar, le 3 mars 2020</p>", "<figure><img></figure>"])
def test_no_text_gives_no_teaser(body):
    assert excerpt("", " \n", body, LONG) == ""


def test_markup_and_entities_in_a_standfirst_are_read_once():
    assert excerpt("", "<p>AT&amp;T <b>gagne</b></p><p>encore</p>", "", LONG) == "AT&T gagne encore"


@pytest.mark.parametrize("text", ["3 < 5 & 7 > 6", "R&D", "a <- b", "&", "<3"])
def test_signs_in_a_plain_standfirst_stay(text):
    assert excerpt("", text, "", LONG) == text


def test_a_dateline_in_the_standfirst_is_dropped_too():
    assert excerpt("", "LOMÉ – Le port rouvre.", "", LONG) == "Le port rouvre."


@given(st.text(), st.text(), st.text(), limits)
def test_any_input_gives_a_text_within_the_limit(override, standfirst, body, limit):
    assert len(graphemes(excerpt(override, standfirst, body, limit))) <= limit
