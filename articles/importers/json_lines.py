"""Reads stories one JSON object a line, as generators of test archives write them.

The first line, {"kind": "meta"}, names sections, authors and tags by slug; each further one is a story:
{"kind": "article", id, slug, title, summary, section, authors: [slug], tags: [slug], published, body: [{t, text}]},
where t is “p”, “h2” or “quote”; kicker, dateline and label may be added. Reading needs constant memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import escape

from articles.importers.items import (
    BadItem,
    ImportedStory,
    ImportProblem,
    ImportSource,
    find_language,
    read_extras,
    read_id,
    read_moment,
    read_text,
    read_texts,
)

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)  # raised by a wrong shape
BLOCK_MARKUP = {"p": "<p>{}</p>", "h2": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"}


def is_meta(line: str) -> bool:
    """Return whether a file that begins with this line is ours; a JSON Feed is one object."""
    return line.lstrip().startswith('{"kind"')


def read_json_lines(meta_line: str, lines: Iterable[str]) -> ImportSource:
    """Return the stories of these lines. Raises BadItem when the first one does not name their fields."""
    try:
        meta = json.loads(meta_line)
        names = {
            kind: {read_text(one, "slug"): read_text(one, "name") for one in meta[kind]}
            for kind in ("sections", "authors", "tags")
        }
    except UNREADABLE:
        raise BadItem("the first line does not name sections, authors and tags") from None
    total = meta.get("n")
    return ImportSource(_read_lines(lines, names), total if isinstance(total, int) else None, names["sections"])


def _read_lines(lines: Iterable[str], names: dict[str, dict[str, str]]) -> Iterator[ImportedStory | ImportProblem]:
    for number, line in enumerate(lines, 1):
        source_id = ""
        try:
            data = json.loads(line)
            source_id = read_id(data)
            yield _item(data, source_id, names)
        except BadItem as problem:
            yield ImportProblem(number, source_id, str(problem))
        except UNREADABLE:
            yield ImportProblem(number, source_id, "the line is not a story")


def _item(data: dict[str, Any], source_id: str, names: dict[str, dict[str, str]]) -> ImportedStory:
    return ImportedStory(
        source_id=source_id,
        headline=read_text(data, "title"),
        slug=read_text(data, "slug"),
        html="".join(BLOCK_MARKUP[block["t"]].format(escape(read_text(block, "text"))) for block in data["body"]),
        standfirst=read_text(data, "summary"),
        language=find_language(read_text(data, "language")),
        published_at=read_moment(data, "published"),
        authors=tuple(names["authors"].get(slug, slug) for slug in read_texts(data, "authors")),
        tags=tuple(names["tags"].get(slug, slug) for slug in read_texts(data, "tags")),
        section=read_text(data, "section"),
        **read_extras(data),
    )
