"""The people of these tests, signed in, and a story in the state that is asked for."""

import copy

import pytest
from django.test import Client

from tests.articles import cast
from tests.articles.verbs.paths import OTHERS, reload_story, story_in
from tests.conftest import rolled_back


@pytest.fixture(scope="module")
def people(shared_rows):
    """Return the people by role; the operator is nobody, and the chief prepared the stories."""
    return {
        "editor": cast.editor(),
        "own": cast.reporter(),
        "other": cast.reporter("colette"),
        "tag_staff": cast.tag_staff(),
        "operator": None,
        "chief": cast.editor("chief"),
    }


@pytest.fixture(scope="module")
def cookies(people):
    """Return the cookies of each person's session, begun once for all tests."""
    found = {}
    for role, person in people.items():
        if person:
            client = Client()
            client.force_login(person)
            found[role] = client.cookies
    return found


@pytest.fixture
def clients(cookies):
    """Return clients that are signed in, by role."""
    signed_in = {role: Client() for role in cookies}
    for role, client in signed_in.items():
        client.cookies = copy.deepcopy(cookies[role])
    return signed_in


@pytest.fixture(scope="module")
def shared_story(request, people, cookies):
    """Yield a story in the state that is the parameter, if any."""
    with rolled_back():
        state = request.param.split()[0] if request.param else None
        yield story_in(state, people, **OTHERS.get(request.param, {})) if state else None


@pytest.fixture
def story(shared_story):
    return reload_story(shared_story)
