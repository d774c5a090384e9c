"""Nothing long that somebody sends stays in memory: in no cache of ours, of Django's or of Python's."""

import gc
import logging

import pytest
from django.urls import reverse

from newsroom.dispatch import Dispatcher
from tests.articles import cast
from tests.newsroom.page_cache.conftest import Reader
from tests.rsgi import run_in_thread, send_request

CANARY = "kanarienvogel"
HEADERS = (
    "accept",
    "accept_encoding",
    "accept_language",
    "if_modified_since",
    "if_none_match",
    "origin",
    "range",
    "referer",
) + ("user_agent", "x_csrftoken", "x_forwarded_for", "x_forwarded_host", "x_requested_with", CANARY)
DECISIVE_HEADERS = ("authorization", "content_type", "cookie", "host", "x_forwarded_proto")
PARAMETERS = ("q", "section", "author", "tag", "year", "order", "page", "before", "from", "next", "utm_source", CANARY)
PATHS = ("/", "/search/", "/tag/", "/tag/port/", "/2026/03/", "/feed/", "/sitemap.xml", "/admin/login/")
FIELDS = ("login", "password", "next", "csrfmiddlewaretoken", CANARY)


@pytest.fixture(autouse=True)
def _silent():
    """Silence the log, because what pytest captures of it holds the requests."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def count_kept(canary=CANARY):
    """Return the number of characters of all texts in memory that contain this one."""
    gc.collect()
    texts = {id(text): text for holder in gc.get_objects() for text in gc.get_referents(holder) if type(text) is str}
    return sum(len(text) for text in texts.values() if canary in text)


def test_of_a_strangers_headers_and_parameters(transactional_db):
    cast.story(tags=["port"])
    reader = Reader()
    site = Dispatcher(reader.site, reader.cache)
    before = count_kept()

    async def attack():
        for path in PATHS:
            long = f"{CANARY},fr-{CANARY}-{path}, " * 40
            await send_request(site, path, **dict.fromkeys(HEADERS, long))
            for name in DECISIVE_HEADERS:
                await send_request(site, path, **{name: long}, accept_language=long)
            await send_request(site, path, cookie=f"django_language=fr-{long}; sessionid={long}; csrftoken={long}")
            for name in PARAMETERS:
                await send_request(site, f"{path}?{name}={long}")
            await send_request(site, f"{path}{long}/")
            await send_request(site, f"/fr-{long}{path}")

    run_in_thread(attack())
    reader.cache.watcher.stop()
    reader.site.asked.clear()
    for store in (reader.cache.store.high_priority, reader.cache.store.low_priority):  # those are bounded in bytes
        for key in list(store._pages):
            store.drop(key)
    assert count_kept() - before < 10_000


@pytest.mark.django_db
def test_of_a_strangers_form(client):
    before = count_kept()
    for number, name in enumerate(FIELDS):
        client.post("/admin/login/", {"login": "awa", "password": "x", name: f"http://{number}" + CANARY * 40_000})
    assert count_kept() - before < 10_000


@pytest.mark.django_db
def test_of_the_forms_of_the_desk(client):
    story = cast.story(tags=["port"])
    client.force_login(cast.editor())
    before = count_kept()
    for address in (reverse("admin:articles_article_change", args=[story.pk]), "/admin/articles/author/add/"):
        names = list(client.get(address).context["adminform"].form.fields)
        for separator in ("", " "):
            fields = dict.fromkeys(names, (CANARY + separator) * 40_000)
            client.post(address, fields | {"_save": "1"})
    del fields
    assert count_kept() - before < 10_000
