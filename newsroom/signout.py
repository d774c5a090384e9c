"""Ends what a browser knows of a colleague when they sign out."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.admin.stories.form_owner import forget_browser


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out as the admin does; forms that are still open in this browser save nothing by themselves any more."""
    response: HttpResponse = admin.site.logout(request)
    if (
        response.headers.get("Location") == request.path
    ):  # Django's answer to a `next` of another site; a GET is refused
        response = redirect("admin:index")
    if request.method == "POST":
        forget_browser(request, response)
    return response
