"""Pages that readers come back to are not pushed out by those that are asked for once."""

import pytest

from newsroom.page_cache.key import PageKey
from newsroom.page_cache.page import StoredPage
from newsroom.page_cache.prioritised_store import PrioritisedStore


def page(status="200 OK"):
    return StoredPage(status, [], b"a" * 5000, change=1, until=1, known_at=0, modified=0, is_dated=True)


@pytest.fixture
def store():
    return PrioritisedStore(8 * page().size)


def crawl(store):
    for number in range(50):
        store.put(PageKey(f"/{number}/", ""), page())


def test_a_page_that_was_asked_for_twice_outlives_a_crawler(store):
    store.put(PageKey("/", ""), page())
    assert store.find(PageKey("/", ""))
    crawl(store)
    assert store.find(PageKey("/", ""))


@pytest.mark.parametrize(
    ("key", "status"), [(PageKey("/search/", "q=a"), "200 OK"), (PageKey("/nothing/", ""), "404 Not Found")]
)
def test_what_anybody_can_make_up_does_not(store, key, status):
    store.put(key, page(status))
    assert store.find(key)
    crawl(store)
    assert store.find(key) is None


def test_a_page_that_is_dropped_is_in_neither_store(store):
    store.put(PageKey("/", ""), page())
    store.find(PageKey("/", ""))
    store.drop(PageKey("/", ""))
    assert store.find(PageKey("/", "")) is None
