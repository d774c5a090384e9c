"""Which addresses are measured, and how many queries each takes: `python -m tests.bench.pages`, with a DATABASE_URL.

A process of its own, as Django knows one database a process.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import re
import statistics
import string
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from tests.bench.archive import COMPANIES, PLACES, TOPICS, zipf
from tests.bench.databases import Database

STORIES = 2000  # that are asked for once each
EACH = 200  # addresses of any other kind of page, at most
COUNTED = 10  # addresses of a kind whose queries are counted
SHARES = {  # of all requests, in hundredths: what readers open, by kind
    "front": 10,
    "article": 50,
    "section": 12,
    "tag": 8,
    "author": 4,
    "search": 4,
    "feed": 5,
    "archive": 3,
    "directory": 2,
    "sitemap": 2,
}
NEW_SHARE = 0.05  # of all requests: for stories that nobody has asked for


@dataclass(frozen=True)
class Pages:
    paths: dict[str, list[str]]  # kind of page → different addresses, in random order
    popular: list[str]  # stories, the newest first
    unpopular: list[str]  # other stories
    queries: dict[str, float]  # kind of page → statements for one, median


def find_pages(database: Database) -> Pages:
    command = [sys.executable, "-m", "tests.bench.pages"]
    said = subprocess.run(
        command, cwd=database.code, env=database.environment(), check=True, stdout=subprocess.PIPE
    ).stdout
    return Pages(**json.loads(said))


def drawn(pages: Pages, number: int, seed: int) -> Iterator[str]:
    """Yield this number of requests: kinds by SHARES, in a kind by Zipf's law, NEW_SHARE of new stories.

    Fewer, when all stories have been asked for.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret
    ranked = pages.paths | {"article": pages.popular}
    kinds = [kind for kind in SHARES if ranked[kind]]
    chosen = chance.choices(kinds, [SHARES[kind] for kind in kinds], k=number)
    unasked = iter(chance.sample(pages.unpopular, len(pages.unpopular)))
    for kind in chosen:
        if chance.random() < NEW_SHARE:
            path = next(unasked, "")
            if not path:
                return
            yield path
        else:
            yield ranked[kind][zipf(len(ranked[kind]), chance.random())]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    paths, popular, unpopular = addresses()
    queries = {kind: statements(some[:COUNTED]) for kind, some in paths.items()}
    json.dump(vars(Pages(paths, popular, unpopular, queries)), sys.stdout)


def addresses() -> tuple[dict[str, list[str]], list[str], list[str]]:
    """Return those of each kind of page, popular stories and others: the same for the same archive."""
    from articles.models import Article, Author, Section, Tag

    chance = random.Random(1)  # noqa: S311  nothing secret
    fields = ("slug", "language", "address_date", "publish_at", "changed_at")
    newest = list(Article.objects.visible().order_by("-publish_at", "-pk").only(*fields))
    assert newest, "the archive is empty"
    stories = [story.get_absolute_url() for story in newest]
    popular = stories[: min(STORIES, (len(stories) + 1) // 2)]
    sections = in_languages(lambda _code: Section.objects.order_by("pk"))
    tags = in_languages(lambda code: Tag.objects.in_use(code).order_by("-story_count", "pk"))
    authors = in_languages(lambda _code: Author.objects.published().order_by("pk"))
    lists = [*list_named("front"), *sections, *tags, *authors]
    every = {
        "article": stories,
        "front": list_named("front"),
        "section": sections,
        "tag": tags,
        "author": authors,
        "search": searches(),
        "feed": [f"{path}{ending}" for path in lists for ending in ("feed/", "feed/atom/")],
        "archive": [*list_named("archive"), *months(newest)],
        "directory": [*list_named("authors"), *list_named("tags"), *letters()],
        "sitemap": sitemaps(),
    }
    some = {kind: sample(chance, paths, STORIES if kind == "article" else EACH) for kind, paths in every.items()}
    return some, popular, sample(chance, stories[len(popular) :], 5 * STORIES)


def sample(chance: random.Random, paths: list[str], number: int) -> list[str]:
    """Return all of them in their order, or this number in random order."""
    return paths if len(paths) <= number else chance.sample(paths, number)


def in_languages(nouns: Callable[[str], Iterable[Any]]) -> list[str]:
    """Return the addresses of the nouns of each language, in that language."""
    return [noun.get_absolute_url() for code in languages() for noun in nouns(code)]


def list_named(name: str) -> list[str]:
    """Return the page with this name, in each language."""
    from django.urls import reverse

    return [reverse(name) for _code in languages()]


def languages() -> Iterator[str]:
    """Yield each language, while addresses are made in it."""
    from django.conf import settings
    from django.utils import translation

    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield code


def months(stories: Iterable[Any]) -> list[str]:
    """Return the archive's pages of months and of years."""
    from django.urls import reverse
    from django.utils import timezone

    found = {code: set[datetime.date]() for code in languages()}
    for story in stories:
        found[story.language].add(timezone.localdate(story.publish_at).replace(day=1))
    return [
        path
        for code in languages()
        for path in (
            *(reverse("archive_month", args=[month]) for month in sorted(found[code])),
            *(reverse("archive_year", args=[year]) for year in sorted({month.year for month in found[code]})),
        )
    ]


def letters() -> list[str]:
    return [f"{path}?from={letter}" for path in list_named("tags") for letter in string.ascii_lowercase]


def searches() -> list[str]:
    """Return searches for one word, two words and a company: common words and rare ones."""
    pairs = [f"{topic} {place}" for topic, place in zip(TOPICS, cycle(PLACES), strict=False)]
    words = [*TOPICS, *PLACES, *pairs, *COMPANIES]
    return [f"{path}?{urlencode({'q': text})}" for text in words for path in list_named("search")]


def sitemaps() -> list[str]:
    """Return the index and all that it names."""
    from django.test import Client

    index = "/sitemap.xml"
    text = Client(headers={"host": "localhost"}).get(index).content.decode()
    return [index, *re.findall(r"<loc>https?://[^/<]+([^<]+)</loc>", text)]


def statements(paths: list[str]) -> float:
    """Return the median of statements for one page; each was opened before, so that nothing is asked for the first
    time.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
        assert status == 200, f"{path} answers {status}"
        return len(queries)

    for path in paths:
        count(path)
    return statistics.median(count(path) for path in paths)


if __name__ == "__main__":
    main()
