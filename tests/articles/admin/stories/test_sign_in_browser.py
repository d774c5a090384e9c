"""The session ends while somebody writes: the sign-in appears over the text, which stays as it is."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Autosave
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.held_requests import HeldRequests

PASSWORD = "mot-de-passe"


@pytest.fixture
def story(tab):
    story = cast.draft("Le port ferme")
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    return story


@pytest.fixture
def dialog(tab):
    return tab.get_by_role("dialog", name="Your session has ended")


def write(tab, text):
    tab.get_by_role("textbox", name="Story").click()
    tab.keyboard.type(text)


def end_session(tab):
    """End the session, and let the form hear of it as when somebody comes back to it."""
    Session.objects.all().delete()
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def sign_in(dialog, password=PASSWORD, name=None):
    if name:
        dialog.get_by_label("User name or e-mail address").fill(name)
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_label("Password").press("Enter")


def test_a_save_goes_on_after_the_sign_in(tab, story, dialog):
    write(tab, "Après minuit. ")
    Session.objects.all().delete()
    tab.get_by_role("button", name="Save draft").click()
    expect(dialog.get_by_label("User name or e-mail address")).to_have_value("awa")
    sign_in(dialog, "faux")
    expect(dialog).to_contain_text("is wrong")
    assert "Après minuit." in tab.locator(".ProseMirror").inner_text()
    sign_in(dialog)
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Après minuit." in Article.objects.get().body


def test_two_buttons_pressed_while_the_session_is_asked_for_both_count(tab, story):
    write(tab, "Avant. ")
    question = HeldRequests(tab, "**/admin/session/", "GET")
    tab.get_by_role("button", name="Save draft").click()
    question.first()
    tab.get_by_role("button", name="Publish now").click()
    question.let_through()
    tab.locator("output.kept").get_by_text("Press “Publish now” once more.").wait_for()
    story = Article.objects.get()
    assert (story.status, "Avant." in story.body) == ("draft", True)


def test_writing_goes_on_where_it_was(tab, story, dialog):
    write(tab, "Avant")
    end_session(tab)
    expect(dialog.get_by_label("Password")).to_be_focused()
    sign_in(dialog)
    expect(dialog).to_be_hidden()
    tab.keyboard.type(" et après")
    expect(tab.locator(".ProseMirror")).to_contain_text("Avant et après")
    expect(tab.locator("output.kept")).to_contain_text("Kept")
    assert "Avant" in Autosave.objects.get().typed["body"][0]


def test_every_form_of_the_page_has_the_token_of_the_new_session(tab, story, dialog):
    token = tab.evaluate("document.cookie.match(/csrftoken=(\\w+)/)?.[1]")
    end_session(tab)
    sign_in(dialog)
    expect(dialog).to_be_hidden()
    assert token != tab.evaluate("document.cookie.match(/csrftoken=(\\w+)/)?.[1]")
    assert tab.evaluate("""
        Promise.all([...document.querySelectorAll('[name=csrfmiddlewaretoken]')].map(({ value }) =>
          fetch('/admin/articles/article/teasers/', { method: 'POST', headers: { 'X-CSRFToken': value } })
            .then(({ status }) => status))).then((found) => [...new Set(found)])
    """) == [200]


def test_nothing_is_published_unseen(tab, dialog):
    story = cast.draft("Le port ferme", section=cast.section(), authors=[cast.author()])
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    Session.objects.all().delete()
    tab.get_by_role("button", name="Submit for review").click()
    sign_in(dialog)
    expect(tab.locator("#session")).to_contain_text("press “Submit for review” once more")
    expect(tab.get_by_role("button", name="Submit for review")).to_be_focused()
    story.refresh_from_db()
    assert story.status == "draft"


def test_somebody_else_saves_nothing_of_it(tab, story, dialog):
    cast.editor("koffi")
    write(tab, "De la plume d’Awa. ")
    end_session(tab)
    sign_in(dialog, name="koffi")
    expect(dialog).to_contain_text("koffi is signed in here now.")
    with tab.expect_navigation():
        dialog.get_by_role("button", name="Reload the page").click()
    tab.wait_for_selector(".ProseMirror")
    assert "Awa" not in tab.locator(".ProseMirror").inner_text()
    assert "De la plume" not in Article.objects.get().body
    assert not Autosave.objects.filter(user__username="koffi").exists()
    kept = tab.evaluate("Object.entries(localStorage).filter(([name]) => name.startsWith('newsroom:'))")
    [(place, text)] = kept or [("", "")]
    assert place.startswith(f"newsroom:{User.objects.get(username='awa').pk}:")
    assert "De la plume" in text


def test_a_sign_in_that_must_wait_says_so(tab, story, dialog):
    end_session(tab)
    for _time in range(6):
        with tab.expect_response("**/admin/login/**"):
            sign_in(dialog, "faux")
        expect(dialog.get_by_role("button", name="Sign in")).to_be_enabled()
    expect(dialog).to_contain_text("Please wait 15 minutes")


def test_who_is_locked_out_keeps_the_text(tab, story, dialog):
    write(tab, "Après minuit. ")
    end_session(tab)
    User.objects.update(is_active=False)
    sign_in(dialog)
    expect(dialog).to_contain_text("is wrong")
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert "Après minuit." in tab.locator(".ProseMirror").inner_text()


def test_it_can_be_put_off_and_opened_again(tab, story, dialog):
    end_session(tab)
    dialog.get_by_role("button", name="Later").click()
    expect(dialog).to_be_hidden()
    tab.locator("#sign-in-again").get_by_role("button", name="Sign in").click()
    sign_in(dialog)
    expect(tab.locator("#session")).to_have_text("You are signed in again.")


def test_a_new_story_hears_of_the_end_while_nobody_writes(tab, dialog):
    tab.clock.install()
    tab.goto("/admin/articles/article/add/")
    tab.wait_for_selector(".ProseMirror")
    Session.objects.all().delete()
    tab.clock.run_for(21_000)  # milliseconds
    expect(dialog.get_by_label("Password")).to_be_visible()
