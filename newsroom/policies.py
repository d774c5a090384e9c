"""The Content-Security-Policy of each kind of page: what a browser may load there.

Readers' pages load nothing but our own style and pictures. The desk also runs our own scripts.
"""

import base64
import hashlib
from urllib.parse import urlsplit

from newsroom.csp import CSP, Policy

# The rules for the cursor that the editor's library writes into the page (Tiptap's `injectCSS`).
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def public_policy(media_url: str) -> Policy:
    """Return the policy of readers' pages; pictures also come from `media_url` when that is on another host."""
    return {
        "default-src": [CSP.NONE],
        "style-src": [CSP.SELF],
        "img-src": [CSP.SELF, *origin_of(media_url)],
        "connect-src": [CSP.SELF],  # audits request robots.txt from within a page
        "form-action": [CSP.SELF],
        "base-uri": [CSP.NONE],
        "frame-ancestors": [CSP.NONE],
    }


def desk_policy(media_url: str, inline_script: str) -> Policy:
    """Return the policy of the desk, which has one inline script: the import map of the editor's modules."""
    return {
        **public_policy(media_url),
        "script-src": [CSP.SELF, hash_source(inline_script)],
        "style-src": [CSP.SELF, EDITOR_STYLE],
        # Text pasted from Google Docs says in style attributes what is bold; the editor reads them, then drops them.
        "style-src-attr": [CSP.UNSAFE_INLINE],
        "img-src": [CSP.SELF, "data:", "blob:", *origin_of(media_url)],  # also pictures not yet uploaded
    }


def hash_source(text: str) -> str:
    """Return the source that allows one inline script or style by its text.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def origin_of(url: str) -> list[str]:
    """
    >>> origin_of("https://cdn.example.com/media/"), origin_of("/media/")
    (['https://cdn.example.com'], [])
    """
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
