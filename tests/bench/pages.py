"""Which addresses are measured, and how many queries each takes: `python -m tests.bench.pages`, with a DATABASE_URL.

A process of its own, as Django knows one database a process.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.databases import Database

ROOT = Path(__file__).resolve().parents[2]
EACH = 20  # addresses of a kind of page; of stories five times as many
SEARCHES = (
    "customs",
    "port authority",
    "licence",
    "Lagos",
    "banque centrale",
    "récolte",
    "“second runway”",
    "Baba Cargo",
)


@dataclass(frozen=True)
class Pages:
    paths: dict[str, list[str]]  # kind of page → addresses
    queries: dict[str, float]  # kind of page → statements for one, median
    newest: int  # the number of the newest story in the site's first language
    newest_path: str


def of(database: Database) -> Pages:
    command = [sys.executable, "-m", "tests.bench.pages"]
    said = subprocess.run(command, cwd=ROOT, env=database.environment(), check=True, stdout=subprocess.PIPE)
    return Pages(**json.loads(said.stdout))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.models import Article

    paths = addresses()
    newest = Article.objects.visible().filter(language="en").order_by("-publish_at").first()
    assert newest, "the archive is empty"
    found = Pages(
        paths, {kind: statements(those) for kind, those in paths.items()}, newest.pk, newest.get_absolute_url()
    )
    json.dump(vars(found), sys.stdout)


def addresses() -> dict[str, list[str]]:
    """The same for the same archive."""
    from django.urls import reverse

    from articles.models import Article, Section

    chance = random.Random(1)  # noqa: S311  nothing secret
    stories = Article.objects.visible()
    numbers = list(stories.order_by("pk").values_list("pk", flat=True))
    chosen = stories.filter(pk__in=chance.sample(numbers, min(5 * EACH, len(numbers)))).order_by("pk")
    english = chosen.filter(language="en")
    tags = unique(tag for story in english for tag in story.tags.all())
    authors = unique(author for story in english for author in story.authors.all())
    return {
        "article": [story.get_absolute_url() for story in chosen],
        "front": [reverse("front"), "/fr/"],
        "section": [section.get_absolute_url() for section in Section.objects.order_by("pk")],
        "tag": [tag.get_absolute_url() for tag in chance.sample(tags, min(EACH, len(tags)))],
        "author": [author.get_absolute_url() for author in authors[:EACH]],
        "search": [f"{reverse('search')}?{urlencode({'q': words})}" for words in SEARCHES],
        "feed": [reverse("feed"), "/fr/feed/"],
        "sitemap": sitemaps(),
    }


def unique(things: Iterable[Any]) -> list[Any]:
    """Each once, in the order of their numbers."""
    return [thing for _number, thing in sorted({thing.pk: thing for thing in things}.items())]


def sitemaps() -> list[str]:
    """The index, and up to two of the parts that it names."""
    import re

    from django.test import Client

    index = "/sitemap.xml"
    text = Client(headers={"host": "localhost"}).get(index).content.decode()
    parts = re.findall(r"<loc>https?://[^/<]+([^<]+)</loc>", text)
    return [index, *parts[-2:]]


def statements(paths: list[str]) -> float:
    """For one page, median; each was opened before, so that nothing is asked for the first time."""
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
