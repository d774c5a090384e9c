"""A script hears where a save leads; a browser is led there."""

import pytest

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


def test_a_script_hears_where_a_save_leads(client, awa):
    new = client.post(ADD, typed(headline="Le port ferme", key="abc"), headers=SCRIPT)
    story = Article.objects.get()
    assert new.json() == {"location": change(story)}
    assert new.cookies["saved_form"].value == "abc"
    again = client.post(change(story), typed(story, kicker="Ports"), headers=SCRIPT)
    assert again.json() == {"location": change(story)}


def test_its_message_waits_for_the_page_that_is_fetched_next(client, awa):
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, kicker="Ports"), headers=SCRIPT)
    assert "“Le port ferme” is saved." in client.get(change(story)).text


def test_a_browser_is_led_there(client, awa):
    story = cast.draft("Le port ferme")
    assert client.post(change(story), typed(story, kicker="Ports"))["Location"] == change(story)


def test_what_is_refused_is_the_same_page_for_both(client, awa):
    story = cast.draft("Le port ferme", section=None)
    response = client.post(change(story), typed(story, verb="publish"), headers=SCRIPT)
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, "text/html")


def test_without_a_session_a_script_hears_of_the_sign_in(client):
    story = cast.draft("Le port ferme")
    response = client.post(change(story), typed(story), headers=SCRIPT)
    assert response.json()["location"].startswith("/admin/login/")
