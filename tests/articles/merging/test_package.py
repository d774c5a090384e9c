"""Two edits of one story: what only one side changed merges by itself, and no clash is decided silently."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.merging import merge_edits
from articles.merging.elements import elements
from tests.articles.merging.bodies import BODY, PARAGRAPH

NAMES = st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=5).map(lambda names: [[ord(n), n] for n in names])
CONTENT = st.fixed_dictionaries(
    {"headline": st.sampled_from(["Un", "Deux", "Trois"]), "section": st.sampled_from([None, [1, "A"]])}
    | {"body": BODY, "tags": NAMES}
)
STORY = {
    "headline": "Le port ferme",
    "standfirst": "À minuit.",
    "body": "<p>Un.</p><p>Deux.</p><p>Trois.</p>",
    "tags": [[1, "Togo"], [2, "Ports"]],
    "authors": [[1, "Awa", "author"]],
}


def merged(mine, theirs, base=STORY):
    return merge_edits(base, base | mine, base | theirs)


@given(CONTENT, CONTENT)
def test_what_one_side_did_stays(base, one):
    for result in (merge_edits(base, one, base), merge_edits(base, base, one), merge_edits(base, one, one)):
        assert result.clashes == ()
        assert result.content == one


@given(CONTENT, CONTENT, CONTENT)
def test_clashes_are_the_same_whoever_comes_first(base, one, other):
    here, there = merge_edits(base, one, other), merge_edits(base, other, one)
    assert {clash.key for clash in here.clashes} == {clash.key for clash in there.clashes}
    assert (
        here.resolved({clash.key: "mine" for clash in here.clashes})["body"]
        == (there.resolved({clash.key: "theirs" for clash in there.clashes})["body"])
    )


@given(CONTENT, CONTENT, CONTENT)
def test_choosing_both_keeps_every_new_paragraph_of_either(base, one, other):
    result = merge_edits(base, one, other)
    body = result.resolved({clash.key: "both" for clash in result.clashes})["body"]
    for side in (one, other):
        assert set(elements(side["body"])) - set(elements(base["body"])) <= set(elements(body))


def test_different_fields_merge():
    result = merged({"headline": "Le port rouvre"}, {"standfirst": "À midi."})
    assert (result.clashes, result.content) == (
        (),
        STORY | {"headline": "Le port rouvre", "standfirst": "À midi."},
    )


def test_different_paragraphs_merge():
    mine, theirs = "<p>Un bis.</p><p>Deux.</p><p>Trois.</p>", "<p>Un.</p><p>Deux.</p><p>Trois bis.</p><p>Quatre.</p>"
    result = merged({"body": mine}, {"body": theirs})
    assert result.clashes == ()
    assert result.content["body"] == "<p>Un bis.</p><p>Deux.</p><p>Trois bis.</p><p>Quatre.</p>"


@given(st.lists(PARAGRAPH, min_size=1, max_size=6, unique=True), st.data())
def test_edits_of_different_paragraphs_never_clash(base, data):
    owners = [data.draw(st.sampled_from(["mine", "theirs", "nobody"])) for _paragraph in base]
    rewritten = [paragraph.replace("<p>", f"<p>{number} ") for number, paragraph in enumerate(base)]

    def side(name):
        chosen = zip(owners, rewritten, base, strict=True)
        return {"body": "".join(new if owner == name else old for owner, new, old in chosen)}

    result = merge_edits({"body": "".join(base)}, side("mine"), side("theirs"))
    expected = [new if owner != "nobody" else old for owner, new, old in zip(owners, rewritten, base, strict=True)]
    assert (result.clashes, result.content["body"]) == ((), "".join(expected))


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("<p>Un bis.</p><p>Deux.</p><p>Trois.</p>", "<p>Un.</p><p>Deux bis.</p>", "<p>Un bis.</p><p>Deux bis.</p>"),
        ("<p>Deux.</p><p>Trois ici.</p>", "<p>Un.</p><p>Deux là.</p><p>Trois.</p>", "<p>Deux là.</p><p>Trois ici.</p>"),
        (
            "<p>Un.</p><p>Deux ici.</p><p>Et plus.</p><p>Trois.</p>",
            "<p>Un.</p><p>Deux.</p><p>Trois là.</p>",
            "<p>Un.</p><p>Deux ici.</p><p>Et plus.</p><p>Trois là.</p>",
        ),
    ],
)
def test_neighbours_merge(mine, theirs, both):
    result = merged({"body": mine}, {"body": theirs})
    assert (result.clashes, result.content["body"]) == ((), both)


def test_neighbours_that_both_changed_are_one_clash():
    mine, theirs = "<p>Un ici.</p><p>Deux ici.</p><p>Trois.</p>", "<p>Un là.</p><p>Deux là.</p><p>Trois.</p>"
    (clash,) = merged({"body": mine}, {"body": theirs}).clashes
    assert (clash.base, clash.mine) == ("<p>Un.</p><p>Deux.</p>", "<p>Un ici.</p><p>Deux ici.</p>")


def test_a_paragraph_that_one_rewrote_and_the_other_took_out_is_a_clash():
    mine, theirs = "<p>Un.</p><p>Deux ici.</p><p>Trois.</p>", "<p>Un.</p><p>Trois.</p>"
    (clash,) = merged({"body": mine}, {"body": theirs}).clashes
    assert (clash.mine, clash.theirs) == ("<p>Deux ici.</p>", "")


def test_one_paragraph_changed_by_both_is_a_clash():
    mine, theirs = "<p>Un.</p><p>Deux ici.</p><p>Trois.</p>", "<p>Un.</p><p>Deux là.</p><p>Trois.</p>"
    result = merged({"body": mine}, {"body": theirs})
    (clash,) = result.clashes
    assert (clash.base, clash.mine, clash.theirs) == ("<p>Deux.</p>", "<p>Deux ici.</p>", "<p>Deux là.</p>")
    assert result.resolved({"body-1": "theirs"})["body"] == theirs
    assert result.resolved({"body-1": "mine"})["body"] == mine
    assert result.resolved({"body-1": "both"})["body"] == "<p>Un.</p><p>Deux là.</p><p>Deux ici.</p><p>Trois.</p>"


def test_one_field_changed_by_both_is_a_clash_and_the_same_change_is_none():
    (clash,) = merged({"headline": "Le port rouvre"}, {"headline": "Le port dort"}).clashes
    assert (clash.key, clash.mine, clash.theirs) == ("headline", "Le port rouvre", "Le port dort")
    assert merged({"headline": "Le port rouvre"}, {"headline": "Le port rouvre"}).clashes == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ([[1, "Togo"], [2, "Ports"], [3, "Mer"]], [[2, "Ports"]], [[2, "Ports"], [3, "Mer"]]),
        ([[3, "Mer"], [1, "Togo"], [2, "Ports"]], [[1, "Togo"], [2, "Ports"], [4, "Or"]], [3, 1, 2, 4]),
        ([[2, "Ports"], [1, "Togo"]], [[1, "Togo"], [2, "Ports"], [4, "Or"]], [2, 4, 1]),
    ],
)
def test_names_that_came_and_went_merge(mine, theirs, both):
    result = merged({"tags": mine}, {"tags": theirs})
    assert result.clashes == ()
    assert [pk for pk, _name in result.content["tags"]] == [one if isinstance(one, int) else one[0] for one in both]


def test_two_orders_of_one_list_are_a_clash():
    base = STORY | {"tags": [[1, "A"], [2, "B"], [3, "C"]]}
    mine, theirs = [[2, "B"], [1, "A"], [3, "C"]], [[1, "A"], [3, "C"], [2, "B"]]
    assert [clash.key for clash in merged({"tags": mine}, {"tags": theirs}, base).clashes] == ["tags"]


def test_two_roles_of_one_author_are_a_clash():
    mine, theirs = [[1, "Awa", "editor"]], [[1, "Awa", "translator"]]
    assert [clash.key for clash in merged({"authors": mine}, {"authors": theirs}).clashes] == ["authors"]


@pytest.mark.parametrize("text", ["<p>Le même.</p>", "<p>Le numéro {}.</p>"])
def test_thousands_of_rewritten_paragraphs_merge_in_no_time(text):
    base = [text.format(number) for number in range(5000)]
    mine = [paragraph.replace("Le", "Un") if number % 2 else paragraph for number, paragraph in enumerate(base)]
    before = time.process_time()
    result = merge_edits({"body": "".join(base)}, {"body": "".join(mine)}, {"body": "".join([*base, "<p>Fin.</p>"])})
    assert time.process_time() - before < 3  # seconds
    assert (result.clashes, result.content["body"]) == ((), "".join([*mine, "<p>Fin.</p>"]))


def test_two_edits_of_one_paragraph_merge_by_words():
    base = {"body": "<p>Le port de Lomé ferme à minuit, dit le directeur.</p>"}
    mine = {"body": "<p>Le grand port de Lomé ferme à minuit, dit le directeur.</p>"}
    theirs = {"body": "<p>Le port de Lomé ferme à minuit, dit la directrice.</p>"}
    result = merge_edits(base, mine, theirs)
    assert (result.clashes, result.content["body"]) == (
        (),
        "<p>Le grand port de Lomé ferme à minuit, dit la directrice.</p>",
    )
