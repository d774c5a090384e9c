import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.page_cache.conditions import best_encoding, is_known_since, names_etag


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("identity", "identity"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("deflate", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("", "identity"),
    ],
)
def test_the_smallest_that_a_browser_takes(accept, encoding):
    assert best_encoding(accept) == encoding


@given(st.text())
def test_nonsense_is_no_error(text):
    assert best_encoding(text) in ("br", "gzip", "identity")
    assert not names_etag(text, '"a-gzip"') or "*" in text or '"a-gzip"' in text
    is_known_since(text, 0)
