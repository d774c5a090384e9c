"""Pages in two stores, so that a crawler of the whole site pushes out no page to which readers return.

A page begins in the low-priority store, and moves on when it is requested again. Searches, pages further down a list
and what is not there stay behind: anybody can ask for as many of those as they like.
"""

from __future__ import annotations

from newsroom.page_cache.key import PageKey
from newsroom.page_cache.page import StoredPage
from newsroom.page_cache.store import PageStore

LOW_PRIORITY_SHARE = 4  # of this number of parts of the memory, one is for pages that were requested once


class PrioritisedStore:
    def __init__(self, size: int) -> None:
        """Take `size` bytes of memory for pages."""
        self.low_priority = PageStore(size // LOW_PRIORITY_SHARE)
        self.high_priority = PageStore(size - self.low_priority.limit)

    def find(self, key: PageKey) -> StoredPage | None:
        page = self.high_priority.get(key)
        if page is None and (page := self.low_priority.get(key)) and is_lasting(key, page):
            self.low_priority.drop(key)
            self.high_priority.put(key, page)
        return page

    def put(self, key: PageKey, page: StoredPage) -> None:
        store = self.high_priority if key in self.high_priority and is_lasting(key, page) else self.low_priority
        self.drop(key)
        store.put(key, page)

    def drop(self, key: PageKey) -> None:
        self.high_priority.drop(key)
        self.low_priority.drop(key)

    def recount(self, key: PageKey, page: StoredPage) -> None:
        """Count the page's bytes again in its store: another encoding has made it larger."""
        self.high_priority.recount(key, page)
        self.low_priority.recount(key, page)


def is_lasting(key: PageKey, page: StoredPage) -> bool:
    """Return whether the number of such pages is limited by that of the site's stories, tags, authors and days."""
    return page.is_found and not key.is_open_ended
