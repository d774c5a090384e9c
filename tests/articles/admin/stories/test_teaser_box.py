"""How a story's teasers will be cut, in its form."""

import pytest

from articles.admin.stories.teaser_box import preview_teasers
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

ASK = "/admin/articles/article/teasers/"


def test_the_editors_words_come_first_then_the_standfirst_then_the_text():
    texts = {"compact_teaser": "Mes mots.", "standfirst": "Le chapeau.", "body": "<p>Le texte.</p>"}
    compact, long = preview_teasers(texts)
    assert (compact.text, compact.source) == ("Mes mots.", "your own text")
    assert (long.text, long.source) == ("Le chapeau.", "from the standfirst")
    compact, long = preview_teasers({"body": "<p>Le texte.</p>"})
    assert (long.text, long.source) == ("Le texte.", "from the first paragraph")
    assert preview_teasers({})[0].source == "nothing to show yet"


def test_each_zone_has_its_limit_and_says_how_full_it_is():
    compact, long = preview_teasers({"standfirst": "mot " * 100})
    assert len(compact.text) <= 100 < len(long.text) <= 150
    assert compact.count == f"{len(compact.text)} of 100 characters"


def test_it_shows_where_the_text_is_cut_and_what_falls_away():
    compact, long = preview_teasers({"standfirst": "L’État emprunte à Abidjan pour payer les routes. " * 3})
    assert compact.text.removesuffix("…") + compact.rest == long.text.removesuffix("…") + long.rest
    assert (compact.text[-1], compact.rest[:1]) == ("…", ".")
    assert [preview.rest for preview in preview_teasers({"standfirst": "Le chapeau."})] == ["", ""]


def warnings(**texts):
    return preview_teasers(texts)[0].warnings


def test_a_teaser_that_reads_well_has_no_warning():
    assert warnings(standfirst="Le marché reprend. " * 20, body="<p>DOUALA, 3 mars – Le marché.</p>") == []


def test_a_dateline_in_a_field_is_warned_about():
    dateline = "It starts with a dateline, which is left out."
    assert warnings(standfirst="(Agence) – Le marché de la dette reprend.") == [dateline]
    assert warnings(compact_teaser="Lomé, le 3 mars 2026 – Le port.", standfirst="Le chapeau.") == [dateline]
    assert warnings(compact_teaser="Le port.", standfirst="Lomé, le 3 mars 2026 – Le chapeau.") == []


def test_a_quotation_that_does_not_end_in_the_teaser_is_warned_about():
    inside = "It ends inside a quotation."
    assert warnings(standfirst="« Nous avons emprunté, " + "et encore emprunté " * 10 + "»") == [inside]
    assert warnings(compact_teaser="Il a dit : « Nous partons.") == [inside]
    assert warnings(standfirst="Il a dit : « Nous partons. »") == []


def test_own_words_that_are_too_long_are_warned_about():
    assert warnings(compact_teaser="mot " * 60) == ["Your own text is too long for this place: it will be cut."]
    assert warnings(standfirst="mot " * 60) == []


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
