"""What a request asks for: one key for each page that may be stored, None for what Django alone answers.

A key holds what a page truly varies by: the path and those parameters that its view declares to read
(articles/query_parameters.py). Whatever else an address carries, such as the marks of campaigns, makes no second page;
nor does another name or port of the site, as each page is rendered under the name in SITE_URL.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import translation

from articles.query_parameters import declared_parameters

MAX_PAGE_ADDRESS_LENGTH = 2000  # characters of path and query; no page has a longer one
MAX_SHORT_ADDRESS_LENGTH = 200  # characters of an address whose parsing is cached
MAX_HOST_LENGTH = 300  # characters; a name in the DNS has 253 at most
DESK_AND_FILES = ("/admin/", "/health/", "/share/")


class PageKey(NamedTuple):
    path: str
    query: str  # only what is read, in one order

    @property
    def is_open_ended(self) -> bool:
        """Return whether anybody can make up as many such addresses as they like, each of which is a page."""
        return bool(self.query)


class PageRequest(NamedTuple):
    key: PageKey
    has_other_parameters: bool  # the address carries more than its page reads, which a redirect would carry on


def parse_page_request(environ: Mapping[str, Any]) -> PageRequest | None:
    """Return the page that is requested; None for somebody who is signed in or about to be, a body, an unknown host.

    Pages are always sent whole, so Range plays no part (RFC 9110, section 14.2).
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("CONTENT_LENGTH", "") not in ("", "0"):
        return None
    if "HTTP_AUTHORIZATION" in environ:
        return None
    if "HTTP_COOKIE" in environ and is_known_person(environ["HTTP_COOKIE"]):
        return None
    if not is_secure_enough(environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", "")):
        return None
    if not is_own_host(environ.get("HTTP_HOST", ""), environ.get("SERVER_PORT", "")):
        return None
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    length = len(path) + len(query)
    if length > MAX_PAGE_ADDRESS_LENGTH:
        return None
    return parse_short_address(path, query) if length <= MAX_SHORT_ADDRESS_LENGTH else parse_page_address(path, query)


def is_known_person(cookies: str) -> bool:
    """Return whether a browser sends what the desk gave it; readers have no cookie of ours."""
    return has_session(cookies) or f"{settings.CSRF_COOKIE_NAME}=" in cookies


def has_session(cookies: str) -> bool:
    """Return whether a browser sends a session, which may be invented."""
    return f"{settings.SESSION_COOKIE_NAME}=" in cookies


def parse_page_address(path: str, query: str) -> PageRequest | None:
    """Return what is requested at this address, None where no page is ever stored."""
    files = [prefix for prefix in (settings.STATIC_URL, settings.MEDIA_URL) if prefix.startswith("/")]
    if f"{path}/".startswith((*DESK_AND_FILES, *files)):
        return None
    declared = strip_undeclared_parameters(path, query)
    return PageRequest(PageKey(path, declared), declared != query)


# The same for every reader, and slower than all the rest of a stored page
parse_short_address = lru_cache(4096)(parse_page_address)


def is_secure_enough(scheme: str, forwarded: str) -> bool:
    """Return whether no redirect to TLS comes first: all pages of a site that has TLS are those of TLS."""
    is_behind_proxy = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    secure = forwarded.partition(",")[0].strip() if is_behind_proxy and forwarded else scheme
    return secure == "https" or not settings.SECURE_SSL_REDIRECT


def is_own_host(host: str, port: str) -> bool:
    """Return whether this is a name of this site, and a port at which it serves."""
    if len(host) > MAX_HOST_LENGTH:
        return False
    domain, given = split_domain_port(host)
    ports = {"", "80", "443", port, str(urlsplit(settings.SITE_URL).port or "")}
    return bool(domain) and given in ports and validate_host(domain, settings.ALLOWED_HOSTS)


def strip_undeclared_parameters(path: str, query: str) -> str:
    """Return the parameters that the view of this path declares, the last of each as Django does, in its order.

    >>> strip_undeclared_parameters("/fr/tag/", "utm_source=x&from=b&from=c")
    'from=c'
    >>> strip_undeclared_parameters("/", "from=c")
    ''
    """
    names = parameters_of(path) if query else ()
    if names is None:
        return query
    if not names:
        return ""
    try:
        given = dict(parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace"))
    except ValueError:  # more fields than anybody types
        return ""
    return urlencode([(name, given[name]) for name in names if name in given])


def parameters_of(path: str) -> tuple[str, ...] | None:
    """Return what the view at this path declares to read, () where none is; None when it declares nothing."""
    path = path.encode("latin-1", "replace").decode(errors="replace")
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            return declared_parameters(resolve(path).func)
    except Resolver404:
        return ()
