"""Gives each page its security headers, those that Django itself does not send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django_prose_editor.widgets import importmap

from newsroom.policies import desk_policy
from newsroom.url_kinds import is_desk

# Everything that a newspaper's page never asks a reader's device for.
REFUSED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES)


class SecurityHeadersMiddleware:
    """A middleware inside ContentSecurityPolicyMiddleware, which sends the policy chosen here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_desk(request):
            response._csp_config = desk_policy(settings.MEDIA_URL, import_map())  # type: ignore[attr-defined]
        return response


def import_map() -> str:
    """Return the text of the desk's one inline script, which names the editor's modules."""
    return importmap.render().partition(">")[2].removesuffix("</script>")
