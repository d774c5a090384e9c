"""The address decides for readers, the person for the desk."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from newsroom.language import LanguageMiddleware


def answer(path, **headers):
    seen = []

    def view(request):
        seen.append((translation.get_language(), request.LANGUAGE_CODE))
        return HttpResponse()

    response = LanguageMiddleware(view)(RequestFactory().get(path, headers=headers))
    assert seen[0][0] == seen[0][1]
    return seen[0][0], response


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/fr/", "fr"), ("/fr/tag/mali/", "fr"), ("/french/", "en")]
)
def test_address_decides_on_readers_pages(path, language):
    assert answer(path)[0] == language


def test_readers_browser_changes_nothing():
    assert answer("/", accept_language="fr")[0] == "en"


def test_readers_pages_are_one_for_all_browsers():
    assert "Vary" not in answer("/fr/")[1].headers


def test_page_says_its_language():
    assert answer("/fr/")[1].headers["Content-Language"] == "fr"


def test_browser_decides_on_the_desk():
    assert answer("/admin/", accept_language="fr-CI,fr;q=0.9")[0] == "fr"


def test_chosen_language_wins_over_the_browser_on_the_desk():
    assert answer("/admin/", accept_language="en", cookie="django_language=fr")[0] == "fr"


def test_language_that_the_site_lacks_gives_the_default_on_the_desk():
    assert answer("/admin/", accept_language="de")[0] == "en"


def test_desk_says_that_it_varies():
    assert answer("/admin/")[1].headers["Vary"] == "Accept-Language, Cookie"


def test_language_ends_with_the_request():
    before = translation.get_language()
    answer("/fr/")
    assert translation.get_language() == before
