"""The pictures beside one in the library, or in the filtered list that somebody came from."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest, QueryDict

from articles.models import Image

FILTERS_FIELD = "_changelist_filters"  # where Django's admin keeps the query of the list on the pages of its rows


def neighbours_context(model_admin: Any, request: HttpRequest, image: Image) -> dict[str, Image | None]:
    """Return the next newer and older picture. The number of queries is constant."""
    listed = _listed(model_admin, request)
    return {"newer": listed.newer_than(image), "older": listed.older_than(image)}


def _listed(model_admin: Any, request: HttpRequest) -> Any:
    """Return the pictures of the list that the address names; all of them where it names none, or nonsense."""
    query = QueryDict(request.GET.get(FILTERS_FIELD, ""), mutable=True)
    query.pop(PAGE_VAR, None)
    if not query:
        return Image.objects
    asked = copy(request)
    asked.GET = query  # type: ignore[assignment]
    try:
        return model_admin.get_changelist_instance(asked).queryset
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):
        return Image.objects
