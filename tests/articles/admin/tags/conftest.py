"""The person who works at the tag desk."""

import pytest

from tests.articles import cast


@pytest.fixture
def koffi(client):
    """Return one of the tag staff, who has signed in."""
    koffi = cast.tag_staff()
    client.force_login(koffi)
    return koffi
