"""The demo's files: what a first look must find there, and that the texts are set as a newspaper sets them."""

import re

import pytest

from articles import richtext
from articles.models import Article
from articles.models.byline import BylineRole
from articles.slugs import ascii_slug, tag_key
from demo.loading import read_entries

STORIES = read_entries("stories.json")["items"]
BY_ID = {story["id"]: story for story in STORIES}
FIRST = STORIES[0]
TEASERS = {
    "togo-banks-waemu-cross-border-credit": ("16.2%", "WAEMU", "September 2025"),
    "boxcommerce-mastercard-prepaid-cards": ("BoxCommerce", "Mastercard", "prepaid cards"),
    "nigeria-licence-project-kuiper": ("Nigeria", "Project Kuiper", "2026"),
    "togo-microfinance-deposits-second-quarter-2025": ("CFA11.9 billion", "second quarter of 2025"),
    "mauritania-power-plan": ("Mauritania", "power plan"),
    "africa-81-million-tourists-2025": ("81 million tourists", "2025"),
    "cbe-connect-ethiopia-diaspora": ("CBE Connect",),
    "algeria-italy-university-partnerships": ("Algeria", "Italy", "university partnerships"),
    "tvs-motors-egypt-plant": ("TVS Motors", "Egypt"),
    "three-african-films-76th-berlinale": ("Three African films", "76th Berlinale"),
    "ambohimanga-hill-madagascar": ("Ambohimanga", "hill"),
}


def count_words(story):
    return " ".join([story["title"], story["summary"], re.sub(r"<[^>]+>", " ", story["content_html"])])


def published(language=None):
    return [story for story in STORIES if "status" not in story["_newsroom"] and language in (None, story["language"])]


def each_story(test):
    return pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])(test)


def test_there_is_a_section_front_of_stories_in_both_languages():
    assert len(published("en")) >= 20
    assert len(published("fr")) >= 12


def test_every_label_is_used_in_a_published_story():
    used = {story["_newsroom"]["label"] for story in published()}
    assert sorted(set(Article.Label.values) - used) == [], "write a story with this label in demo/data/stories.json"
    assert sorted(used - set(Article.Label.values)) == []


def test_the_desk_is_not_empty():
    waiting = [story["_newsroom"].get("status") for story in STORIES]
    assert [waiting.count(status) for status in ("draft", "review", "scheduled")] == [3, 1, 1]


def test_the_first_story_is_that_of_the_moscow_press_conference():
    body = FIRST["content_html"]
    assert FIRST["authors"] == [{"name": "Moutiou Adjibi Nourou"}]
    assert (body.count("<p>"), body.count("<h2>")) == (8, 1)
    assert "“" in body
    for topic in ("Moscow", "press conference", "February 2022", "anti-terrorist", "elections", "ECOWAS", "sanctions"):
        assert topic in body
    for topic in ("France", "energy", "farming", "exploration", "telecoms"):
        assert topic in body


def test_the_first_story_points_to_five_compact_and_six_long_teasers():
    more = FIRST["_newsroom"]
    assert (len(more["compact"]), len(more["long"])) == (5, 6)
    assert [*more["compact"], *more["long"]] == list(TEASERS)


@pytest.mark.parametrize(("slug", "said"), TEASERS.items())
def test_a_story_behind_a_teaser_says_it_in_its_headline(slug, said):
    assert all(part in BY_ID[slug]["title"] for part in said)
    assert BY_ID[slug]["content_html"].count("<p>") >= 5


def test_the_vocabulary_of_a_body_is_shown():
    bodies = "".join(story["content_html"] for story in published())
    shown = (
        "<table>",
        "<ul>",
        "<ol>",
        "<blockquote>",
        "<figcaption>",
        '<figure class="pullquote">',
        '<a href="https://',
    )
    assert all(element in bodies for element in (*shown, '<figure class="picture">'))


@each_story
def test_the_sanitiser_leaves_a_body_as_it_is(story):
    body = re.sub(r'data-picture="[^"]+"', 'data-image="1" src="/media/images/1.jpg"', story["content_html"])
    stored = richtext.clean(body).replace("\n", "")
    assert re.sub(r' rel="[^"]*"', "", stored) == body


@each_story
def test_a_story_names_what_exists(story):
    more = story["_newsroom"]
    names = {author["name"] for author in read_entries("authors.json")}
    keys = {picture["key"] for picture in read_entries("pictures.json")}
    assert more["section"] in {section["slug"] for section in read_entries("sections.json")}
    assert {author["name"] for author in story["authors"]} <= names
    assert more.get("roles", {}).keys() <= {author["name"] for author in story["authors"]}
    assert set(more.get("roles", {}).values()) <= set(BylineRole.values)
    assert {
        *re.findall(r'data-picture="([^"]+)"', story["content_html"]),
        more.get("picture", FIRST["_newsroom"]["picture"]),
    } <= keys
    assert {more.get("translation_of", FIRST["id"]), *more.get("compact", []), *more.get("long", [])} <= BY_ID.keys()


@each_story
def test_the_address_of_a_story_is_a_slug(story):
    assert ascii_slug(story["id"]) == story["id"]


@each_story
def test_quotation_marks_and_apostrophes_are_curved(story):
    assert not re.search("['\"]", count_words(story))


@pytest.mark.parametrize("story", [s for s in STORIES if s["language"] == "fr"], ids=lambda story: story["id"])
def test_french_signs_keep_their_space_unbroken(story):
    text = count_words(story)
    assert not re.search(r"[ \w][:;!?»%]", text.replace("https:", "")), "a breaking space, or none, before a sign"
    assert not re.search(r"«[^\u00a0]", text)
    assert "“" not in text


@pytest.mark.parametrize("story", published(), ids=lambda story: story["id"])
def test_nothing_unfinished_is_published(story):
    assert not re.search(r"\b(TK|XXX)\b", count_words(story))
    assert story["summary"]
    assert story["tags"]


def test_translations_are_in_another_language():
    pairs = [
        (s["language"], BY_ID[s["_newsroom"]["translation_of"]]["language"])
        for s in STORIES
        if "translation_of" in s["_newsroom"]
    ]
    assert pairs == [("fr", "en")] * 5


def test_tags_and_aliases_never_claim_the_same_name():
    names = [name for tag in read_entries("tags.json") for name in [tag["name"], *tag.get("aliases", [])]]
    assert len({tag_key(name) for name in names}) == len(names)


def test_tags_have_accents_and_the_aliases_that_desks_type():
    tags = {tag["name"]: tag.get("aliases", []) for tag in read_entries("tags.json")}
    assert {"Côte d’Ivoire", "Sénégal", "São Tomé and Príncipe"} <= tags.keys()
    assert ("FCFA" in tags["CFA franc"], "CEDEAO" in tags["ECOWAS"]) == (True, True)
    assert {"BOAD", "WADB"} <= set(tags["West African Development Bank"])
