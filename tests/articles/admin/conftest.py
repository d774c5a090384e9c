"""People who have signed in to the desk."""

import copy

import pytest
from django.test import Client
from django.urls import reverse

from articles.roles import CHIEF_EDITOR
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.page_look import Look
from tests.conftest import PATIENCE


@pytest.fixture
def awa(client):
    """Return an editor who works at the desk."""
    editor = cast.editor()
    client.force_login(editor)
    return editor


@pytest.fixture
def moutiou(client):
    """Return a reporter who works at the desk."""
    reporter = cast.reporter()
    client.force_login(reporter)
    return reporter


@pytest.fixture
def tab(page, transactional_db, client, live_server):
    """Return an empty browser tab of an editor who has signed in."""
    sign_in(page.context, client, cast.editor(), live_server)
    return page


@pytest.fixture
def desk(tab):
    """Return a browser tab with the form of a new story, open to an editor who has signed in."""
    tab.goto("/admin/articles/article/add/")
    tab.wait_for_selector(".ProseMirror")
    return tab


@pytest.fixture
def colleague(tab, browser, live_server):
    """Return a tab of a second editor, in a browser of their own."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    sign_in(context, Client(), cast.editor("koffi"), live_server)
    yield context.new_page()
    context.close()


@pytest.fixture
def look(browser, live_server, traffic):
    """Return a tab of a French browser in which axe may put styles of its own, which the desk's policy refuses."""
    french = {"accept-language": "fr"}
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, extra_http_headers=french)
    context.set_default_timeout(PATIENCE)
    yield Look(context.new_page())
    context.close()
    traffic.wait_for_quiet()


def sign_in(context, client, person, live_server):
    """Sign this person in, who has also typed the password once more."""
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


@pytest.fixture(scope="module")
def people(shared_rows):
    """Return one person of each role, by role."""
    return {
        "reader": User.objects.create_user("lectrice"),
        "staff": User.objects.create_user("stagiaire", password="mot-de-passe", is_staff=True),
        "reporter": cast.reporter(),
        "editor": cast.editor(),
        "tag_staff": cast.tag_staff(),
        "chief_editor": cast.person("zita", CHIEF_EDITOR),
        "editor_elsewhere": _editor_elsewhere(),
    }


def _editor_elsewhere():
    """Return an editor who is limited to a section that no story is in."""
    editor = cast.editor("zoe")
    editor.sections.add(cast.section("Sport", "sport"))
    return editor


@pytest.fixture(scope="module")
def cookies(people):
    """Return the cookies of each role's session, begun once for all tests, with the password typed once more."""
    found = {}
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
        found[role] = client.cookies
    return found


@pytest.fixture
def clients(cookies):
    """Return a function that returns a client of a role, signed in where the role has a login."""

    def signed_in(role):
        client = Client()
        client.cookies = copy.deepcopy(cookies.get(role, client.cookies))
        return client

    return signed_in
