"""Ends what a browser knows of a colleague when they sign out."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.admin.form_owner import forget_browser


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out as the admin does; forms that are still open in this browser save nothing by themselves any more."""
    response = admin.site.logout(request)
    forget_browser(response)
    return response
