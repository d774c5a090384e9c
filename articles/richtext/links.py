"""The addresses that a story may link to."""

import re

URL_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
MAX_LINK_LENGTH = 2000  # characters; longer ones break in browsers and mail

# Browsers leave these out when they read an address, so `java\nscript:` must be read without them too.
IGNORED = re.compile(r"[\x00-\x1F\x7F-\x9F\xAD\u200B-\u200F\u2028-\u202E\u2060\uFEFF]")
ABSOLUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
WITH_HOST = re.compile(r"//[^/\\?#@\s]+(?:[/?#].*)?", re.DOTALL)


def clean_address(address: str) -> str:
    """Return `address` ready for a link: http, https, mailto, tel or a path of this site; "" for everything else.

    >>> clean_address(" HTTPS://example.org/a b "), clean_address("www.example.org"), clean_address("/tag/mali/")
    ('https://example.org/a%20b', 'https://www.example.org', '/tag/mali/')
    >>> clean_address("java\\nscript:alert(1)"), clean_address("page.html"), clean_address("#top")
    ('', '', '')
    """
    address = re.sub(r"\s", "%20", IGNORED.sub("", address).strip())
    if address.lower().startswith("www."):
        address = f"https://{address}"
    elif address.startswith("//"):
        address = f"https:{address}"
    if len(address) > MAX_LINK_LENGTH:
        return ""
    if absolute := ABSOLUTE.fullmatch(address):
        scheme, rest = absolute[1].lower(), absolute[2]
        is_whole = WITH_HOST.fullmatch(rest) if is_external(f"{scheme}:") else rest
        return f"{scheme}:{rest}" if scheme in URL_SCHEMES and is_whole else ""
    is_path = address.startswith("/") and not address.startswith("/\\")
    return address if is_path else ""


def is_external(address: str) -> bool:
    """Return whether a safe address leads to a page that may be another site's."""
    return address.startswith(("http:", "https:"))
