"""Where no page can be shown, readers are told in their language when to come back."""

import pytest
from django.db import OperationalError

from newsroom.page_cache.renderers import FAILED
from newsroom.page_cache.unavailable import note_failure, unavailable


@pytest.mark.parametrize(("path", "language", "word"), [("/", "en", "cannot"), ("/fr/", "fr", "secondes")])
def test_the_answer_is_in_the_language_of_the_page_and_kept_nowhere(path, language, word):
    response = unavailable({"PATH_INFO": path})
    headers = dict(response.headers)
    assert response.status.startswith("503")
    assert word in response.body.decode()
    assert (headers["Content-Language"], headers["Cache-Control"]) == (language, "no-store")
    assert int(headers["Retry-After"]) > 0


@pytest.mark.parametrize(("error", "expected"), [(OperationalError, True), (ValueError, False)])
def test_only_the_databases_failures_are_noted_as_such(rf, error, expected):
    request = rf.get("/")
    try:
        raise error
    except error:
        note_failure(None, request)
    assert request.META.get(FAILED, False) is expected
