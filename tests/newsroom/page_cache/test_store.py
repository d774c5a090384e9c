"""Pages in memory stay within their bytes, whatever encodings they are asked for in."""

import pytest

from newsroom.page_cache.key import PageKey
from newsroom.page_cache.page import StoredPage
from newsroom.page_cache.store import PageStore


def page(letter="a"):
    return StoredPage("200 OK", [], letter.encode() * 5000, change=1, until=1, known_at=0, modified=0, is_dated=True)


def key(number):
    return PageKey(f"/{number}/", "")


@pytest.fixture
def store():
    return PageStore(3 * page().size)


def test_the_least_recently_used_goes_first(store):
    for number in range(3):
        store.put(key(number), page())
    store.get(key(0))
    store.put(key(3), page())
    assert [key(number) in store for number in range(4)] == [True, False, True, True]


def test_a_page_is_counted_once(store):
    for _time in range(5):
        store.put(key(1), page())
    assert (len(store), store.size) == (1, page().size)
    store.drop(key(1))
    store.drop(key(1))
    assert (len(store), store.size) == (0, 0)


def test_another_encoding_is_counted_but_not_of_a_page_that_is_gone(store):
    held, gone = page(), page("b")
    store.put(key(1), held)
    held.form("br")
    gone.form("br")
    store.recount(key(1), held)
    store.recount(key(1), gone)
    store.recount(key(2), gone)
    assert (len(store), store.size) == (1, held.size)


def test_a_page_that_is_larger_than_the_store_is_not_kept():
    store = PageStore(10)
    store.put(key(1), page())
    assert (len(store), store.size) == (0, 0)
