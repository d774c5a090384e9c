"""Kill -9 of the real server before each write and around each commit of a request: it is done whole, or not begun."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from itertools import count, groupby

import pytest
from django.contrib.admin.models import LogEntry
from django.db import models
from django.urls import reverse

from articles.models import Article, Autosave, Tag
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import change, pairs, typed
from tests.dying import HEADER
from tests.servers import ROOT, START_TIMEOUT, Browser, environment, free_port, own_database
from tests.wholeness import body, check_counts, check_engine, check_story

pytestmark = pytest.mark.long
NEVER = 0  # the step at which nobody dies
TAGS = ["Togo", "Ports"]


class MortalServer:
    """A server that restarts at once, from a process that has imported everything."""

    def __init__(self, url, folder):
        self.log = (folder / "server.log").open("ab")
        self.source = subprocess.Popen(
            [sys.executable, "-m", "tests.dying"],
            cwd=ROOT,
            env=environment(url, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.group = None

    def start(self):
        self.port = free_port()
        print(self.port, file=self.source.stdin, flush=True)
        self.group = int(self.source.stdout.readline())
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.01)
        pytest.fail("The server does not start")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)

    def close(self):
        if self.group:
            self.kill()
        self.source.stdin.close()
        self.source.stdout.close()
        self.source.wait()
        self.log.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("dying")


@pytest.fixture(scope="module")
def server(folder, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(folder) as url:
        server = MortalServer(url, folder)
        try:
            server.start()
            yield server
        finally:
            server.close()


@pytest.fixture(scope="module")
def awa(server):
    awa = cast.editor()
    awa.browser = Browser(server)
    awa.browser.sign_in("awa")
    return awa


# The stories, each with its own word in every sentence


def draft(awa, word):
    """Return a draft, with text of its form that was stored and not saved."""
    empty = Article(section=cast.section(), language="en")
    content = {
        **empty.stored_content,
        "headline": f"Le port {word}",
        "body": body(word),
        "section": [cast.section().pk, "Finance"],
        "authors": [[cast.author().pk, "Moutiou Adjibi Nourou", "author"]],
        "tags": [[tag.pk, tag.name] for tag in Tag.objects.for_names(TAGS)],
    }
    empty.save_draft(awa, Edit(content))
    story = Article.objects.get(pk=empty.pk)
    kept = {"headline": [f"Le port {word} peut-être"], "key": [word], "version": [str(story.version)]}
    Autosave.objects.keep(story.pk, awa.pk, word, kept)
    return story


def live_with_changes(awa, word):
    story = draft(awa, word)
    story.publish(awa)
    story = Article.objects.get(pk=story.pk)
    story.save_draft(awa, Edit({**story.newest_content, "standfirst": f"À midi, {word}."}))
    return Article.objects.get(pk=story.pk)


# What is asked of the server: where, and the form


def form(story, word, verb):
    new = {"headline": f"Le port {word}bis", "body": body(f"{word}bis"), "standfirst": f"À minuit, {word}."}
    tags = [*(f"id:{tag.pk}" for tag in Tag.objects.for_names(TAGS)), f"new:Neuf {word}"]
    return typed(story, verb=verb, key=word, tags=tags, **new)


def save(story, word):
    return change(story), form(story, word, "save")


def publish(story, word):
    return change(story), form(story, word, "publish")


def autosave_form(story, word):
    return reverse("admin:articles_article_autosave", args=[story.pk]), pairs(form(story, word, "save"))


def keep_first(story, word):
    address, form = autosave_form(story, word)
    return address, [[name, f"{word}-2" if name == "key" else value] for name, value in form]


@pytest.mark.parametrize(
    ("prepared", "asked"),
    [
        (draft, save),
        (draft, publish),
        (live_with_changes, save),
        (draft, autosave_form),
        (draft, keep_first),
    ],
)
def test_at_any_write_a_kill_leaves_all_or_nothing(server, awa, folder, prepared, asked):
    before, done = {}, {}

    def attempt(step):
        """Return whether the server answered, and the state before and after without the story's word."""
        word = f"{prepared.__name__}{asked.__name__}{step:03}".replace("_", "")
        story = prepared(awa, word)
        before[step] = state(story.pk, word)
        address, form = asked(story, word)
        awa.browser.headers = {HEADER: str(step)}
        answered = False
        with contextlib.suppress(OSError, http.client.HTTPException):
            send = awa.browser.post_json if asked in (autosave_form, keep_first) else awa.browser.post
            answer = send(address, form)
            answered = answer.status in (200, 302)
            assert answered, answer.text
        done[step] = state(story.pk, word)
        if not answered:
            server.start()
        return answered

    assert attempt(NEVER)
    assert before[NEVER] != done[NEVER]
    last = next(step for step in count(1) if attempt(step))
    was = ["before" if done[step] == before[step] else done[step] for step in range(1, last + 1)]
    was = ["saved" if found == done[NEVER] else found for found in was]
    print(f"{last} steps")
    assert [found for found, _same in groupby(was)] == ["before", "saved"]
    assert was[-2:] == ["saved", "saved"]  # killed when all but the answer was done, and not killed at all
    for story in Article.objects.order_by("-pk")[: last + 1]:
        check_story(story, [name for _pk, name in story.stored_content["tags"]])
    check_counts()
    check_engine(folder)


def state(story_id, word):
    """Return all that a request may change, except for ids and times."""
    story = Article.objects.select_related("section", "search_entry").get(pk=story_id)
    found = {
        "row": {field.attname: plain(field, getattr(story, field.attname)) for field in Article._meta.fields},
        "address": story.get_absolute_url(),
        "authors": [str(byline) for byline in story.authors_in_order],
        "tags": [tag.name for tag in story.tags_in_order],
        "versions": [
            (
                revision.version,
                revision.event,
                without_tag_ids(revision.content),
                revision.saved_by_id,
                revision.published,
            )
            for revision in story.revisions.order_by("pk")
        ],
        "newest": without_tag_ids(story.newest_content),
        "found by": story.search_entry.words,
        "log": LogEntry.objects.filter(object_id=str(story_id)).order_by("pk").values_list("change_message", "user"),
        "kept": [
            (kept.key, kept.user_id, kept.typed.get("headline"), kept.typed.get("body"))
            for kept in story.autosaves.order_by("pk")
        ],
        "new tag": Tag.objects.filter(name=f"Neuf {word}").exists(),
    }
    found = {name: list(value) if isinstance(value, models.QuerySet) else value for name, value in found.items()}
    return repr(found).replace(word, "mot")


def plain(field, value):
    is_time_or_id = isinstance(field, models.DateTimeField | models.ForeignKey) or field.primary_key
    return bool(value) if is_time_or_id else value


def without_tag_ids(content):
    return {**content, "tags": [name for _pk, name in content["tags"]]}
