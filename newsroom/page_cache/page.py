"""A page as it is kept: compressed, with all its headers ready, what it shows, and when it was known to be true."""

from __future__ import annotations

import gzip
import hashlib

import brotli
from django.utils.http import http_date

from articles import keys
from newsroom.page_cache.conditions import Encoding

HeaderList = list[tuple[str, str]]

# How caches on the way keep a page. Browsers ask each time, which costs them a 304; a shared cache that is not told of
# a change by Surrogate-Key follows within half a minute, and goes on for a day without us.
CACHE_CONTROL = "public, max-age=0, s-maxage={shared}, stale-while-revalidate=10, stale-if-error=86400"
SHARED_MAX_AGE_SECONDS = 30
SHARED_ERROR_MAX_AGE_SECONDS = 5  # of a page that does not exist: it may come
STORABLE_STATUSES = {"200 OK", "301 Moved Permanently", "404 Not Found", "410 Gone"}
REPLACED = {"age", "cache-control", "content-encoding", "content-length", "etag", "last-modified", "vary"}
OVERHEAD = 3000  # bytes of a page besides its text: key, headers, objects
GZIP_LEVEL = 6
BROTLI_QUALITY = 5  # nearly the size of 11, for a tenth of its time


class StoredPage:
    """Made of what Django answered, which is_storable(). Of the same text as the page `before`, it keeps its date."""

    def __init__(
        self,
        status: str,
        headers: HeaderList,
        body: bytes,
        *,
        change: int,
        until: float,
        known_at: float,
        modified: int,
        is_dated: bool,
        before: StoredPage | None = None,
    ) -> None:
        self.status = status
        # Keys of what it shows, separated by spaces. One that names none, such as a redirect, may change with any.
        self.keys = next((value for name, value in headers if name == keys.SURROGATE_KEY), keys.ANY)
        self.change = change  # the number of the last one that it is known to be true after
        self.until = until  # monotonic seconds: true at most until then
        self.known_at = known_at  # monotonic seconds: the last time that it was known to be true
        self.etag = hashlib.blake2b(status.encode() + body, digest_size=12).hexdigest()
        is_same = before is not None and before.etag == self.etag
        self.modified: int = before.modified if before and is_same else modified  # seconds since 1970
        # Whether that second tells it from the page before
        self.is_dated: bool = before.is_dated if before and is_same else is_dated
        self.headers = [*(header for header in headers if header[0].lower() not in REPLACED), *self._caching()]
        self.ready: dict[Encoding, tuple[HeaderList, bytes]] = {}
        self._compressed = gzip.compress(body, GZIP_LEVEL, mtime=0)
        self.form("gzip")

    @property
    def size(self) -> int:
        """Return how many bytes of memory it takes."""
        return OVERHEAD + len(self.keys) + sum(len(body) for _headers, body in self.ready.values())

    @property
    def is_found(self) -> bool:
        return self.status.startswith("2")

    @property
    def is_missing(self) -> bool:
        return self.status.startswith("4")

    @property
    def is_redirect(self) -> bool:
        return self.status.startswith("3")

    def form(self, encoding: Encoding) -> tuple[HeaderList, bytes]:
        """Return (headers, body) in this encoding. Whole text is asked for seldom and not kept."""
        if encoding not in self.ready:
            form = self._form(encoding)
            if encoding == "identity":
                return form
            self.ready[encoding] = form
        return self.ready[encoding]

    def _form(self, encoding: Encoding) -> tuple[HeaderList, bytes]:
        if encoding == "gzip":
            body = self._compressed
        else:
            text = gzip.decompress(self._compressed)
            body = brotli.compress(text, brotli.MODE_TEXT, quality=BROTLI_QUALITY) if encoding == "br" else text
        own = [("ETag", self.tag(encoding)), ("Content-Length", str(len(body)))]
        if encoding != "identity":
            own.append(("Content-Encoding", encoding))
        return [*self.headers, *own], body

    def _caching(self) -> HeaderList:
        shared = SHARED_ERROR_MAX_AGE_SECONDS if self.is_missing else SHARED_MAX_AGE_SECONDS
        return [
            ("Cache-Control", CACHE_CONTROL.format(shared=shared)),
            ("Vary", "Accept-Encoding"),
            ("Last-Modified", http_date(self.modified)),
        ]

    def tag(self, encoding: Encoding) -> str:
        return f'"{self.etag}-{encoding}"'


def is_storable(status: str, headers: HeaderList) -> bool:
    """Return whether everybody gets the same: no cookie, nothing private, nothing that varies within an address."""
    if status not in STORABLE_STATUSES:
        return False
    for name, value in headers:
        match name.lower():
            case "set-cookie" | "content-encoding":
                return False
            case "cache-control" if any(word in value.lower() for word in ("private", "no-store", "no-cache")):
                return False
            case "vary" if {word.strip().lower() for word in value.split(",")} - {"accept-encoding"}:
                return False
    return True
