"""A browser is known by what it was given, and by nothing that somebody made up."""

import pytest
from django.http import HttpResponse

from newsroom.accounts.known_browsers import BROWSER_COOKIE, MAX_PEOPLE, known_browser, remember_browser
from newsroom.models import User


def after_sign_in(request, *ids):
    """Return a request from the same browser, after these people signed in there."""
    for pk in ids:
        response = HttpResponse()
        remember_browser(request, response, User(pk=pk))
        request.COOKIES[BROWSER_COOKIE] = response.cookies[BROWSER_COOKIE].value
    return request


def test_a_browser_keeps_its_name_and_knows_everybody_who_signed_in(rf):
    first = known_browser(after_sign_in(rf.get("/"), 7))
    second = known_browser(after_sign_in(after_sign_in(rf.get("/"), 7), 8, 7))
    assert first.people == (7,)
    assert second.people == (8, 7)
    request = after_sign_in(rf.get("/"), 7)
    assert known_browser(after_sign_in(request, 8)).name == known_browser(request).name


def test_the_last_of_many_people_are_known(rf):
    assert known_browser(after_sign_in(rf.get("/"), *range(50))).people == tuple(range(50 - MAX_PEOPLE, 50))


@pytest.mark.parametrize("cookie", ["", "a", "eyJwZW9wbGUiOiBbN119:x:y", "x" * 5000])
def test_what_somebody_made_up_is_no_browser(rf, cookie):
    request = rf.get("/")
    request.COOKIES[BROWSER_COOKIE] = cookie
    assert known_browser(request) is None


def test_two_browsers_have_two_names(rf):
    names = {known_browser(after_sign_in(rf.get("/"), 7)).name for _turn in range(2)}
    assert len(names) == 2
