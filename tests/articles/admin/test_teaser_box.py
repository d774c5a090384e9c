"""How a story's teasers will be cut, in its form."""

import pytest

from articles.admin.teaser_box import previews
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

ASK = "/admin/articles/article/teasers/"


def test_the_editors_words_come_first_then_the_standfirst_then_the_text():
    texts = {"compact_teaser": "Mes mots.", "standfirst": "Le chapeau.", "body": "<p>Le texte.</p>"}
    compact, long = previews(texts)
    assert (compact.text, compact.source) == ("Mes mots.", "your own words")
    assert (long.text, long.source) == ("Le chapeau.", "from the standfirst")
    compact, long = previews({"body": "<p>Le texte.</p>"})
    assert (long.text, long.source) == ("Le texte.", "from the first paragraph")
    assert previews({})[0].source == "nothing to show yet"


def test_each_zone_has_its_limit_and_says_how_full_it_is():
    compact, long = previews({"standfirst": "mot " * 100})
    assert len(compact.text) <= 100 < len(long.text) <= 150
    assert compact.count == f"{len(compact.text)} of 100 characters"


def test_what_falls_away_is_shown_after_the_cut():
    compact, long = previews({"standfirst": "Le marché " + "de la dette " * 9})
    assert compact.text == f"{compact.text.removesuffix('…')}…"
    assert compact.rest.strip().startswith("de la dette")
    assert (long.rest, long.warnings) == ("", "")


@pytest.mark.parametrize(
    ("texts", "warning"),
    [
        ({"standfirst": "Dakar, le 3 mars 2020 — Le port rouvre."}, "It starts with a dateline or byline"),
        ({"compact_teaser": "Il dit : « Nous"}, "It ends inside a quotation."),
        ({"compact_teaser": "mot " * 40}, "Your words are longer than the zone: they are cut."),
    ],
    ids=["dateline", "quotation", "too long"],
)
def test_what_an_editor_may_want_to_mend_is_said(texts, warning):
    assert previews(texts)[0].warnings.startswith(warning)


@pytest.mark.django_db
def test_the_form_shows_what_is_stored_and_after_an_error_what_was_typed(client, awa):
    story = cast.draft(standfirst="Le chapeau.")
    assert client.get(change(story)).context["teasers"][0].text == "Le chapeau."
    response = client.post(change(story), typed(story, standfirst="Un autre.", slug="pas bon"))
    assert response.context["teasers"][0].text == "Un autre."


@pytest.mark.django_db
def test_a_form_being_filled_in_is_answered(client, awa):
    answer = client.post(ASK, {"standfirst": "Le <b>chapeau</b>.", "body": "<p>Un<script>x()</script></p>"})
    assert answer.json()["teasers"][0]["zone"] == "compact"


@pytest.mark.django_db
def test_anything_is_answered(client, awa):
    for data in ({}, {"body": "<" * 10_000}, {"standfirst": "\0"}, {"long_teaser": "👩‍👩‍👧" * 200}):
        assert client.post(ASK, data).status_code == 200
