"""An address is what our own proxies say, never what a visitor says."""

import pytest

from newsroom.visitor import visitor_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "192.0.2.9", "198.51.100.1"),
        (1, "192.0.2.9", "192.0.2.9"),
        (1, "203.0.113.5, 192.0.2.9", "192.0.2.9"),
        (2, "203.0.113.5, 192.0.2.9", "203.0.113.5"),
        (2, "192.0.2.9", "192.0.2.9"),
        (1, "", "None"),
        (1, "unknown", "None"),
        (1, "[::ffff:192.0.2.9]:80", "192.0.2.9"),
    ],
)
def test_the_address_that_our_outermost_proxy_saw_counts(rf, settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert str(visitor_address(request)) == expected
