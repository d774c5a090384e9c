"""The answer of a view: a template's page, with the Surrogate-Key of all that it shows.

A page at its own address is rendered again only once it would show something else: what goes into it is looked up for
each request, and compared with what went into the page as it was rendered last in this process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from articles import clock
from articles.keys import HEADER
from articles.menu import entries, menu
from articles.metadata import Metadata
from articles.related import Related
from articles.surrogates import keys_of
from articles.views.paging import Page

KEPT = 150  # pages in each process, about 20 KB each


@dataclass(frozen=True)
class Kept:
    """A page, and what went into it; `context` keeps those objects alive, so that no other gets their identity."""

    of: list[Any]
    context: dict[str, Any]
    content: bytes
    keys: str


@dataclass
class Place:
    """Where the latest page of an address is kept."""

    page: Kept | None = None


@lru_cache(KEPT)
def _place(address: str) -> Place:
    return Place()


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], lists: Iterable[str] | None = None
) -> HttpResponse:
    """The page of this template; `lists` are keys of the lists that it depends on, None for everything."""
    response = render(request, template, context.copy())  # which gains what surrounds every page
    response.headers[HEADER] = keys_of(context, lists)
    return response


def shown_at(
    address: str, request: HttpRequest, template: str, context: dict[str, Any], lists: Iterable[str] | None = None
) -> HttpResponse:
    """The same at the one path of this page, of text, numbers, lists, and objects that questions keep.

    Those are compared by what they are, not by what is in them: nobody changes them.
    """
    if settings.DEBUG:
        return shown(request, template, context, lists)
    lists = None if lists is None else [*lists]
    of = [template, lists, get_language(), timezone.localdate(clock.now()), entries(menu(request))]
    _add(context, of)
    place = _place(address)
    page = place.page
    if page is None or page.of != of:
        response = shown(request, template, context, lists)
        page = place.page = Kept(of, context, response.content, response.headers[HEADER])
    return HttpResponse(page.content, headers={HEADER: page.keys})


def _add(value: Any, parts: list[Any]) -> None:
    """What this is made of: text and numbers by value, all else by identity, which objects that are made anew lack."""
    if isinstance(value, Model):
        parts.append(id(value))
    elif isinstance(value, list | tuple):
        parts.append(len(value))
        for one in value:
            _add(one, parts)
    elif isinstance(value, dict):
        for one in value.values():
            _add(one, parts)
    elif isinstance(value, Related):
        for one in (*value.compact, None, *value.long):
            parts += (id(one.story), one.text, one.reason.short) if one else (None,)
    elif isinstance(value, Page):
        _add(vars(value), parts)
    else:
        parts.append(value if value is None or isinstance(value, str | int | Metadata) else id(value))
