"""Reads stories one JSON object a line, as generators of test archives write them.

The first line, {"kind": "meta"}, names sections, authors and tags by slug; each further one is a story:
{"kind": "article", id, slug, title, summary, section, authors: [slug], tags: [slug], published, body: [{t, text}]},
where t is “p”, “h2” or “quote”. Reading needs constant memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import escape

from articles.importers.items import BadItem, Item, Problem, Source, id_of, language_of, moment_of, text_of, texts_of

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)  # what a wrong shape raises
BLOCKS = {"p": "<p>{}</p>", "h2": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"}


def is_meta(line: str) -> bool:
    """Whether a file that begins with this line is ours; a JSON Feed is one object."""
    return line.lstrip().startswith('{"kind"')


def read(meta_line: str, lines: Iterable[str]) -> Source:
    """The stories of these lines. Raises BadItem when the first one does not name what they are made of."""
    try:
        meta = json.loads(meta_line)
        names = {
            kind: {text_of(one, "slug"): text_of(one, "name") for one in meta[kind]}
            for kind in ("sections", "authors", "tags")
        }
    except UNREADABLE:
        raise BadItem("the first line does not name sections, authors and tags") from None
    total = meta.get("n")
    return Source(_entries(lines, names), total if isinstance(total, int) else None, names["sections"])


def _entries(lines: Iterable[str], names: dict[str, dict[str, str]]) -> Iterator[Item | Problem]:
    for number, line in enumerate(lines, 1):
        source_id = ""
        try:
            data = json.loads(line)
            source_id = id_of(data)
            yield _item(data, source_id, names)
        except BadItem as problem:
            yield Problem(number, source_id, str(problem))
        except UNREADABLE:
            yield Problem(number, source_id, "the line is not a story")


def _item(data: dict[str, Any], source_id: str, names: dict[str, dict[str, str]]) -> Item:
    return Item(
        source_id=source_id,
        headline=text_of(data, "title"),
        slug=text_of(data, "slug"),
        html="".join(BLOCKS[block["t"]].format(escape(text_of(block, "text"))) for block in data["body"]),
        standfirst=text_of(data, "summary"),
        language=language_of(text_of(data, "language")),
        published_at=moment_of(data, "published"),
        authors=tuple(names["authors"].get(slug, slug) for slug in texts_of(data, "authors")),
        tags=tuple(names["tags"].get(slug, slug) for slug in texts_of(data, "tags")),
        section=text_of(data, "section"),
    )
