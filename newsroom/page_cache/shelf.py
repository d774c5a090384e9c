"""The pages that a process holds, bounded in bytes: who was not asked for longest goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict

from newsroom.page_cache.conditions import Encoding
from newsroom.page_cache.key import Key
from newsroom.page_cache.page import Headers, Page


class Shelf:
    def __init__(self, limit: int) -> None:
        self.limit = limit  # bytes
        self.size = 0  # bytes
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()  # with the bytes that were counted
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._take(key)
            if page.size <= self.limit:
                self._pages[key] = page, page.size
                self.size += page.size
            while self.size > self.limit:
                self._take(next(iter(self._pages)))

    def form(self, key: Key, page: Page, encoding: Encoding) -> tuple[Headers, bytes]:
        """The page in this encoding, which may make it larger."""
        if encoding in page.ready:
            return page.ready[encoding]
        form = page.form(encoding)
        with self._lock:
            is_held = key in self._pages and self._pages[key][0] is page
        if encoding != "identity" and is_held:
            self.put(key, page)
        return form

    def drop(self, key: Key) -> None:
        with self._lock:
            self._take(key)

    def _take(self, key: Key) -> None:
        _page, size = self._pages.pop(key, (None, 0))
        self.size -= size
