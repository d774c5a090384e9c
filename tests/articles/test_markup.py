import time

import pytest

from articles.markup import EndTag, StartTag, decoded, escaped, quoted, tokens


def test_tags_and_decoded_text_come_in_order():
    assert list(tokens("a&amp;b<P CLASS=x>c</p >d<br/>")) == [
        "a&b",
        StartTag("p", " CLASS=x"),
        "c",
        EndTag("p"),
        "d",
        StartTag("br", "/"),
    ]


def test_comments_and_declarations_are_left_out():
    assert list(tokens("<!doctype html>a<!-- <b> -->b<![if x]>c<?xml?>d<![endif]--><!-- open <p>")) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_a_sign_that_opens_no_tag_is_text():
    assert "".join(tokens("1 < 2 <3 << <- <b")) == "1 < 2 <3 << <- <b"


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        ("<a href=/x>", {"href": "/x"}),
        ("<a HREF = '/x' title=\"a > b\" hidden>", {"href": "/x", "title": "a > b", "hidden": ""}),
        ('<a href="/?a=1&amp;b=2">', {"href": "/?a=1&b=2"}),
        ("<a href=1 href=2>", {"href": "1"}),
        ("<o:p data-x-y=1/>", {"data-x-y": "1/"}),
        ("<br/>", {}),
    ],
)
def test_attributes_are_read_as_browsers_do(source, attributes):
    (tag,) = tokens(source)
    assert tag.attributes == attributes


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&eacute;&#233;&#xE9;", "ééé"),
        ("&amp;lt;", "&lt;"),
        ("AT&T &nosuch; &", "AT&T &nosuch; &"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
        ("&#xD800;&#0;", "\ufffd\ufffd"),
    ],
)
def test_references_are_decoded_once(text, plain):
    assert decoded(text) == plain


def test_what_is_escaped_is_read_back():
    text = """<a href="x">&amp; 'b'</a>"""
    assert "".join(tokens(escaped(text))) == text
    assert next(tokens(f'<p title="{quoted(text)}">')).attributes == {"title": text}


@pytest.mark.parametrize("piece", ["<", "<a ", '<a "', "<a '\"", "<!--", "</", "<![", "&", "&#1", "<a =", "<a x="])
def test_hostile_html_is_read_in_linear_time(piece):
    start = time.process_time()
    for token in tokens(piece * (1_000_000 // len(piece)) + ">"):
        assert isinstance(token, str) or token.attributes is not None
    assert time.process_time() - start < 10
