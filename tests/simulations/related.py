"""How good the related stories are, told by topics that others gave: what a file's stories point to, topics hidden.

`python -m tests.simulations.related --evaluate FILE` writes {"id", "label", "related"} for each story, and says how
many stories are never linked and how often the most linked one is.

Each line of the file is a story: {"id", "lang", "title", "body", "label", "tags"?, "date"?}. The stories come in as any
archive does; without a date they are all of one moment, so that age plays no part.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from articles import clock
from articles.importers.bulk import BulkLoader
from articles.importers.items import (
    BadItem,
    ImportedStory,
    paragraphs_html,
    read_id,
    read_moment,
    read_text,
    read_texts,
)
from articles.management.progress import Progress
from articles.management.relating import relate_stories
from articles.models import Article, RelatedList, Section
from articles.related import ZONE_SIZES, find_related
from tests.simulations.throwaway import throwaway_database

UNREADABLE = (ValueError, TypeError, AttributeError, RecursionError)  # what a wrong shape raises
Line = dict[str, Any]


@dataclass(frozen=True)
class Labelled:
    """A story of the file, and what it is about for those who made the file."""

    item: ImportedStory
    given_id: Any  # a number or text
    label: Any


def read_labelled(lines: Iterable[str], complain: Callable[[str], object]) -> Iterator[Labelled]:
    """Return the stories of these lines, and report errors in others."""
    moment = clock.now().replace(microsecond=0)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line), moment)
        except BadItem as problem:
            complain(f"line {number}: {problem}")
        except UNREADABLE:
            complain(f"line {number} is no story")


def _labelled(data: Line, moment: datetime.datetime) -> Labelled:
    body = read_text(data, "body")
    title = " ".join((read_text(data, "title") or body).split())
    item = ImportedStory(
        source_id=read_id(data),
        headline=title[: Article._meta.get_field("headline").max_length],
        html=paragraphs_html(body or title),
        language=read_text(data, "lang")[:10],
        published_at=read_moment(data, "date") if data.get("date") else moment,
        tags=tuple(read_texts(data, "tags")),
    )
    return Labelled(item, data["id"], data.get("label"))


def evaluate(
    stories: list[Labelled], complain: Callable[[str], object], show: Callable[[str, int, int], object]
) -> Iterator[Line]:
    """Return {"id", "label", "related": ids, the first teaser first} for each, in a database without other stories.

    `show` is told the name of a part of the work, how much of it is done, and of how much.
    """
    section = Section.objects.create(name="Stories", slug="stories")
    loader = BulkLoader(section, {}, lambda source_id, problem: complain(f"{source_id}: {problem}"))
    loader.load(_items(stories, show))
    loader.finish()
    missing = RelatedList.objects.missing()
    for done in relate_stories(missing):
        show("compared", done, 2 * len(missing))
    at = max((one.item.published_at for one in stories), default=clock.now()) + datetime.timedelta(minutes=1)
    by_source = {one.item.source_id: one for one in stories}
    given = {pk: by_source[source_id or ""] for pk, source_id in Article.objects.values_list("pk", "source_id")}
    for number, article in enumerate(Article.objects.with_page_parts().order_by("pk").iterator(chunk_size=500), 1):
        zones = find_related(article, at)
        one = given[article.pk]
        ids = [given[teaser.story.pk].given_id for teaser in zones.compact + zones.long]
        yield {"id": one.given_id, "label": one.label, "related": ids}
        show("asked", number, len(given))


def links_in_words(lines: Iterable[Line]) -> str:
    """Say how evenly the compact teasers link the stories: whether a few stand beside everything.

    >>> links_in_words([{"id": 1, "related": [2]}, {"id": 2, "related": [1, 3]}, {"id": 3, "related": [2]}, {"id": 4}])
    'never linked: 1 of 4 stories (25.0%); most linked: 2 times'
    """
    ids, times = set(), Counter[Any]()
    for line in lines:
        ids.add(line["id"])
        times.update(line.get("related", [])[: ZONE_SIZES["compact"]])
    never = len(ids - times.keys())
    most = max(times.values(), default=0)
    return f"never linked: {never} of {len(ids)} stories ({never / max(1, len(ids)):.1%}); most linked: {most} times"


def _items(stories: list[Labelled], show: Callable[[str, int, int], object]) -> Iterator[ImportedStory]:
    for number, one in enumerate(stories, 1):
        yield one.item
        show("loaded", number, len(stories))


def main(arguments: list[str]) -> int:
    """Evaluate a file, in a database of its own."""
    parser = argparse.ArgumentParser("python -m tests.simulations.related", description=__doc__)
    file = argparse.FileType("r", encoding="utf-8-sig")
    lines_of = "JSON lines {id, lang, title, body, label, tags?, date?}"
    parser.add_argument("--evaluate", type=file, required=True, metavar="FILE", help=lines_of)
    options = parser.parse_args(arguments)
    with options.evaluate:
        stories = list(read_labelled(options.evaluate, complain))
    parts: dict[str, Progress] = {}

    def show(part: str, number: int, total: int) -> None:
        parts.setdefault(part, Progress(lambda line: complain(f"{part}: {line}"), total)).show(number)

    lines = []
    with throwaway_database():
        for line in evaluate(stories, complain, show):
            print(json.dumps(line, ensure_ascii=False))
            lines.append(line)
    complain(links_in_words(lines))
    return 0


def complain(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
