"""Former addresses: one 301 to where their story, author, section or tag is today."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

from articles.keys import SURROGATE_KEY
from articles.models import Article, Author, FormerAddress, Tag
from articles.models.former_address import plain_path
from articles.surrogates import keys_of_redirect
from articles.views.errors import gone


def with_redirects(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view, which redirects to where a thing is now when it finds nothing, feed and query included."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            response = _redirect_former_address(request)
            if response is None:
                raise
            return response

    return wrapper


def _redirect_former_address(request: HttpRequest) -> HttpResponse | None:
    """Return a redirect, 410 for what was deleted on purpose, or None when this address never was.

    Without keys, as where an author or a tag is that readers may come to see, the redirect follows every change.
    """
    language, path = _split(request.path)
    base, ending = _base(path)
    row = FormerAddress.objects.target_of(base) or FormerAddress.objects.target_of(request.path)
    target = row.target if row else _tag_of_alias(base)
    if isinstance(target, Article) and target.is_gone:
        return gone(request, target.withdrawal_reason)
    if row and target is None:
        return gone(request)
    if target is None or not _is_public(target):
        return None
    address = target.get_absolute_url() if isinstance(target, Article) else language + plain_path(target)
    if (
        address + ending == request.path
    ):  # of a tag that kept its slug with a new name, and has no story in this language
        return None
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    response = HttpResponsePermanentRedirect(quote(address) + ending + query)
    if not _is_taken(base):
        slug = base.strip("/").rpartition("/")[2]
        response.headers[SURROGATE_KEY] = keys_of_redirect(target, slug)
    return response


def _is_public(target: Model) -> bool:
    """Return whether readers may know of it: the address that leads there names it."""
    match target:
        case Article():
            return target.is_visible()
        case Author():
            return Author.objects.published().filter(pk=target.pk).exists()
        case Tag():
            return Tag.objects.public().filter(pk=target.pk).exists()
    return True


def _is_taken(path: str) -> bool:
    """Return whether an author or a tag has this path, of whom readers see nothing yet."""
    kind, _mark, slug = path.strip("/").partition("/")
    model = {"author": Author, "tag": Tag}.get(kind)
    return model is not None and model._default_manager.filter(slug=slug).exists()


def _split(path: str) -> tuple[str, str]:
    """Return (“/fr”, “/tag/x/”) for “/fr/tag/x/”; the first language has no prefix."""
    code = translation.get_language_from_path(path)
    prefix = f"/{code}" if code and path.startswith(f"/{code}/") and code != settings.LANGUAGES[0][0] else ""
    return prefix, path[len(prefix) :]


def _base(path: str) -> tuple[str, str]:
    """Return (“/tag/x/”, “feed/atom/”) for “/tag/x/feed/atom/”."""
    for ending in ("feed/atom/", "feed/"):
        if path.endswith(f"/{ending}"):
            return path.removesuffix(ending), ending
    return path, ""


def _tag_of_alias(path: str) -> Tag | None:
    parts = path.strip("/").split("/")
    return Tag.objects.filter(aliases__slug=parts[1]).first() if len(parts) == 2 and parts[0] == "tag" else None
