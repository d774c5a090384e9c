"""A body as blocks of words, as versions are compared."""

import pytest

from articles.text_blocks import parse_blocks


def blocks(html):
    return [(block.kind, [word.text for word in block.words]) for block in parse_blocks(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p>Lomé, port.</p><h2>Suite</h2>", [("paragraph", ["Lomé,", "port."]), ("heading", ["Suite"])]),
        ("<ul><li>un</li><li>deux</li></ul>", [("item", ["un"]), ("item", ["deux"])]),
        ("<blockquote><p>Fin.</p></blockquote>", [("quote", ["Fin."])]),
        ("<p>a</p><hr><p>b</p>", [("paragraph", ["a"]), ("rule", ["———"]), ("paragraph", ["b"])]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", [("row", ["a", "|", "b", "|"])]),
    ],
)
def test_kinds_of_blocks(html, expected):
    assert blocks(html) == expected


def test_a_word_knows_how_it_is_set_and_whether_it_is_glued():
    [block] = parse_blocks('<p>Le <a href="/x/"><strong>port</strong></a>.</p>')
    assert [(word.text, word.marks, word.glued) for word in block.words] == [
        ("Le", (), False),
        ("port", ("a /x/", "strong"), False),
        (".", (), True),
    ]


def test_plain_words_are_one_object():
    words = [word for block in parse_blocks("<p>port port</p><p>port</p>") for word in block.words]
    assert len({id(word) for word in words}) == 1
