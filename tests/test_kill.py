"""Kill -9 of the real server while editors save and publish: what was answered is kept whole, nothing is half done."""

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field

import pytest

from articles.models import Article, Revision, Tag
from tests.articles import cast
from tests.servers import Browser, own_database, started
from tests.wholeness import body, check_counts, check_engine, check_readers, check_story

ROUNDS = 4  # kills
ROUND = (0.3, 0.9)  # seconds of work before a kill is due, once a save was answered
PATIENCE = 30  # seconds that a busy machine may take to answer the first save
FLIGHT = 0.04  # seconds at most from the beginning of a save to the kill
WRITERS = 2


@pytest.fixture
def server(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(tmp_path) as url, started(url, tmp_path) as server:
        yield server


# The editors


@dataclass
class Save:
    """A button that an editor pressed."""

    verb: str
    text: str  # in its headline and in each paragraph of its body, and nowhere else
    story: int | None = None
    answered: bool = False


@dataclass
class Writer:
    """An editor who writes, publishes, changes, withdraws and begins again, whatever happens."""

    browser: Browser
    name: str
    chosen: dict  # the form's section, authors and tags
    saves: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)
    story: int | None = None

    def work(self, until):
        """Work until the event, or until the server is gone."""
        try:
            while not until.is_set():
                self.save()
        except (OSError, http.client.HTTPException):
            return
        except Exception as fault:  # noqa: BLE001  said by the test, not by its thread
            self.faults.append(fault)

    def save(self):
        where, form = "/admin/articles/article/add/", {"version": "1"}
        verbs = ["save"]
        if self.story:
            where = f"/admin/articles/article/{self.story}/change/"
            page = self.browser.get(where).text
            form = {"version": re.search(r'name="version" value="(\d+)"', page)[1]}
            offered = re.findall(r'<button type="submit" name="_(\w+)"', page)
            verbs = [verb for verb in offered if verb in ("save", "publish", "publish_changes", "withdraw")]
        save = Save(random.choice(verbs), f"{self.name}{len(self.saves)}", self.story)  # noqa: S311
        self.saves.append(save)
        form |= {"headline": f"Le port {save.text}", "body": body(save.text), "language": "en", "label": "news"}
        form |= {"standfirst": "", "anyway": "1", f"_{save.verb}": "confirmed", **self.chosen}
        self.begun.set()
        answer = self.browser.post(where, form)
        assert answer.status == 302, answer.text
        save.story = self.story = int(re.search(r"/article/(\d+)/change/", answer.location)[1])
        save.answered = True
        self.answered.set()
        if save.verb == "withdraw":
            self.story = None


@pytest.mark.long
def test_nothing_is_lost_or_half_done_when_the_server_is_killed(server, tmp_path):
    seed = random.randrange(10**6)  # noqa: S311
    print(f"random.seed({seed})")
    random.seed(seed)
    cast.editor()
    chosen = {"section": cast.section().pk, "authors": [f"id:{cast.author().pk}"]}
    chosen["tags"] = [f"id:{Tag.objects.create_named(name).pk}" for name in ("Togo", "Ports")]
    writers = [Writer(Browser(server), f"mot{letter}", chosen) for letter in "ab"[:WRITERS]]
    for writer in writers:
        writer.browser.sign_in("awa")
    for _round in range(ROUNDS):
        work_until_killed(server, writers)
        server.start()
        for writer in writers:
            writer.story = standing(writer)
    assert [fault for writer in writers for fault in writer.faults] == []
    saves = [save for writer in writers for save in writer.saves]
    print(f"{sum(save.answered for save in saves)} of {len(saves)} saves were answered")
    assert sum(save.answered for save in saves) >= ROUNDS
    check_answered(saves)
    for story in Article.objects.all():
        check_story(story)
        check_readers(story, Browser(server))
    check_counts()
    check_engine(tmp_path)


def work_until_killed(server, writers):
    stop = threading.Event()
    threads = [threading.Thread(target=writer.work, args=[stop]) for writer in writers]
    for thread in threads:
        thread.start()
    one = random.choice(writers)  # noqa: S311
    one.answered.clear()
    assert one.answered.wait(PATIENCE)
    time.sleep(random.uniform(*ROUND))  # noqa: S311
    one.begun.clear()
    one.begun.wait(5)
    time.sleep(random.uniform(0, FLIGHT))  # noqa: S311
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def standing(writer):
    """Return the story that the writer continues with: none when the last save, answered or not, withdrew it."""
    return writer.story if Article.objects.filter(pk=writer.story).exclude(status="withdrawn").exists() else None


def check_answered(saves):
    revisions = list(Revision.objects.all())
    for save in saves:
        kept = [revision for revision in revisions if revision.stored["headline"] == f"Le port {save.text}"]
        assert len(kept) <= 1, save
        if save.answered:
            assert kept, save
            assert kept[0].article_id == save.story
        for revision in kept:
            assert revision.content["body"] == body(save.text), save
            assert [name for _pk, name, _role in revision.content["authors"]] == ["Moutiou Adjibi Nourou"]
            assert [name for _pk, name in revision.content["tags"]] == ["Togo", "Ports"]
