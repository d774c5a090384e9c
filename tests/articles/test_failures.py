"""What is kept of an error fits into a column of every database."""

import pytest

from articles.failures import MAX_DESCRIPTION_LENGTH, are_alike, describe_error, is_logged, mark_as_logged


def test_a_description_is_short_and_without_nul_bytes():
    text = describe_error(ValueError("a\0b" + "x" * 5000))
    assert text.startswith("ValueError: abx")
    assert len(text) == MAX_DESCRIPTION_LENGTH


@pytest.mark.parametrize(
    ("other", "expected"), [("OSError: no /tmp/b", True), ("OSError", True), ("ValueError: no /tmp/a", False)]
)
def test_two_errors_are_alike_by_their_kind(other, expected):
    assert are_alike("OSError: no /tmp/a", other) is expected


def test_a_request_remembers_that_its_failure_is_logged(rf):
    request = rf.get("/")
    assert not is_logged(request)
    mark_as_logged(request)
    assert is_logged(request)
