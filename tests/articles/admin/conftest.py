"""People who have signed in to the desk."""

import pytest

from tests.articles import cast


@pytest.fixture
def awa(client):
    """An editor at the desk."""
    editor = cast.editor()
    client.force_login(editor)
    return editor


@pytest.fixture
def moutiou(client):
    """A reporter at the desk."""
    reporter = cast.reporter()
    client.force_login(reporter)
    return reporter


@pytest.fixture
def desk(page, transactional_db, client, live_server):
    """A browser tab with the form of a new story, open to an editor who has signed in."""
    client.force_login(cast.editor())
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/admin/articles/article/add/")
    page.wait_for_selector(".ProseMirror")
    return page
