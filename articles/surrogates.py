"""Which objects a page shows, in its Surrogate-Key header: a CDN or Varnish then drops the pages of one that changed.

`story-12 section-3 author-4 tag-5 image-9`; `site`, which every page has, stands for what is around its content.
https://www.w3.org/TR/edge-arch/ names the header, https://developer.fastly.com/reference/http/http-headers/Surrogate-Key/
its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from itertools import chain
from typing import Any

from django.db.models import Model

from articles.metadata import Metadata
from articles.models import Article, Author, Image, Section, Tag
from articles.related import Reason
from articles.sql.prepared import made_of

HEADER = "Surrogate-Key"
NOUNS: dict[type[Model], str] = {Article: "story", Author: "author", Image: "image", Section: "section", Tag: "tag"}


def keys(value: Any) -> str:
    """The keys of every object in lists, dictionaries and dataclasses, each with what was loaded along with it."""
    return " ".join(["site", *sorted(set(_keys(value)))])


def _keys(value: Any) -> Iterable[str]:
    if isinstance(value, str | int | float | Metadata | Reason):  # most there is, and nothing in it
        return ()
    if isinstance(value, Model):
        return _keys_of(value)
    if isinstance(value, Mapping):
        return chain.from_iterable(map(_keys, value.values()))
    if isinstance(value, list | tuple):
        return chain.from_iterable(map(_keys, value))
    if is_dataclass(value):
        return chain.from_iterable(map(_keys, vars(value).values()))
    return ()


def _keys_of(one: Model) -> list[str]:
    """Its own, and those of what is at hand beside it, without a query: its section, picture, authors, tags."""
    return made_of(one, "keys", lambda: [*_own(one), *chain.from_iterable(map(_keys_of, _beside(one)))])


def _own(one: Model) -> list[str]:
    noun = NOUNS.get(type(one))
    return [f"{noun}-{one.pk}"] if noun and one.pk else []


def _beside(one: Model) -> list[Model]:
    alone = [other for other in one._state.fields_cache.values() if other and not isinstance(other, Article)]
    return alone + (one.read_along if isinstance(one, Article) else [])
