"""Which answers may be stored, and which headers a stored page is sent with."""

import gzip

import brotli
import pytest

from newsroom.page_cache.page import StoredPage, is_storable


def stored(body=b"<p>Lom\xc3\xa9</p>", status="200 OK", modified=0, before=None, headers=()):
    return StoredPage(
        status, list(headers), body, change=1, until=1, known_at=0, modified=modified, is_dated=True, before=before
    )


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("500 Internal Server Error", []),
        ("200 OK", [("Set-Cookie", "a=b")]),
        ("200 OK", [("Cache-Control", "Private")]),
        ("200 OK", [("Cache-Control", "no-store")]),
        ("200 OK", [("Vary", "Accept-Encoding, Cookie")]),
        ("200 OK", [("Content-Encoding", "gzip")]),
    ],
)
def test_what_is_not_for_everybody_is_not_stored(status, headers):
    assert not is_storable(status, headers)


@pytest.mark.parametrize("status", ["200 OK", "301 Moved Permanently", "404 Not Found", "410 Gone"])
def test_what_everybody_gets_is_stored(status):
    assert is_storable(status, [("Vary", "Accept-Encoding"), ("Cache-Control", "max-age=10")])


@pytest.mark.parametrize(
    ("encoding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("identity", bytes)]
)
def test_each_encoding_holds_the_text_and_says_how_long_it_is(encoding, decode):
    headers, body = stored().form(encoding)
    assert decode(body) == b"<p>Lom\xc3\xa9</p>"
    assert dict(headers)["Content-Length"] == str(len(body))


def test_the_same_text_keeps_its_date():
    before = stored(modified=100)
    assert stored(modified=200, before=before).modified == 100
    assert stored(b"<p>Cotonou</p>", modified=200, before=before).modified == 200


def test_a_page_without_keys_may_change_with_anything():
    assert stored(status="301 Moved Permanently").keys == "any-change"
    assert stored(headers=[("Surrogate-Key", "story-1")]).keys == "story-1"
