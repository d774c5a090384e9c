"""The answer of a view: a template's page, with the Surrogate-Key of all that it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.keys import SURROGATE_KEY
from articles.surrogates import keys_of


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], lists: Iterable[str] | None = None
) -> HttpResponse:
    """Return the page of this template; `lists` are keys of the lists that it depends on, None for everything."""
    response = render(request, template, context.copy())  # which gains what surrounds every page
    response.headers[SURROGATE_KEY] = keys_of(context, lists)
    return response
