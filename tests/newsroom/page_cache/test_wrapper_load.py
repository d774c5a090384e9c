"""Many readers at once, many pages, no database: pages are rendered once, memory is bounded, readers get an answer."""

import threading
import time

import pytest
from django.db import connection

from newsroom.page_cache import renderers, wrapper
from tests.articles import cast
from tests.newsroom.page_cache.conftest import come_back_to, until

# No stampede


def at_once(reader, path, count=8):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(reader.get(path))) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_many_who_ask_for_a_missing_page_get_one_rendering(reader):
    reader.site.slowness = 0.3
    answers = at_once(reader, "/")
    assert [answer.status for answer in answers] == [200] * 8
    assert reader.renderings == 1


def test_while_one_makes_a_page_anew_the_others_get_the_old_one(reader, monkeypatch):
    monkeypatch.setattr(wrapper, "STALE_WHILE_RENDERED_SECONDS", 5.0)  # a busy machine is slow, not wrong
    reader.get("/")
    reader.site.slowness = 1.0
    cast.story("Le port ferme")
    time.sleep(0.2)
    answers = at_once(reader, "/")
    assert sorted("Le port ferme" in answer.text for answer in answers) == [False] * 7 + [True]
    assert reader.renderings == 2


def test_but_not_one_that_nobody_asked_for_in_a_while(reader):
    reader.get("/")
    reader.site.slowness = 0.4
    cast.story("Le port ferme")
    time.sleep(wrapper.STALE_WHILE_RENDERED_SECONDS + 0.2)
    assert all("Le port ferme" in answer.text for answer in at_once(reader, "/"))


# Bounded


def test_who_opens_every_page_once_pushes_out_none_that_readers_come_back_to(reader):
    stories = [cast.story(f"Le port ferme {number}") for number in range(12)]
    come_back_to(reader, "/")
    reader.cache.store.high_priority.limit = reader.cache.store.high_priority.size
    reader.cache.store.low_priority.limit = 4 * reader.cache.store.high_priority.size
    for story in stories:
        reader.get(story.get_absolute_url())
    made = reader.renderings
    assert reader.get("/").status == 200
    assert reader.renderings == made


@pytest.mark.parametrize(
    "address",
    ["/search/?q=port+{}", "/tag/port/?before=2026-01-0{}-120000-1", "/tag/?from=b{}", "/rien/{}/", "/tag/{}"],
)
def test_addresses_that_anybody_can_make_up_stay_out_of_the_main_store(reader, address):
    cast.story(tags=["port"])
    come_back_to(reader, "/")
    for number in range(1, 9):
        for _time in range(3):
            reader.get(address.format(number))
    assert len(reader.cache.store.high_priority) == 1


def test_a_page_that_readers_come_back_to_stays_when_it_is_rendered_again(reader):
    come_back_to(reader, "/")
    cast.story("Le port ferme")
    assert until(lambda: "Le port ferme" in reader.get("/").text)
    assert (len(reader.cache.store.high_priority), len(reader.cache.store.low_priority)) == (1, 0)


def test_and_is_rendered_before_what_others_ask_for(reader):
    come_back_to(reader, "/")
    reader.site.slowness = 0.3
    cast.story("Le port ferme")
    searches = [threading.Thread(target=reader.get, args=[f"/search/?q={number}"]) for number in range(20)]
    for search in searches:
        search.start()
    time.sleep(0.2)
    began = time.monotonic()
    assert "Le port ferme" in reader.get("/").text
    assert time.monotonic() - began < 2  # all searches take three seconds
    for search in searches:
        search.join()


def test_memory_is_bounded_and_who_was_not_asked_for_longest_goes(reader):
    stories = [cast.story(f"Le port ferme {number}") for number in range(4)]
    paths = [story.get_absolute_url() for story in stories]
    come_back_to(reader, "/", *paths[:3])
    reader.cache.store.high_priority.limit = reader.cache.store.high_priority.size
    reader.get("/")
    come_back_to(reader, paths[3])
    made = reader.renderings
    reader.get("/")
    assert reader.renderings == made
    reader.get(paths[0])
    assert reader.renderings == made + 1
    assert reader.cache.store.high_priority.size <= reader.cache.store.high_priority.limit


def test_without_memory_each_page_is_made_again_a_few_at_once(reader):
    reader.cache.store.high_priority.limit = 0
    busy, most = [], []

    def slow(environ, start_response):
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.1)
        busy.pop()
        return reader.site(environ, start_response)

    reader.cache.renderers.django = slow
    answers = at_once(reader, "/")
    assert {answer.status for answer in answers} == {200}
    assert (reader.renderings, max(most)) == (len(answers), renderers.RENDERERS)


def test_a_redirect_that_carries_more_is_made_there_too(reader):
    reader.get("/archive")
    names = []
    make = reader.cache.renderers.django
    reader.cache.renderers.django = lambda *asked: names.append(threading.current_thread().name) or make(*asked)
    answer = reader.get("/archive?utm_source=x")
    assert (answer.status, answer.headers["Location"]) == (301, "/archive/?utm_source=x")
    assert [name.startswith("page-renderer") for name in names] == [True]


def test_a_page_that_takes_long_is_shown_when_it_is_there(reader, monkeypatch):
    monkeypatch.setattr(wrapper, "RENDER_TIMEOUT_SECONDS", 0.2)
    reader.site.slowness = 0.6
    assert reader.get("/").status == 200
    assert reader.get("/").status == 200
    assert reader.renderings == 1


# The database is gone


@pytest.fixture
def broken(reader, monkeypatch):
    """Replace the address of the real database by one where there is none."""

    def breaks():
        from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
        from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

        wrapper_class = SQLite if connection.vendor == "sqlite" else PostgreSQL
        gone = {"database": "/nowhere/x.sqlite3"} if connection.vendor == "sqlite" else {"host": "/nowhere"}
        parameters = wrapper_class.get_connection_params
        monkeypatch.setattr(wrapper_class, "get_connection_params", lambda self: parameters(self) | gone)
        connection.close()
        reader.cache.watcher.stop()

    yield breaks
    reader.cache.watcher.stop()
    monkeypatch.undo()


def test_pages_that_are_held_go_on_with_their_true_age(reader, broken):
    began = time.monotonic()
    text = reader.get("/").text
    broken()
    time.sleep(1.1)
    answer = reader.get("/")
    assert (answer.status, answer.text) == (200, text)
    assert 1 <= int(answer.headers["Age"]) <= time.monotonic() - began + 1


def test_a_page_that_is_not_held_is_a_503_that_says_when_to_come_back(reader, broken):
    reader.get("/")
    broken()
    answer = reader.get("/archive/")
    assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (503, "5", "no-store")
    assert answer.text.startswith("This page cannot be shown at the moment.")
    french = reader.get("/fr/archive/")
    assert (french.status, french.headers["Content-Language"]) == (503, "fr")
    assert french.text.startswith("Cette page ne peut pas être affichée pour le moment.")


def test_what_is_too_old_is_not_served(reader, broken, monkeypatch):
    reader.get("/")
    broken()
    monkeypatch.setattr(wrapper, "STALE_IF_ERROR_SECONDS", 0.0)
    assert reader.get("/").status == 503
