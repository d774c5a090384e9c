"""What tests of the articles share."""

import pytest

from tests.articles import cast
from tests.articles.plans import some_hundred_stories


@pytest.fixture(scope="module")
def stored_story(shared_rows):
    """Store some hundred stories once for the tests of a module, and return one of them."""
    return some_hundred_stories()


@pytest.fixture
def archived_story(stored_story):
    """Return a story among some hundred others."""
    return cast.fresh(stored_story)
