"""The names of the site's pages, from its URL map, so that a list of addresses in a test lacks none of them."""

from django.urls import resolve

from articles.urls import site_patterns, urlpatterns

FEEDS = frozenset(pattern.name for pattern in urlpatterns if "feed" in pattern.name.split("_"))
IN_A_LANGUAGE = frozenset(pattern.name for pattern in urlpatterns)
ALL = IN_A_LANGUAGE | frozenset(pattern.name for pattern in site_patterns)


def missing(paths, *, among=ALL, without=frozenset()):
    """Return the names of pages that none of these addresses, in the site's first language, leads to."""
    tested = {resolve(path.partition("?")[0]).url_name for path in paths if not path.startswith("/fr/")}
    return among - without - tested
