"""The header is sent as Django 6 does it: https://docs.djangoproject.com/en/6.0/ref/csp/."""

from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.csp import CSP, ContentSecurityPolicyMiddleware


def answer(response):
    return ContentSecurityPolicyMiddleware(lambda request: response)(RequestFactory().get("/"))


def test_site_wide_policy_is_sent(settings):
    settings.SECURE_CSP = {"default-src": [CSP.NONE], "img-src": [CSP.SELF, "data:"]}
    assert answer(HttpResponse())["Content-Security-Policy"] == "default-src 'none'; img-src 'self' data:"


def test_policy_of_the_response_wins():
    response = HttpResponse()
    response._csp_config = {"default-src": [CSP.SELF]}
    assert answer(response)["Content-Security-Policy"] == "default-src 'self'"


def test_header_of_the_view_wins():
    response = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert answer(response)["Content-Security-Policy"] == "sandbox"


def test_empty_policy_sends_nothing():
    response = HttpResponse()
    response._csp_config = {}
    assert "Content-Security-Policy" not in answer(response)
