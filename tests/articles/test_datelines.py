import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.dateline_words import DATELINE_WORDS, DatelineWords
from articles.datelines import aside_pattern, opening_pattern, opens_with_dateline, story_text

OTHERS = [words for code, words in DATELINE_WORDS.items() if code != "de"]
GERMAN = DatelineWords(
    months="Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember",
    weekdays="Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag",
    ordinals=".",
    before_dates="den",
    openers="Der, Die, Das, Ein, Eine",
    published="aktualisiert",
    by="Von",
    captions="Foto, Fotos",
    cross_references="Lesen Sie auch",
)


@pytest.mark.parametrize(
    "dateline",
    [
        "12 novembre 2012. - ",
        "1er novembre 2012. - ",
        "21 septembre 2012, France. - ",
        "12 NOVEMBRE 2012 – ",
        "12 novembre 2012 : ",
        "Lundi 12 novembre 2012 — ",
        "March 3, 2020 — ",
        "3rd of March 2020 - ",
        "12/11/2012 : ",
        "2012-11-12 – ",
        "Publié le 3 mars 2020 à 14h05 — ",
        "Mise à jour — 16:50 (UTC) : ",
        "Dakar, le 3 mars 2020 — ",
        "Dakar, le 3 mars 2020. ",
        "Abidjan, 3 mars 2020 (APA) - ",
        "N’DJAMENA, 3 mars (Agence) — ",
        "Lagos, Monday – ",
        "LAGOS, Nov. 12 (Agency) -- ",
        "LAGOS (Agency) – ",
        "LAGOS—",
        "PORT-AU-PRINCE — ",
        "SÃO TOMÉ - ",
        "ADDIS ABABA, Ethiopia — ",
        "Port-au-Prince (Agence Ecofin) – ",
        "(Agence) - ",
        "(Agence Ecofin) – ",
        "Dakar - ",
        "Cap sur Dakar – ",
        "By Moutiou Adjibi Nourou\n",
        "By Moutiou Adjibi Nourou ",
        "By Moutiou Adjibi Nourou. ",
        "By Moutiou Adjibi Nourou, Lomé – ",
        "Par Awa Diop et Jean de Souza — ",
        "Written by Awa Diop | Dakar\n",
        "By Awa Diop\nDAKAR (Agency) – ",
        "القاهرة (وكالة) - ",
        "12 نوفمبر 2012 - ",
    ],
)
def test_a_dateline_is_not_the_story(dateline):
    assert opens_with_dateline(dateline + "Le port rouvre lundi.")
    assert story_text(dateline + "Le port rouvre lundi.") == "Le port rouvre lundi."


@pytest.mark.parametrize(
    "text",
    [
        "Dakar, le 3 mars 2020",
        "12 novembre 2012.",
        "By Moutiou Adjibi Nourou",
        "Par Awa Diop, correspondante à Lomé",
        "BY AWA DIOP",
        "LAGOS (Agency) –",
        "Photo : Awa Diop",
        "Crédit photo : AD",
        "© Awa Diop",
        "(Photo/AD)",
        "Source: central bank",
        "Lire aussi : le port rouvre",
        "Read also: the port reopens",
    ],
)
def test_a_line_beside_the_story_has_no_story(text):
    assert story_text(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "19 des 20 skippers sont partis.",
        "Le 3 mars 2020, le ministre a signé.",
        "En mars 2020, la banque a fermé.",
        "Mars 2020 a été long.",
        "May 3 was a Sunday.",
        "Dakar, le 3 mars 2020, le ministre a signé.",
        "Addis Ababa – Djibouti trains run again.",
        "Awa Diop (PS) : « Nous verrons. »",
        "Awa Diop – deuxième du classement – abandonne.",
        "Par ailleurs, une page Événements a ouvert.",
        "By Monday, the bank had closed.",
        "By New York standards, rents are low.",
        "Par Saint-Louis, la route est longue de 300 km.",
        "Photographers gathered in Dakar.",
        "Sources close to the bank say no.",
        "UEMOA : les banques prêtent plus.",
        "Covid-19 – Fewer cases this week.",
        "Le ministre - absent lundi - est revenu.",
        "",
    ],
)
def test_a_story_that_only_looks_like_it_stays_whole(text):
    assert story_text(text) == text
    assert not opens_with_dateline(text)


@given(st.text(st.sampled_from("ALe d.,(-–)\n12marsByP'’ ")))
def test_what_is_left_never_opens_with_a_dateline(text):
    assert not opens_with_dateline(story_text(text))


@pytest.mark.parametrize("piece", ["AB", "Ab ", "A’", "AB, ", "By Ab ", "(", "1 mars ", "Ab.-"])
def test_hostile_openings_are_read_in_no_time(piece):
    start = time.process_time()
    story_text(piece * 50_000)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Berlin, 3. März 2026 – Die Bahn fährt wieder.", len("Berlin, 3. März 2026 – ")),
        ("Aktualisiert: Montag, 2. März 2026. Die Bahn fährt wieder.", len("Aktualisiert: Montag, 2. März 2026. ")),
        ("Von Anna Schmidt – Die Bahn fährt wieder.", len("Von Anna Schmidt – ")),
        ("Berlin – Die Bahn fährt wieder.", len("Berlin – ")),
        ("Die Bahn fährt – Der Regen auch.", 0),
    ],
)
def test_a_language_is_added_by_its_words(text, length):
    opening = opening_pattern([*OTHERS, GERMAN]).match(text)
    assert (opening.end() if opening else 0) == length


@pytest.mark.parametrize("text", ["Foto: Anna Schmidt", "Lesen Sie auch: Die Bahn fährt wieder"])
def test_captions_of_an_added_language_are_no_story(text):
    assert aside_pattern([*OTHERS, GERMAN]).match(text)
    assert not aside_pattern(OTHERS).match(text)
