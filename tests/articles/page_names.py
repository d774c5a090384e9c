"""The names of the site's pages, from its URL map, so that a list of addresses in a test lacks none of them."""

from django.urls import resolve, reverse

from articles.urls import site_patterns, urlpatterns

FEEDS = frozenset(pattern.name for pattern in urlpatterns if "feed" in pattern.name.split("_"))
IN_A_LANGUAGE = frozenset(pattern.name for pattern in urlpatterns)
ALL = IN_A_LANGUAGE | frozenset(pattern.name for pattern in site_patterns)


def missing(paths, *, among=ALL, without=frozenset()):
    """Return the names of pages that none of these addresses, in the site's first language, leads to."""
    tested = {resolve(path.partition("?")[0]).url_name for path in paths if not path.startswith("/fr/")}
    return among - without - tested


def further_addresses(paths, *, without=frozenset()):
    """Return the addresses without a variable part to which none of these leads: those of new pages need no word."""
    names = missing(paths, without=without)
    patterns = [*urlpatterns, *site_patterns]
    return [reverse(one.name) for one in patterns if one.name in names and not one.pattern.converters]
