"""Reads JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/. Pictures are named there by address and not fetched.

What the format does not know, kicker, dateline and label, stands in an object `_newsroom` of the item, as its section
on extensions has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from articles.importers.items import (
    BadItem,
    ImportedStory,
    ImportProblem,
    ImportSource,
    find_language,
    paragraphs_html,
    read_extras,
    read_id,
    read_moment,
    read_text,
    read_texts,
)


def read_json_feed(text: str) -> ImportSource:
    """Return the feed's items. Raises BadItem when the text is not a JSON Feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadItem(f"this is not JSON: {error}") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise BadItem("this is not a JSON Feed: it has no list of “items”")
    return ImportSource(_read_feed(feed), len(feed["items"]))


def _read_feed(feed: dict[str, Any]) -> Iterator[ImportedStory | ImportProblem]:
    for number, data in enumerate(feed["items"], 1):
        source_id = ""
        try:
            if not isinstance(data, dict):
                raise BadItem("it is not an object")
            source_id = read_id(data)
            yield _item(data, feed, source_id)
        except BadItem as problem:
            yield ImportProblem(number, source_id, str(problem))


def _item(data: dict[str, Any], feed: dict[str, Any], source_id: str) -> ImportedStory:
    extension = data.get("_newsroom") or {}
    if not isinstance(extension, dict):
        raise BadItem("“_newsroom” is not an object")
    html = read_text(data, "content_html") or paragraphs_html(read_text(data, "content_text"))
    return ImportedStory(
        source_id=source_id,
        headline=read_text(data, "title"),
        html=html,
        standfirst=read_text(data, "summary"),
        language=find_language(read_text(data, "language") or read_text(feed, "language")),
        published_at=read_moment(data, "date_published"),
        authors=tuple(_names(data) or _names(feed)),
        tags=tuple(read_texts(data, "tags")),
        **read_extras(extension),
    )


def _names(data: dict[str, Any]) -> list[str]:
    authors = data.get("authors") or ([data["author"]] if data.get("author") else [])
    if not isinstance(authors, list) or not all(isinstance(author, dict) for author in authors):
        raise BadItem("“authors” is not a list of objects")
    return [name for author in authors if (name := read_text(author, "name"))]
