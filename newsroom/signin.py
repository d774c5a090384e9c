"""Who is signed in here, for the scripts of the desk; and the log of sign-ins."""

import logging
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache

from articles.states import name_of
from articles.users import signed_in
from newsroom.accounts.adapter import UNKNOWN_ADDRESS
from newsroom.visitor import visitor_address

logger = logging.getLogger(__name__)


@never_cache
def show_session(request: HttpRequest) -> JsonResponse:
    """Say who may use the desk in this browser, and the CSRF token of their forms; person is None for nobody."""
    if not admin.site.has_permission(request):
        return JsonResponse({"person": None})
    person = signed_in(request)
    return JsonResponse({"person": person.pk, "name": name_of(person), "token": get_token(request)})


def log_sign_in(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Write who signed in and from where to the log: a receiver of user_logged_in."""
    logger.info("%s signed in from %s", user.get_username(), visitor_address(request) or UNKNOWN_ADDRESS)
