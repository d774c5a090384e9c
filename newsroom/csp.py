"""Sends the Content-Security-Policy header, by the names and shapes that Django 6 has for it.

With Django 6 this module goes: `CSP` is then `django.utils.csp.CSP`, the middleware
`django.middleware.csp.ContentSecurityPolicyMiddleware`, and SECURE_CSP stays as it is.
Left out is what the newsroom does not use: nonces, flags and the report-only header.
https://docs.djangoproject.com/en/6.0/ref/csp/
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

POLICY_HEADER = "Content-Security-Policy"

Policy = Mapping[str, list[str]]  # a directive to its sources


class CSP(StrEnum):
    """The sources that have a quoted name."""

    NONE = "'none'"
    SELF = "'self'"
    UNSAFE_INLINE = "'unsafe-inline'"


class ContentSecurityPolicyMiddleware:
    """Send SECURE_CSP, or the policy in the response's `_csp_config`; an empty one sends nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy: Policy = getattr(response, "_csp_config", settings.SECURE_CSP)
        if policy and POLICY_HEADER not in response:
            response.headers[POLICY_HEADER] = build_policy(policy)
        return response


def build_policy(policy: Policy) -> str:
    """Return the header's value.

    >>> build_policy({"default-src": [CSP.NONE], "img-src": [CSP.SELF, "data:"]})
    "default-src 'none'; img-src 'self' data:"
    """
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())
