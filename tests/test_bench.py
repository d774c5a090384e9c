"""The benchmark's parts: its archive, its meters, its reading of /proc. `make bench` itself takes minutes."""

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
from articles.importers.items import Item
from articles.importers.stories import StoryImporter
from articles.models import Section
from tests.bench import archive, load, pages, processes
from tests.bench.__main__ import arguments
from tests.bench.report import report

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
    source = json_lines.read(next(lines), lines)
    sections = {slug: Section.objects.create(slug=slug, name=name) for slug, name in source.names.items()}
    importer = StoryImporter(next(iter(sections.values())), sections, publish=True, by=None)
    entries = list(source.entries)
    assert all(isinstance(entry, Item) for entry in entries)
    for entry in entries:
        importer.write(entry)
    found = pages.addresses()
    assert all(found.values())
    assert all(pages.statements(paths) > 0 for paths in found.values())  # raises for a page that is none


# The meters


@contextmanager
def counting_server():
    """The port of a server that counts, and what it was asked for."""
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
        found = load.put(f"http://127.0.0.1:{port}", ["/one/", "/gone/"], 1, "gzip", own=own)
    assert {path for path, _encoding in asked} == {"/one/", "/gone/"}
    assert {encoding for _path, encoding in asked} == {"gzip"}
    assert 0 <= asked.total() - found.requests <= load.CONNECTIONS
    assert abs(found.failures - found.requests / 2) <= load.CONNECTIONS
    assert 0 < found.p50 <= found.p99
    assert 0.9 < found.seconds < 5


def test_meter_that_finds_no_server_counts_failures_only():
    found = load.put("http://127.0.0.1:9", ["/"], 1, own=True)
    assert (found.requests, found.failures > 0) == (0, True)


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
    with subprocess.Popen([sys.executable, "-c", f"{burn}\ninput()"], stdin=subprocess.PIPE) as child:
        assert child.pid in processes.children(os.getpid())
        deadline = time.monotonic() + 20
        while processes.processor_seconds([os.getpid()]) - after < 0.25:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert processes.memory([child.pid]) > 1
        child.communicate(b"\n")
    assert processes.memory([child.pid]) == 0


# The report


def test_report_compares_with_the_floors_and_tells_growth():
    found = {
        "machine": {"cores": "2", "nginx": "left out: not installed"},
        "connections": 16,
        "archives": [an_archive(1000, 4.0), an_archive(100_000, 5.0)],
        "floors": {"bare Django": a_series(2.0), "ready bytes": a_series(0.5)},
        "publish_to_visible_seconds": [0.1, 0.2, 0.3],
    }
    lines = report(found).splitlines()
    [cold] = [line for line in lines if "beside bare Django" in line]
    assert [cell.strip() for cell in cold.split("|")][2:5] == ["4.0", "2.0", "2.0"]
    assert not any("beside nginx" in line for line in lines)
    [growth] = [line for line in lines if line.startswith("| article") and "→" in line]
    assert [cell.strip() for cell in growth.split("|")][1:5] == ["article", "1.2", "1.2", "3 → 3"]
    assert "- Publish to visible in every process, under load: 0.20 (0.10–0.30) s, 3 times." in lines


def a_series(cpu):
    return {name: [cpu, cpu] for name in ("cpu", "rate", "p50", "p99", "others")} | {"requests": 9, "failures": 0}


def an_archive(stories, cpu):
    return {
        "stories": stories,
        "loaded_a_second": 100.0,
        "queries": {"article": 3},
        "bytes": {"article": {"identity": 14_000, "gzip": 4000, "br": 3500}},
        "cold": {"article": a_series(cpu)},
        "cached": {"article": a_series(cpu)},
        "memory": {"cached": 130.0},
    }


@pytest.mark.parametrize("wrong", [["--stories", "0"], ["--stories", "many"], ["--rounds", "0"], ["--database", "x"]])
def test_wrong_options_are_refused_in_words(monkeypatch, capsys, wrong):
    monkeypatch.setattr("sys.argv", ["bench", *wrong])
    with pytest.raises(SystemExit) as ended:
        arguments()
    assert (ended.value.code, wrong[0].strip("-") in capsys.readouterr().err) == (2, True)
