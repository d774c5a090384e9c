"""One save for each form: a double click, the back button and two requests at once."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, SavedForm
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db
BODY = "<p>Un.</p>\n<p>Deux.</p>"


def test_a_double_click_makes_one_story(client, awa):
    form = typed(key="k1", headline="Le port ferme")
    first, second = (client.post(ADD, form) for _click in range(2))
    assert first["Location"] == second["Location"] == change(Article.objects.get())
    assert Article.objects.get().version == 1


@pytest.mark.parametrize(
    ("verb", "event"), [("save", "saved"), ("submit", "submitted"), ("publish", "published"), ("schedule", "scheduled")]
)
def test_a_double_click_does_it_once(client, awa, verb, event):
    story = cast.draft("Le port ferme", body=BODY)
    form = typed(story, verb=verb, key="k1", kicker="Ports", publish_at="2090-01-01T10:00")
    form |= {"publish_at": ""} if verb == "publish" else {}
    for _click in range(2):
        response = client.post(change(story), form, follow=True)
        assert response.redirect_chain == [(change(story), 302)]
        assert "saved" in response.text
    story.refresh_from_db()
    assert [revision.event for revision in story.revisions.exclude(event="found")] == [event]


def test_after_the_back_button_the_form_goes_on_from_what_it_saved(client, awa):
    client.post(ADD, typed(key="k1", headline="Le port ferme", body=BODY))
    client.post(ADD, typed(key="k1", headline="Le port ferme", body=BODY.replace("Un", "Un bis")))
    client.post(ADD, typed(key="k1", headline="Le port rouvre", body=BODY.replace("Un", "Un ter")))
    story = Article.objects.get()
    assert (story.headline, story.body, story.version) == ("Le port rouvre", BODY.replace("Un", "Un ter"), 3)
    assert not story.revisions.filter(event="kept").exists()


def test_after_the_back_button_a_colleague_is_not_overwritten(client, awa):
    story = cast.draft("Le port ferme", body=BODY)
    client.post(change(story), typed(story, key="k1", kicker="Ports"))
    story.refresh_from_db()
    koffi = Client()
    koffi.force_login(cast.editor("koffi"))
    koffi.post(change(story), typed(story, key="k2", headline="Le port dort"))
    stale = typed(Article.objects.get(), key="k1", version=1, headline="Le port rouvre", kicker="Ports")
    response = client.post(change(story), stale)
    assert (response.status_code, [clash.key for clash in response.context["clashes"]]) == (409, ["headline"])


def test_a_form_that_was_refused_is_not_spent(client, awa):
    story = cast.draft("Le port ferme")
    assert client.post(change(story), typed(story, key="k1", headline="L" * 999)).status_code == 200
    client.post(change(story), typed(story, key="k1", headline="Le port rouvre"))
    assert Article.objects.get().headline == "Le port rouvre"


def test_a_key_of_somebody_else_is_a_key_like_any_other(client, awa):
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, key="k1", headline="Un"))
    client.force_login(cast.editor("koffi"))
    client.post(ADD, typed(key="k1", headline="Un"))
    assert Article.objects.count() == 2


@pytest.mark.parametrize("key", ["", "k" * 33, "é", "a b"])
def test_a_form_without_a_key_of_ours_is_saved_all_the_same(client, awa, key):
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, key=key, headline="Le port rouvre"))
    assert Article.objects.get().headline == "Le port rouvre"
    assert not SavedForm.objects.exists()


def test_a_losing_text_that_is_sent_twice_is_kept_once(client, awa):
    story = cast.draft("Le port ferme")
    form = typed(story, key="k1", headline="Le port rouvre")
    client.post(change(story), typed(story, key="k2", headline="Le port dort"))
    for _click in range(2):
        assert client.post(change(story), form).status_code == 409
    assert story.revisions.filter(event="kept").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["save", "publish"])
@pytest.mark.parametrize("new", [True, False])
def test_two_clicks_at_the_same_instant_are_one_save(verb, new):
    editor = cast.editor()
    story = None if new else cast.draft("Le port ferme")
    form = typed(story, verb=verb, key="k1", headline="Le port rouvre", body=BODY)
    form |= {"section": cast.section().pk, "authors": f"id:{cast.author().pk}"}
    ready, answers = threading.Barrier(2), []

    def click():
        browser = Client()
        browser.force_login(editor)
        ready.wait()
        try:
            answers.append(browser.post(ADD if new else change(story), form))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _click in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    story = Article.objects.get()
    assert [answer["Location"] for answer in answers] == [change(story)] * 2
    assert story.revisions.exclude(event="found").count() == 1


def test_a_form_is_checked_before_its_transaction_begins(client, awa):
    """On SQLite, nobody else can save between the beginning and the end of a transaction."""
    story = cast.draft("Le port ferme", body=BODY)
    with CaptureQueriesContext(connection) as queries:
        client.post(change(story), typed(story, key="k1", kicker="Ports"))
    statements = [query["sql"] for query in queries]
    begin = next(number for number, statement in enumerate(statements) if statement.startswith("SAVEPOINT"))
    checks = [number for number, statement in enumerate(statements) if "auth_permission" in statement]
    assert checks
    assert max(checks) < begin
    assert not any('"articles_section"' in statement for statement in statements[begin:])
