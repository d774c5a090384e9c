"""Typing that never gets lost, in a real browser: with a server, without one, and after the session has ended."""

import re

from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Autosave
from tests.articles import cast


def write(tab, text):
    tab.get_by_role("textbox", name="Story").click()
    tab.keyboard.type(text)


def open_form(tab):
    story = cast.draft("Le port ferme")
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    return story


def test_a_pause_in_typing_keeps_the_text(tab):
    story = open_form(tab)
    write(tab, "Une phrase. ")
    expect(tab.locator("output.kept")).to_contain_text("Kept")
    assert "Une phrase." in Autosave.objects.get().typed["body"][0]
    assert "Une phrase." not in Article.objects.get(pk=story.pk).body


def test_the_time_at_which_text_was_kept_is_the_newsrooms_wherever_the_browser_is(tab, browser, live_server):
    signed_in = tab.context.storage_state()
    context = browser.new_context(base_url=live_server.url, storage_state=signed_in, timezone_id="Pacific/Auckland")
    away = context.new_page()
    open_form(away)
    before = timezone.localtime()
    write(away, "Une phrase. ")
    expect(away.locator("output.kept")).to_contain_text("Kept at")
    said = re.search(r"\d\d:\d\d", away.locator("output.kept").inner_text())[0]
    assert said in {f"{moment:%H:%M}" for moment in (before, timezone.localtime())}
    context.close()


def test_it_sends_at_most_a_kilobyte_more_than_the_text(tab):
    open_form(tab)
    sent = []
    tab.on("request", lambda request: sent.append(request.post_data) if "autosave" in request.url else None)
    write(tab, "Une phrase. ")
    expect(tab.locator("output.kept")).to_contain_text("Kept")
    text = Autosave.objects.get().typed
    assert (
        len(sent[0].encode()) <= sum(len(text[name][0].encode()) for name in ("headline", "standfirst", "body")) + 1024
    )


def test_searching_in_a_chooser_is_not_writing(tab):
    open_form(tab)
    tab.get_by_role("searchbox", name="Tags").press_sequentially("Mal")
    tab.keyboard.press("Escape")
    tab.get_by_label("Note to colleagues").click()
    with tab.expect_navigation():
        tab.reload()  # an unsaved form would ask first
    tab.wait_for_selector(".ProseMirror")
    assert not Autosave.objects.exists()
    assert tab.get_by_text("is not in the story").count() == 0


def test_what_is_typed_and_taken_back_is_not_kept(tab):
    open_form(tab)
    write(tab, "ab")
    for _letter in "ab":
        tab.keyboard.press("Backspace")
    tab.evaluate("dispatchEvent(new Event('blur'))")
    expect(tab.locator("output.kept")).not_to_have_text("Not saved yet.")  # whatever was sent has its answer
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.reload()
    tab.wait_for_selector(".ProseMirror")
    assert tab.get_by_text("is not in the story").count() == 0


def test_a_picture_that_was_chosen_is_kept(tab):
    cast.image()
    open_form(tab)
    tab.get_by_label("Lead picture").click()
    tab.get_by_role("dialog").get_by_role("button", name="Le port de Lomé").click()
    expect(tab.locator("output.kept")).to_contain_text("Kept")
    assert Autosave.objects.get().typed["lead_image"]


def test_a_crash_loses_nothing(tab):
    open_form(tab)
    write(tab, "Une phrase. ")
    expect(tab.locator("output.kept")).to_contain_text("Kept")
    address = tab.url
    tab.goto("about:blank")
    tab.goto(address)
    tab.get_by_role("link", name="Put it in the form").click()
    expect(tab.locator(".ProseMirror")).to_contain_text("Une phrase.")


def test_without_a_network_the_browser_keeps_it_until_there_is_one(tab):
    open_form(tab)
    tab.context.set_offline(True)
    write(tab, "Dans le train. ")
    expect(tab.locator("output.kept")).to_contain_text("in this browser")
    assert not Autosave.objects.exists()
    tab.context.set_offline(False)
    expect(tab.locator("output.kept")).not_to_contain_text("in this browser")
    assert "Dans le train." in Autosave.objects.get().typed["body"][0]


def test_what_a_closed_browser_kept_is_offered_on_the_next_visit(tab):
    open_form(tab)
    address = tab.url
    tab.context.set_offline(True)
    write(tab, "Dans le train. ")
    expect(tab.locator("output.kept")).to_contain_text("in this browser")
    tab.close(run_before_unload=False)
    tab.context.set_offline(False)
    again = tab.context.new_page()
    again.goto(address)
    expect(again.locator("output.kept")).to_contain_text("was kept")
    again.reload()
    again.get_by_role("link", name="See the difference").click()
    again.get_by_text("Dans le train.").wait_for()


def test_a_login_that_ended_while_typing_loses_nothing(tab):
    story = open_form(tab)
    write(tab, "Après minuit. ")
    Session.objects.all().delete()
    tab.get_by_role("button", name="Save draft").click()
    tab.get_by_label("User name or e-mail address").fill("awa")
    tab.get_by_label("Password").fill("mot-de-passe")
    tab.keyboard.press("Enter")
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    story.refresh_from_db()
    assert "Après minuit." in story.body


def test_the_head_says_at_the_first_key_that_a_saved_story_is_not_saved_any_more(tab):
    open_form(tab)
    mark = tab.locator("output.kept")
    write(tab, "Une phrase. ")
    expect(mark).to_have_text("Not saved yet.")
    tab.keyboard.press("Control+s")
    expect(mark).to_contain_text("is saved.")
    tab.get_by_role("textbox", name="Story").press("z")
    assert mark.inner_text() == "Not saved yet."


def test_the_head_says_at_once_that_the_network_is_gone_and_that_it_is_back(tab):
    open_form(tab)
    mark = tab.locator("output.kept")
    tab.context.set_offline(True)
    expect(mark).to_have_text("The server cannot be reached.")
    tab.context.set_offline(False)
    expect(mark).to_have_text("")
