"""Two requests have one key when their pages are the same, and only then."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.models import Article
from newsroom.page_cache import key
from tests.articles import cast

READ = ("page", "before", "q", "section", "author", "tag", "year", "order", "from")
VALUES = ("", "1", "2", "k", "finance", "newest", "2026", "é", "bourse", "9999-12-31-235959-1")
PATHS = (
    "/",
    "/fr/",
    "/section/finance/",
    "/tag/",
    "/author/",
    "/search/",
    "/fr/search/",
    "/archive/",
    "/feed/",
    "/tag/x/",
)

queries = st.lists(st.tuples(st.sampled_from((*READ, "utm_source", "fbclid")), st.sampled_from(VALUES)), max_size=4)


@pytest.fixture(autouse=True)
def _fresh():
    key.parse_short_address.cache_clear()
    yield
    key.parse_short_address.cache_clear()


def environ(path="/", query="", **more):
    plain = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    return plain | {"wsgi.url_scheme": "http", "SERVER_PORT": "8000"} | more


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@given(query=queries)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_of_the_key_is_the_page_of_the_address(client, path, query):
    """A view does not read what the key leaves out."""
    if not Article.objects.exists():
        cast.story()
    whole = client.get(f"{path}?{urlencode(query)}")
    kept = client.get(f"{path}?{key.strip_undeclared_parameters(path, urlencode(query))}")
    assert (whole.status_code, whole.content) == (kept.status_code, kept.content)


@given(query=queries, path=st.sampled_from(PATHS), data=st.data())
def test_order_and_strangers_in_an_address_make_no_second_key(query, path, data):
    last = list(dict(query).items())
    shuffled = data.draw(st.permutations([*last, ("utm_campaign", data.draw(st.text()))]))
    asked = [key.parse_page_request(environ(path, urlencode(fields))) for fields in (query, shuffled)]
    assert asked[0].key == asked[1].key
    assert asked[1].has_other_parameters


def test_a_view_that_declares_nothing_gets_every_parameter(monkeypatch):
    monkeypatch.setattr(key, "declared_parameters", lambda view: None)
    assert key.parse_page_request(environ("/", "b=2&a=1")) == (("/", "b=2&a=1"), False)


@given(path=st.text(max_size=50), query=st.text(max_size=50), host=st.text(max_size=20))
def test_nothing_that_anybody_sends_is_an_error(path, query, host):
    key.parse_page_request(environ("/" + path, query, HTTP_HOST=host))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:8000", "localhost:80"])
def test_names_of_the_site_are_ours(host):
    assert key.parse_page_request(environ(HTTP_HOST=host))


@pytest.mark.parametrize("host", ["", "elsewhere.example", "localhost:81", "localhost, elsewhere.example"])
def test_other_names_and_ports_are_left_to_django(host):
    assert key.parse_page_request(environ(HTTP_HOST=host)) is None


@pytest.mark.parametrize("path", ["/admin/", "/admin", "/health/", "/share/x/", "/static/css/site.css", "/media/x.jpg"])
def test_the_desk_and_files_are_no_pages(path):
    assert key.parse_page_request(environ(path)) is None


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "POST"},
        {"CONTENT_LENGTH": "3"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_COOKIE": "x=1; sessionid=2"},
        {"QUERY_STRING": "q=" + "x" * 3000},
    ],
)
def test_what_asks_for_more_than_a_page_is_left_to_django(more):
    assert key.parse_page_request(environ(**more)) is None


def test_a_site_with_tls_holds_the_pages_of_tls_alone(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    assert key.parse_page_request(environ()) is None
    assert key.parse_page_request(environ(HTTP_X_FORWARDED_PROTO="http")) is None
    assert key.parse_page_request(environ(HTTP_X_FORWARDED_PROTO="https"))


def test_without_a_proxy_nobody_is_believed_to_come_by_tls(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert key.parse_page_request(environ(HTTP_X_FORWARDED_PROTO="https")) is None
