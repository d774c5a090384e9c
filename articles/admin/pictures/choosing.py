"""Pictures to choose from inside a story's form: a page of the library, searched and filtered as its list is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest, JsonResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.models import Image

if TYPE_CHECKING:
    from articles.admin.long_list import LongListAdmin

PICTURES_PER_PAGE = 24  # pictures of the chooser


def choose_pictures(model_admin: LongListAdmin, request: HttpRequest) -> JsonResponse:
    """Return a page of the library (?q=&page= and the parameters of its list's filters), newest first.

    With ?filters=1, the filters come along, each with what it offers.
    """
    with_filters = "filters" in request.GET
    filters = list(_filters(model_admin, request, also_unused=with_filters))
    words = request.GET.get("q", "").replace("\0", "")
    found, _distinct = model_admin.get_search_results(request, model_admin.get_queryset(request), words)
    for one in filters:
        found = one.queryset(request, found)
    start = (_page_number(request.GET.get("page", "")) - 1) * PICTURES_PER_PAGE
    images = list(found[start : start + PICTURES_PER_PAGE + 1])
    answer = {
        "pictures": [picture_choice(image) for image in images[:PICTURES_PER_PAGE]],
        "more": len(images) > PICTURES_PER_PAGE,
    }
    described = {"filters": [_describe(one) for one in filters if one.has_output()]} if with_filters else {}
    return JsonResponse(answer | described)


def picture_choice(image: Image) -> dict[str, Any]:
    """Return what a script needs to show a picture as a choice, and to put it into a story's text."""
    sizes = image.sizes("natural")
    return {
        "id": image.pk,
        "alt": image.text_instead,
        "words": str(image),
        "caption": image.caption,
        "credit": image.credit,
        "src": image.copy_url("natural", sizes[-1][0]) if sizes else image.file.url,
        "card": image.copy_url("card", image.sizes("card")[0][0]) if sizes else image.file.url,
    }


def _filters(model_admin: LongListAdmin, request: HttpRequest, *, also_unused: bool) -> Iterator[Any]:
    """Yield the list's filters that this request uses, or all of them: each asks the database for what it offers."""
    filters: Any = model_admin.get_list_filter(request)
    for filter_class in filters:
        name = filter_class.parameter_name
        if also_unused or name in request.GET:
            yield filter_class(request, {name: request.GET.getlist(name) or [""]}, Image, model_admin)


def _describe(one: SimpleListFilter) -> dict[str, Any]:
    """Return the filter as static/desk/picture_filters.js shows it."""
    choices = [("", gettext("All")), *((value, str(label)) for value, label in one.lookup_choices)]
    return {"name": one.parameter_name, "title": capfirst(str(one.title)), "choices": choices}


def _page_number(text: str) -> int:
    """Return a page's number, 1 for anything else."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,5}", text) else 1
