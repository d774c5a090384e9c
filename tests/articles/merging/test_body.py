"""Two edits of a body, merged element by element."""

import pytest

from articles.merging.body import merge_bodies

BASE = "<p>Un.</p><p>Deux trois quatre.</p><p>Cinq.</p>"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE.replace("Un", "Une"), BASE.replace("Cinq", "Six"), "<p>Une.</p><p>Deux trois quatre.</p><p>Six.</p>"),
        (BASE.replace("<p>Un.</p>", ""), BASE, "<p>Deux trois quatre.</p><p>Cinq.</p>"),
        (
            BASE + "<p>Fin.</p>",
            BASE.replace("Un", "Une"),
            "<p>Une.</p><p>Deux trois quatre.</p><p>Cinq.</p><p>Fin.</p>",
        ),
        (BASE.replace("Un", "Une"), BASE.replace("Un", "Une"), BASE.replace("Un", "Une")),
    ],
)
def test_what_one_side_changed_is_taken(mine, theirs, merged):
    assert "".join(merge_bodies(BASE, mine, theirs)) == merged


def test_what_both_changed_is_one_clash_in_its_place():
    found = list(merge_bodies(BASE, BASE.replace("Un", "Une"), BASE.replace("Un", "Aucun")))
    assert found == [
        ("<p>Un.</p>", "<p>Une.</p>", "<p>Aucun.</p>"),
        "<p>Deux trois quatre.</p>",
        "<p>Cinq.</p>",
    ]


def test_neighbours_that_both_changed_are_read_together():
    mine = BASE.replace("Un", "Une").replace("Cinq", "Six").replace("Deux trois quatre", "A")
    theirs = BASE.replace("Un", "Aucun").replace("Cinq", "Sept").replace("Deux trois quatre", "B")
    [clash] = merge_bodies(BASE, mine, theirs)
    assert clash == (BASE, mine, theirs)
