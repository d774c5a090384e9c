"""What changed between two texts: paragraphs matched, moved ones known, words marked inside."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.differences import FoldedPassages, Passage, body_change, list_change, passages, text_change
from articles.text_blocks import StyledWord, parse_blocks

PARAGRAPHS = st.lists(st.text("abc é", min_size=1, max_size=12), max_size=8)


def list_passages(old, new):
    """Return [(change, HTML)] of every passage, folds opened."""
    entries = []
    for passage in body_change("body", old, new).passages:
        for one in passage.passages if isinstance(passage, FoldedPassages) else [passage]:
            entries.append((one.change, "".join(part.html for part in one.parts).strip()))
    return entries


def html(paragraphs):
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def test_words_are_marked_inside_a_rewritten_paragraph():
    assert list_passages("<p>Le port de Lomé rouvre.</p>", "<p>Le port de Cotonou rouvre.</p>") == [
        ("changed", "Le port de <del>Lomé</del> <ins>Cotonou</ins> rouvre.")
    ]


def test_a_paragraph_of_other_words_is_new_and_the_old_one_is_gone():
    old, new = "<p>Le port rouvre.</p><p>Fin.</p>", "<p>La pluie tombe sur Dakar.</p><p>Fin.</p>"
    assert list_passages(old, new) == [
        ("added", "<ins>La pluie tombe sur Dakar.</ins>"),
        ("removed", "<del>Le port rouvre.</del>"),
        ("same", "Fin."),
    ]


def test_a_moved_paragraph_is_shown_as_moved():
    old, new = html(["Un à un.", "Deux.", "Trois."]), html(["Deux.", "Trois.", "Un à un."])
    assert list_passages(old, new) == [
        ("left", "Un à un."),
        ("same", "Deux."),
        ("same", "Trois."),
        ("moved", "Un à un."),
    ]


def test_a_paragraph_may_move_and_change():
    old, new = html(["Un deux trois quatre.", "Fin."]), html(["Fin.", "Un deux trois cinq."])
    assert ("moved", "Un deux trois <del>quatre.</del> <ins>cinq.</ins>") in list_passages(old, new)


def test_formatting_and_addresses_of_links_count():
    old, new = '<p>Voir <a href="https://a.tg">ici</a>.</p>', '<p>Voir <a href="https://b.tg">ici</a>.</p>'
    (entry,) = list_passages(old, new)
    assert "<del>" in entry[1]
    assert 'title="https://b.tg"' in entry[1]
    (entry,) = list_passages("<p>Le port ouvre.</p>", "<p>Le <strong>port</strong> ouvre.</p>")
    assert " <ins><strong>port</strong></ins>" in entry[1]


def test_a_word_is_set_bold_once_however_often_it_is_marked():
    [change] = body_change("body", "", "<p>" + "<strong>a " * 1000 + "</p>").passages
    assert set(change.parts[0].words) == {StyledWord("a", ("strong",))}


def test_no_space_comes_before_the_full_stop_behind_a_link():
    ((_change, text),) = list_passages("", '<p>Voir <a href="https://a.tg">ici</a>.</p>')
    assert text.endswith("</span>.</ins>")


def test_what_was_typed_is_escaped():
    ((_change, text),) = list_passages("", "<p>1 &lt; 2 &amp; <em>3</em></p>")
    assert text == "<ins>1 &lt; 2 &amp; <em>3</em></ins>"


def test_headings_items_quotes_rows_and_pictures_are_blocks_of_their_own():
    body = (
        "<h2>Titre</h2><p>Texte</p><ul><li>un</li><li>deux</li></ul><blockquote><p>Dit</p></blockquote><hr>"
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
        '<figure class="picture"><img data-image="7" src="x" alt="Le port"><figcaption>Lomé</figcaption></figure>'
    )
    assert [(block.kind, " ".join(word.text for word in block.words)) for block in parse_blocks(body)] == [
        ("heading", "Titre"),
        ("paragraph", "Texte"),
        ("item", "un"),
        ("item", "deux"),
        ("quote", "Dit"),
        ("rule", "———"),
        ("row", "a | b |"),
        ("figure", "[Le port] Lomé"),
    ]


def test_long_unchanged_stretches_are_folded_away():
    paragraphs = [f"Paragraphe {number} sur {number * 7}." for number in range(10)]
    shown = body_change("body", html(paragraphs), html([*paragraphs, "Le dernier."])).passages
    assert [type(one) for one in shown] == [FoldedPassages, Passage, Passage]


def test_lists_say_what_came_went_and_moved():
    change = list_change("tags", ["Mali", "Togo", "Zinc"], ["Togo", "Mali", "Or"])
    assert (change.added, change.removed, change.reordered) == (("Or",), ("Zinc",), ("Togo", "Mali", "Or"))
    assert list_change("tags", ["Mali", "Togo"], ["Mali", "Or", "Togo"]).reordered == ()


def test_a_text_says_its_words():
    change = text_change("headline", "Le port ferme", "Le port rouvre")
    assert [(part.op, [word.text for word in part.words]) for part in change.parts] == [
        ("same", ["Le", "port"]),
        ("removed", ["ferme"]),
        ("added", ["rouvre"]),
    ]


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_versions_can_be_read_from_the_difference(old, new):
    """It holds every word of the new one in its order, and every word of the old one somewhere."""
    before, after = list(parse_blocks(html(old))), list(parse_blocks(html(new)))
    told = list(passages(before, after))
    here = [passage for passage in told if passage.change not in ("removed", "left")]
    assert [[w for p in one.parts if p.op != "removed" for w in p.words] for one in here] == [
        list(block.words) for block in after
    ]
    lost = [
        StyledWord(w.text)
        for one in told
        if one.change != "left"
        for p in one.parts
        if p.op != "added"
        for w in p.words
    ]
    assert sorted(lost) == sorted(StyledWord(w.text) for block in before for w in block.words)


@given(PARAGRAPHS)
def test_the_same_text_has_no_difference(paragraphs):
    assert {passage.change for passage in passages(*[list(parse_blocks(html(paragraphs)))] * 2)} <= {"same"}


MANY = 5000  # paragraphs
SECONDS = 10  # of CPU, on a slow machine that is busy too; comparing each with each takes minutes
CHANGES = {
    "one word of each": lambda words, chance: [*words[:9], "autre", *words[10:]],
    "a third of the words of each": lambda words, chance: [
        chance.choice(WORDS) if chance.random() < 0.33 else w for w in words
    ],
    "everything": lambda words, chance: chance.choices(WORDS, k=30),
}
WORDS = [f"mot{number}" for number in range(3000)]


@pytest.mark.parametrize("name", CHANGES)
def test_thousands_of_rewritten_paragraphs_are_compared_in_no_time(name):
    chance = random.Random(1)  # noqa: S311 - the same every time
    old = [chance.choices(WORDS, k=30) for _paragraph in range(MANY)]
    new = [CHANGES[name](words, chance) for words in old]
    before, after = html(map(" ".join, old)), html(map(" ".join, new))
    start = time.process_time()
    told = body_change("body", before, after).passages
    shown = [part.html for passage in told for part in passage.parts]
    assert time.process_time() - start < SECONDS
    assert len(shown) >= MANY


def test_one_rewritten_word_is_marked_in_each_of_many_paragraphs():
    old = [f"La phrase numéro {number} dit ce que dit la phrase {number}." for number in range(1000)]
    new = [text.replace("dit ce", "redit ce") for text in old]
    told = body_change("body", html(old), html(new)).passages
    assert {passage.change for passage in told} == {"changed"}
    assert all([part.op for part in passage.parts] == ["same", "removed", "added", "same"] for passage in told)


def test_rewritten_paragraphs_are_found_where_they_went_in_a_long_text():
    old = [f"Le {number} est le seul de ce nombre ici." for number in range(400)]
    moved = [old[number].replace("seul", "premier") for number in reversed(range(400))]
    told = body_change("body", html(old), html(moved)).passages
    assert not [passage for passage in told if passage.change in ("added", "removed")]
