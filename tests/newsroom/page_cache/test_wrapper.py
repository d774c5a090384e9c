"""Readers get whole pages at once, true ones, and nobody else's."""

import datetime
import gzip
import time

import brotli
import pytest
from django.db import connection
from django.utils import timezone

from articles import clock
from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast
from tests.newsroom.page_cache.conftest import Reader, come_back_to, until

HEADERS = ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Referrer-Policy", "Content-Language")


# Answered before Django


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_second_answer_does_not_ask_django(reader, method):
    reader.get("/", method)
    assert reader.get("/").status == 200
    assert reader.renderings == 1


def test_head_says_what_get_would_without_the_text(reader):
    whole, head = reader.get("/"), reader.get("/", "HEAD")
    assert (head.headers, head.body) == (whole.headers, b"")


def test_a_cached_answer_has_all_headers_of_the_made_one(reader):
    made = reader.ask(reader.site, "/")
    cached = [reader.get("/"), reader.get("/")][1]
    assert {name: cached.headers[name] for name in HEADERS} == {name: made.headers[name] for name in HEADERS}


@pytest.mark.parametrize(
    ("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)]
)
def test_each_encoding_holds_the_page_and_has_a_strong_tag_of_its_own(reader, encoding, decode):
    plain = reader.ask(reader.site, "/").body
    answer = reader.get("/", accept_encoding=encoding)
    assert decode(answer.body) == plain
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["ETag"].endswith(f'-{encoding}"')
    assert not answer.headers["ETag"].startswith("W/")
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_caches_on_the_way_are_told_how_long(reader):
    said = reader.get("/").headers["Cache-Control"]
    assert said == "public, max-age=0, s-maxage=30, stale-while-revalidate=10, stale-if-error=86400"


# 304


def test_who_has_the_page_is_told_so_in_few_bytes(reader):
    tag = reader.get("/", accept_encoding="gzip").headers["ETag"]
    answer = reader.get("/", accept_encoding="gzip", if_none_match=f'"x", {tag}')
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert "Content-Length" not in answer.headers


def test_the_tag_of_another_encoding_is_another_page(reader):
    tag = reader.get("/", accept_encoding="gzip").headers["ETag"]
    assert reader.get("/", accept_encoding="br", if_none_match=tag).status == 200


def test_who_has_the_date_is_told_so_too(reader):
    date = reader.get("/").headers["Last-Modified"]
    assert reader.get("/", if_modified_since=date).status == 304
    assert reader.get("/", if_modified_since="Wed, 01 Jan 2020 00:00:00 GMT").status == 200
    assert reader.get("/", if_modified_since=date, if_none_match='"x"').status == 200


def test_a_page_made_just_after_a_change_is_not_told_from_the_one_before_by_its_second(reader):
    reader.get("/")
    cast.story("Le port ferme")
    assert until(lambda: "Le port ferme" in reader.get("/").text)
    date = reader.get("/").headers["Last-Modified"]
    assert reader.get("/", if_modified_since=date).status == 200


def test_a_page_that_is_made_again_and_did_not_change_keeps_tag_and_date(reader):
    story = cast.story("Le port ferme")
    before = reader.get(story.get_absolute_url())
    Article.objects.filter(pk=story.pk).update(embargo_until=story.publish_at)
    time.sleep(1.1)
    after = reader.get(story.get_absolute_url())
    assert reader.renderings == 2
    assert [after.headers[name] == before.headers[name] for name in ("ETag", "Last-Modified")] == [True, True]


# What is never stored


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"cookie": "sessionid=x"}),
        ("/", {"cookie": "a=b; csrftoken=x"}),
        ("/", {"authorization": "Basic x"}),
        ("/", {"host": "elsewhere.example"}),
        ("/health/", {}),
        ("/admin/login/", {}),
        ("/share/nonsense/", {}),
    ],
)
def test_these_ask_django_each_time_and_leave_nothing(reader, path, headers):
    for _time in range(2):
        reader.get(path, **headers)
    assert (reader.renderings, len(reader.cache.store.high_priority), len(reader.cache.store.low_priority)) == (2, 0, 0)


def test_a_reader_with_a_cookie_of_another_gets_the_page(reader):
    reader.get("/")
    reader.get("/", cookie="_ga=GA1.2; consent=yes")
    assert reader.renderings == 1


def test_no_stored_page_sets_a_cookie(reader):
    story = cast.story()
    answers = [reader.get(path) for path in ("/", story.get_absolute_url(), "/search/?q=bourse", "/nothing/")]
    assert [answer for answer in answers if "Set-Cookie" in answer.headers] == []
    assert len(reader.cache.store.high_priority) + len(reader.cache.store.low_priority) == 4


def test_what_is_not_there_is_held_apart_from_pages(reader):
    come_back_to(reader, "/")
    for number in range(300):
        assert reader.get(f"/rien/{number}/").status == 404
    assert len(reader.cache.store.high_priority) == 1
    assert reader.cache.store.low_priority.size <= reader.cache.store.low_priority.limit
    assert reader.get("/rien/299/").headers["Cache-Control"].startswith("public, max-age=0, s-maxage=5,")


def test_marks_of_campaigns_make_no_second_page(reader):
    cast.story()
    for mark in ("", "?utm_source=mail", "?fbclid=1&page=1", "?page=nonsense"):
        assert reader.get(f"/{mark}").status == 200
    assert reader.renderings == 1


def test_a_part_of_a_page_is_answered_by_the_whole_page_that_is_stored(reader):
    whole = reader.get("/")
    part = reader.get("/", range="bytes=0-9")
    assert (part.status, part.body, reader.renderings) == (200, whole.body, 1)


def test_a_redirect_carries_on_the_whole_address(reader):
    section = cast.section()
    path = section.get_absolute_url().rstrip("/")
    assert reader.get(path).headers["Location"] == f"{path}/"
    assert reader.get(f"{path}?utm_source=mail").headers["Location"] == f"{path}/?utm_source=mail"


@pytest.mark.parametrize(
    "host", ["LOCALHOST", "localhost.", "localhost:80", "localhost:443", "127.0.0.1", "[::1]:8000"]
)
def test_another_name_of_the_site_makes_no_second_page(reader, host):
    cast.story("Le port ferme")
    page = reader.get("/")
    assert (reader.get("/", host=host).body, reader.renderings) == (page.body, 1)


def test_whichever_name_is_asked_for_first_the_page_is_that_of_the_site(reader, settings):
    settings.ALLOWED_HOSTS = ["*"]
    cast.story()  # whose time the feed tells, where an empty one tells the time now
    pages = [Reader().get("/feed/", host=host).text for host in ("alias.example:443", "localhost:8000")]
    assert "alias.example" not in pages[0]
    assert pages[0] == pages[1]


# Invalidated by changes and by time


def test_a_publication_is_seen_soon(reader):
    draft, chief = cast.draft("Le port ferme"), cast.editor()
    reader.get("/")
    draft.publish(chief)
    assert until(lambda: "Le port ferme" in reader.get("/").text)


def test_a_save_of_a_draft_makes_no_page_again(reader):
    draft = cast.draft("Le port ferme")
    reader.get("/")
    Article.objects.filter(pk=draft.pk).update(headline="Le port rouvre")
    time.sleep(0.3)
    reader.get("/")
    assert reader.renderings == 1


@pytest.mark.parametrize("path", ["/fr/author/awa/", "/fr/author/awa/feed/", "/fr/tag/ports/feed/"])
def test_an_empty_page_goes_with_the_story_in_another_language_that_it_is_there_for(reader, path):
    story = cast.story("Le port ferme", authors=[cast.author("Awa Ndiaye", "awa")], tags=["Ports"])
    assert reader.get(path).status == 200
    story.withdraw(cast.editor())
    assert until(lambda: reader.get(path).status == 404)


def test_an_empty_feed_goes_with_the_tag_of_a_story_in_another_language(reader):
    story = cast.story("Le port ferme", tags=["Ports"])
    assert reader.get("/fr/tag/ports/feed/").status == 200
    story.set_tags([])
    assert until(lambda: reader.get("/fr/tag/ports/feed/").status == 404)


@pytest.mark.parametrize("moment", ["begins", "ends", "due"])
def test_pages_change_by_themselves_at_the_moment(reader, monkeypatch, moment):
    monkeypatch.setattr(clock, "_offset", clock.difference())  # whatever the watcher of another test has measured
    story = cast.story("Le port ferme", hours_ago=2)
    soon = timezone.now() + datetime.timedelta(seconds=2.5)
    match moment:
        case "begins":
            Article.objects.filter(pk=story.pk).update(publish_at=soon)
        case "ends":
            Article.objects.filter(pk=story.pk).update(unpublish_at=soon)
        case "due":
            story.schedule_changes(cast.editor(), soon, Edit({**story.newest_content, "headline": "Le port rouvre"}))
    before = reader.get("/").text
    assert timezone.now() < soon
    assert until(lambda: reader.get("/").text != before, seconds=5)


@pytest.mark.only_on("postgresql")
def test_a_machine_whose_clock_is_fast_shows_no_story_early(reader, monkeypatch):
    really = timezone.now
    story = cast.draft("Le port rouvre")
    story.publish(None, at=really() + datetime.timedelta(seconds=60))
    for place, name in ((timezone, "now"), (clock, "_read_own_clock")):
        monkeypatch.setattr(place, name, lambda: really() + datetime.timedelta(seconds=90))
    monkeypatch.setattr(clock, "_offset", datetime.timedelta())
    connection.close()
    assert "Le port rouvre" not in reader.get("/").text
    Article.objects.filter(pk=story.pk).update(publish_at=really())
    assert until(lambda: "Le port rouvre" in reader.get("/").text, seconds=20)
    reader.cache.watcher.stop()  # while the clocks are still those of this test
