"""Before Django reads a request: its text is UTF-8, whatever it says."""

import io
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIRequest

from newsroom.environ import UnreadableRequest, environ_of
from newsroom.request_environ import RequestEnviron
from tests.rsgi import Scope

INVENTED = ["utf-16", "utf-7", "hex", "undefined", "rot13", "x" * 500, "\xff", "utf-8"]


def read_parameters(content_type):
    """Return what Django reads of an address with a NUL in UTF-7."""
    environ = {"QUERY_STRING": "q=%2BAAA-", "CONTENT_TYPE": content_type, "wsgi.input": io.BytesIO()}
    setup_testing_defaults(environ)
    return RequestEnviron(lambda given, _start: WSGIRequest(given).GET["q"])(environ, None)


@pytest.mark.parametrize("charset", INVENTED)
def test_no_encoding_that_a_request_invents_is_believed(charset):
    assert read_parameters(f"text/html; charset={charset}") == "+AAA-"
    assert read_parameters(f"text/html; charset*={charset}'en'x") == "+AAA-"


@pytest.mark.parametrize("charset", [charset for charset in INVENTED if charset.isascii()])
def test_granians_requests_name_no_encoding(charset):
    sent = f"multipart/form-data; charset={charset}; boundary=7"
    assert environ_of(Scope(pairs=[("content-type", sent)]))["CONTENT_TYPE"] == "multipart/form-data; boundary=7"


def test_a_kind_of_content_beyond_ascii_is_refused():
    with pytest.raises(UnreadableRequest, match="400"):
        environ_of(Scope(pairs=[("content-type", "text/html; charset=\xff")]))
