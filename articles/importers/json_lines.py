"""Reads stories one JSON object a line, as generators of test archives write them.

The first line, {"kind": "meta"}, names sections, authors and tags by slug; each further one is a story:
{"kind": "article", id, slug, title, summary, section, authors: [slug], tags: [slug], published, body: [{t, text}]},
where t is “p”, “h2” or “quote”. Reading needs constant memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from django.utils.html import escape

from articles.importers.items import BadItem, Item, Problem, Source, language_of, moment_of, text_of, texts_of

BLOCKS = {"p": "<p>{}</p>", "h2": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"}


def read(file: IO[str]) -> Source:
    """The stories of an open file. Raises BadItem when its first line is no meta line."""
    try:
        meta = json.loads(file.readline())
        names = {kind: {one["slug"]: one["name"] for one in meta[kind]} for kind in ("sections", "authors", "tags")}
    except (ValueError, KeyError, TypeError):
        raise BadItem("the first line does not name sections, authors and tags") from None
    return Source(_entries(file, names), meta.get("n"), names["sections"])


def _entries(file: IO[str], names: dict[str, dict[str, str]]) -> Iterator[Item | Problem]:
    for number, line in enumerate(file, 1):
        source_id = ""
        try:
            data = json.loads(line)
            source_id = str(data["id"])
            yield _item(data, source_id, names)
        except BadItem as problem:
            yield Problem(number, source_id, str(problem))
        except (ValueError, KeyError, TypeError):
            yield Problem(number, source_id, "the line is not a story")


def _item(data: dict[str, Any], source_id: str, names: dict[str, dict[str, str]]) -> Item:
    return Item(
        source_id=source_id,
        headline=text_of(data, "title"),
        slug=text_of(data, "slug"),
        html="".join(BLOCKS[block["t"]].format(escape(block["text"])) for block in data["body"]),
        standfirst=text_of(data, "summary"),
        language=language_of(text_of(data, "language")),
        published_at=moment_of(data, "published"),
        authors=tuple(names["authors"].get(slug, slug) for slug in texts_of(data, "authors")),
        tags=tuple(names["tags"].get(slug, slug) for slug in texts_of(data, "tags")),
        section=text_of(data, "section"),
    )
