"""Which objects a page shows, in its Surrogate-Key header: a CDN or Varnish then drops the pages of one that changed.

`story-12 section-3 author-4 tag-5 image-9`; `site`, which every page has, stands for what is around its content.
https://www.w3.org/TR/edge-arch/ names the header, https://developer.fastly.com/reference/http/http-headers/Surrogate-Key/
its shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Author, Image, Section, Tag

HEADER = "Surrogate-Key"
NOUNS: dict[type[Model], str] = {Article: "story", Author: "author", Image: "image", Section: "section", Tag: "tag"}


def shown(request: HttpRequest, template: str, context: dict[str, Any], **more: Any) -> HttpResponse:
    """The page of this template, with the keys of all objects in its context."""
    response = render(request, template, context, **more)
    response.headers[HEADER] = keys(context)
    return response


def keys(value: Any) -> str:
    """The keys of every object in lists, dictionaries and dataclasses, each with what was loaded along with it."""
    return " ".join(["site", *sorted(set(_keys(value)))])


def _keys(value: Any) -> Iterator[str]:
    match value:
        case Model():
            if (noun := NOUNS.get(type(value))) and value.pk:
                yield f"{noun}-{value.pk}"
            yield from _keys(_loaded(value))
        case Mapping():
            for part in value.values():
                yield from _keys(part)
        case list() | tuple():
            for part in value:
                yield from _keys(part)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _keys(getattr(value, field.name))


def _loaded(one: Model) -> list[Any]:
    """What is at hand beside it, without a query: its section, picture, bylines, tags."""
    alone = [other for other in one._state.fields_cache.values() if not isinstance(other, Article)]
    lists = getattr(one, "_prefetched_objects_cache", {}).values()
    return alone + [list(rows) for rows in lists]
