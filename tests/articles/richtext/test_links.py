import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext.links import clean_address, is_external


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://Example.org/A?b=c#d", "http://Example.org/A?b=c#d"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("https://exam\nple.org/", "https://example.org/"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("mailto:awa@example.org?subject=Lom%C3%A9", "mailto:awa@example.org?subject=Lom%C3%A9"),
        ("tel:+228 90 00", "tel:+228%2090%2000"),
        ("/2026/02/01/port/", "/2026/02/01/port/"),
        ("/", "/"),
    ],
)
def test_an_address_that_leads_somewhere_is_kept(address, safe):
    assert clean_address(address) == safe


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "java\x00script:alert(1)",
        "java\u00adscript:alert(1)",
        "java\u200bscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "view-source:https://example.org",
        "ftp://example.org",
        "http:example.org",
        "http:/example.org",
        "http:///example.org",
        "https:\\\\example.org",
        "https://",
        "https://example.org@evil.example",
        "//",
        "/\\evil.example",
        "///evil.example",
        "\\\\evil.example",
        "page.html",
        "?q=1",
        "#note",
        "mailto:",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_every_other_address_is_refused(address):
    assert clean_address(address) == ""


@given(st.text())
def test_a_safe_address_stays_as_it_is(text):
    for address in (text, "https://" + text, "/" + text, "mailto:" + text):
        assert clean_address(clean_address(address)) == clean_address(address)


@pytest.mark.parametrize(("address", "external"), [("https://a.org", True), ("/a", False), ("mailto:a@b.org", False)])
def test_web_addresses_may_be_another_sites(address, external):
    assert is_external(address) is external
