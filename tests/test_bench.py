"""The benchmark's parts: its archive, its meters, its reading of /proc. `make bench` itself takes minutes."""

import html
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from itertools import pairwise

import pytest

from articles.importers import json_lines
from articles.importers.items import ImportedStory
from articles.importers.stories import StoryImporter
from articles.models import Section
from tests.bench import archive, changes, desk, load, pages, processes, rounds
from tests.bench.__main__ import arguments, attempt
from tests.bench.report import report
from tests.bench.servers import Server

# The archive


@pytest.fixture(scope="module")
def stories():
    return [json.loads(line) for line in archive.lines(600)][1:]


def test_archive_is_the_same_each_time_and_another_by_another_seed():
    first = list(archive.lines(20))
    assert first == list(archive.lines(20))
    assert len(set(first) & set(archive.lines(20, seed=2))) == 0


def test_archive_has_the_shape_of_a_news_site(stories):
    words = [sum(block["text"].count(" ") + 1 for block in story["body"]) for story in stories]
    assert 430 < sum(words) / len(words) < 480
    kinds = [Counter(block["t"] for block in story["body"]) for story in stories]
    assert {kind["h2"] for kind in kinds} == {1}
    assert {kind["quote"] for kind in kinds} == {0, 1, 2}
    assert {kind["p"] + kind["quote"] for kind in kinds} == {6, 7, 8}
    assert {len(story["tags"]) for story in stories} == {3, 4, 5, 6}
    assert {len(story["authors"]) for story in stories} == {1, 2}
    assert Counter(story["language"] for story in stories) == {"en": 300, "fr": 300}


def test_archive_fills_ten_years_in_order(stories):
    moments = [story["published"] for story in stories]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert (moments[0][:4], moments[-1][:4]) == ("2016", "2025")


def test_few_tags_have_most_stories(stories):
    uses = Counter(slug for story in stories for slug in story["tags"]).most_common()
    assert uses[0][1] > 0.3 * len(stories)
    assert sum(count == 1 for _slug, count in uses) > 200


def test_every_name_in_the_archive_is_its_own():
    meta = json.loads(next(archive.lines(1)))
    for kind, size in (("sections", 10), ("authors", archive.AUTHORS), ("tags", archive.TAGS)):
        assert len({one["slug"] for one in meta[kind]}) == len({one["name"] for one in meta[kind]}) == size


# Its pages


@pytest.mark.django_db
def test_every_address_that_is_measured_is_a_page(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    lines = archive.lines(30)
    source = json_lines.read_json_lines(next(lines), lines)
    sections = {slug: Section.objects.create(slug=slug, name=name) for slug, name in source.names.items()}
    importer = StoryImporter(next(iter(sections.values())), sections, publish=True, by=None)
    entries = list(source.entries)
    assert all(isinstance(entry, ImportedStory) for entry in entries)
    for entry in entries:
        importer.write(entry)
    found, popular, unpopular = pages.addresses()
    assert all(paths and len(set(paths)) == len(paths) for paths in found.values())
    assert set(found) == set(pages.SHARES)
    assert set(popular) | set(unpopular) == set(found["article"])
    assert not set(popular) & set(unpopular)
    assert all(pages.statements(paths[-3:]) > 0 for paths in found.values())  # raises for a page that is none


def some_pages(unpopular=400):
    paths = {kind: [f"/{kind}-{number}/" for number in range(20)] for kind in pages.SHARES}
    return pages.Pages(paths, paths["article"], [f"/old-{number}/" for number in range(unpopular)], {})


def test_readers_ask_for_everything_and_for_few_pages_most():
    asked = Counter(pages.drawn(some_pages(), 4000, seed=1))
    kinds = Counter()
    for path, count in asked.items():
        kinds[path.strip("/").split("-")[0]] += count
    assert {kind for kind, _count in kinds.most_common(2)} == {"article", "section"}
    assert set(kinds) == {*pages.SHARES, "old"}
    assert asked["/article-0/"] > 5 * asked["/article-15/"] > 0


def test_one_request_in_twenty_is_for_a_story_that_nobody_asked_for():
    asked = Counter(pages.drawn(some_pages(), 4000, seed=1))
    new = [count for path, count in asked.items() if path.startswith("/old-")]
    assert set(new) == {1}
    assert 140 < len(new) < 260


def test_requests_end_with_the_stories_that_nobody_asked_for():
    assert 0 < len(list(pages.drawn(some_pages(unpopular=3), 4000, seed=1))) < 400


# The desk


@pytest.mark.django_db
def test_desk_publishes_and_corrects(monkeypatch, capsys, client):
    Section.objects.create(slug="economy", name="Economy")
    monkeypatch.setattr("sys.stdin", ["publish\n", "correct\n", "publish\n"])
    desk.main()
    published, corrected, another = map(json.loads, capsys.readouterr().out.splitlines())
    assert corrected == published | {"text": f"{published['text']}, corrected"}
    assert another["path"] != published["path"]
    assert corrected["text"] in html.unescape(client.get(published["path"]).content.decode())


def test_change_that_no_process_shows_is_a_failure(monkeypatch):
    monkeypatch.setattr(changes, "LIMIT", 0.1)
    with counting_server() as (port, _asked), pytest.raises(RuntimeError, match="does not show"):
        changes.watch(Server(port, 0), changes.Sights(), "/one/", "bonjour")


def test_change_is_seen_when_every_connection_shows_it():
    with counting_server() as (port, asked):
        sights = changes.Sights()
        assert changes.watch(Server(port, 0), sights, "/one/", "hello") < 5
    assert sights.requests == asked.total() == changes.READERS


# The meters


@contextmanager
def counting_server():
    """Return the port of a server that counts, and the list of what it was asked for."""
    asked = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked[self.path, self.headers.get("Accept-Encoding", "")] += 1
            self.send_response(404 if self.path == "/gone/" else 200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *arguments):
            pass

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 100
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("own", [True, False], ids=["our own", "wrk"])
def test_meter_counts_what_the_server_was_asked(own):
    if not own and not shutil.which("wrk"):
        pytest.skip("wrk is not installed")
    with counting_server() as (port, asked):
        found = load.ask_repeatedly(f"http://127.0.0.1:{port}", ["/one/", "/gone/"], 1, "gzip", own=own)
    assert {path for path, _encoding in asked} == {"/one/", "/gone/"}
    assert {encoding for _path, encoding in asked} == {"gzip"}
    assert 0 <= asked.total() - found.requests <= load.CONNECTIONS
    assert abs(found.failures - found.requests / 2) <= load.CONNECTIONS
    assert 0 < found.p50 <= found.p99
    assert 0.9 < found.seconds < 5


def test_meter_that_finds_no_server_counts_failures_only():
    found = load.ask_repeatedly("http://127.0.0.1:9", ["/"], 1, own=True)
    assert (found.requests, found.failures > 0) == (0, True)


def test_each_page_is_asked_for_once():
    paths = [f"/{number}/" for number in range(50)]
    with counting_server() as (port, asked):
        found = load.ask_once(f"http://127.0.0.1:{port}", paths)
    assert asked == Counter({(path, ""): 1 for path in paths})
    assert (found.requests, found.failures) == (50, 0)


def test_requests_come_at_a_steady_rate():
    with counting_server() as (port, asked):
        found = load.ask_at_rate(f"http://127.0.0.1:{port}", ["/one/"] * 40, rate=50)
    assert asked.total() == found.requests == 40
    assert found.seconds >= 39 / 50


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"]
)
def test_answer_without_its_length_is_a_failure(said):
    with pytest.raises(ValueError, match=r"."):
        load.answer_head(iter(said.splitlines(keepends=True)))


# What processes cost


def test_processor_time_of_children_counts_living_or_ended():
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    before = processes.processor_seconds([os.getpid()])
    subprocess.run([sys.executable, "-c", burn], check=True)
    after = processes.processor_seconds([os.getpid()])
    assert after - before > 0.25
    assert 0 < processes.own_seconds(os.getpid()) <= after
    with subprocess.Popen([sys.executable, "-c", f"{burn}\ninput()"], stdin=subprocess.PIPE) as child:
        assert child.pid in processes.children(os.getpid())
        deadline = time.monotonic() + 20
        while processes.processor_seconds([os.getpid()]) - after < 0.25:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert processes.memory([child.pid]) > 1
        child.communicate(b"\n")
    assert processes.memory([child.pid]) == 0


def test_pages_that_django_renders_are_counted(monkeypatch, tmp_path):
    monkeypatch.setenv("BENCH_RENDERED", str(tmp_path / "rendered"))
    from tests.bench.settings import count_renderings

    middleware = count_renderings(lambda request: f"page of {request}")
    with rounds.rendered(tmp_path) as (environment, count):
        assert environment["BENCH_RENDERED"] == str(tmp_path / "rendered")
        assert [middleware("one"), middleware("two")] == ["page of one", "page of two"]
        assert count() == 2


# The report


def a_row(archive, how, cpu, requests=2000, page="article"):
    figures = {"cpu": cpu, "rate": 9.0, "p50": 1.0, "p99": 2.0, "others": 0.5, "requests": requests, "failures": 0}
    return {"archive": archive, "how": how, "page": page} | figures


def a_mixed_row(archive, cpu):
    return a_row(archive, "mixed", cpu, page="all") | {"hits": 0.5, "visible": [0.1, 0.2, 0.3], "memory": 200.0}


@pytest.fixture
def told(tmp_path):
    """Return the cells of the report on these rows whose line begins like this."""

    def told(rows, start):
        file = tmp_path / "rows"
        heads = [
            {"archive": name, "stories": int(name), "loaded": 100.0, "queries": {"article": 3}}
            for name in ("1000", "100000")
        ]
        file.write_text("".join(json.dumps(row) + "\n" for row in [{"machine": {"cores": "2"}}, *heads, *rows]))
        return [
            [cell.strip() for cell in line.strip("| ").split("|")]
            for line in report(file).splitlines()
            if line.strip("| -").startswith(start)
        ]

    return told


def test_report_compares_with_the_floors_and_tells_growth(told):
    rows = [a_row("", "bare Django", 2.0), a_row("1000", "first time", 8.0), a_row("100000", "first time", 12.0)]
    small, large, growth = told(rows, "article")
    assert (small[1:4], large[1:4]) == (["first time", "8.0", "4.0"], ["first time", "12", "6.0"])
    assert growth[:2] == ["article", "1.5"]


def test_round_with_too_few_requests_is_left_out_and_said(told):
    rows = [a_row("1000", "again", 8.0), a_row("1000", "again", 80.0, requests=4)]
    [line] = told(rows, "article")
    assert line[2] == "8.0"
    assert told(rows, "1 rounds had fewer than 5 requests")


def test_report_tells_the_mixed_load_of_two_versions(told):
    rows = [a_mixed_row("1000", 4.0), a_mixed_row("100000", 8.0), a_mixed_row("1000", 3.0), a_mixed_row("100000", 6.0)]
    assert told(rows, "1000 ")[0][:3] == ["1000", "3.5 (3.0–4.0)", "0.50"]
    assert told(rows, "CPU per request, 1000 against 100000: 0.50.")


def test_what_failed_is_told_beside_what_was_measured(told):
    rows = [a_row("1000", "again", 8.0), {"error": "RemoteDisconnected()"}]
    assert told(rows, "article")
    assert told(rows, "Failed: RemoteDisconnected()")


def test_failure_of_one_part_is_recorded_and_ends_nothing_else():
    recorded = []

    def fail(record):
        raise ConnectionResetError("closed")

    attempt(fail, recorded.append)
    assert recorded == [{"error": "ConnectionResetError('closed')"}]


def test_rounds_of_few_pages_are_put_together():
    rows = [a_row("1000", "first time", cpu, requests=count) for cpu, count in [(10.0, 1), (4.0, 3)]]
    found = rounds.measure_together(rows)
    assert (found["cpu"], found["requests"], found["p99"]) == (5.5, 4, 2.0)


@pytest.mark.parametrize("wrong", [["--stories", "0"], ["--stories", "many"], ["--rounds", "0"], ["--only", "x"]])
def test_wrong_options_are_refused_in_words(monkeypatch, capsys, wrong):
    monkeypatch.setattr("sys.argv", ["bench", *wrong])
    with pytest.raises(SystemExit) as ended:
        arguments()
    assert (ended.value.code, wrong[0].strip("-") in capsys.readouterr().err) == (2, True)
