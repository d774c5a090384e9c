"""Every page of readers says which parameters of its address it reads."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from articles.models import Article
from articles.query_parameters import declared_parameters, query_parameters
from articles.sql.id_ranges import filled_ranges
from newsroom.page_cache.key import parse_page_request
from tests.articles import cast


def test_a_view_that_declares_nothing_may_read_any():
    assert declared_parameters(lambda request: None) is None


def test_a_declaration_is_read_from_the_view():
    assert declared_parameters(query_parameters("before", "from")(lambda request: None)) == ("before", "from")


class RecordingQueryDict(QueryDict):
    """Knows which of its keys were read."""

    def __init__(self, *args, **kwargs):
        self.read = set()
        super().__init__(*args, **kwargs)

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.read.add(key)
        return super().getlist(key, default)


def views():
    """Return (name, view, keyword arguments) of every page that the page cache may store."""
    arguments = {"date": None, "month": None, "year": 2026, "slug": "lome", "kind": "stories", "number": 1}
    patterns = [(pattern, "") for pattern in get_resolver().url_patterns]
    while patterns:
        pattern, prefix = patterns.pop()
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            patterns += [(inner, route) for inner in pattern.url_patterns]
        elif isinstance(pattern.pattern, RoutePattern) and pattern.name and parse_page_request(environ(f"/{route}")):
            wanted = pattern.pattern.converters
            yield pattern.name, pattern.callback, {name: arguments[name] for name in wanted}


def environ(path):
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "SERVER_PORT": "8000",
    }


VIEWS = sorted(views(), key=lambda view: view[0])


@pytest.mark.parametrize(("name", "view", "arguments"), VIEWS, ids=[name for name, _view, _arguments in VIEWS])
@pytest.mark.django_db
def test_a_page_declares_what_it_reads(name, view, arguments):
    story = cast.story(
        "Le port", tags=["Lomé"], authors=[cast.author("Lomé", "lome")], section=cast.section("L", "lome")
    )
    own = {"date": story.address_date, "month": story.address_date.replace(day=1)}
    own["number"] = next(iter(filled_ranges(Article.objects.all())))
    request = RequestFactory().get("/")
    request.GET = RecordingQueryDict("x=1")
    arguments = {key: own.get(key, value) for key, value in arguments.items()}
    view(request, **arguments | ({"slug": story.slug} if name == "article" else {}))
    assert declared_parameters(view) is not None
    assert request.GET.read <= set(declared_parameters(view))
