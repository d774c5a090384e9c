"""Typing that never gets lost, in a real browser: with a server, without one, and after the session has ended."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Autosave
from tests.articles import cast


def write(desk, text):
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type(text)


def open_form(desk):
    story = cast.draft("Le port ferme")
    desk.goto(f"/admin/articles/article/{story.pk}/change/")
    desk.wait_for_selector(".ProseMirror")
    return story


def test_a_pause_in_typing_keeps_the_text(desk):
    story = open_form(desk)
    write(desk, "Une phrase. ")
    expect(desk.locator("output.kept")).to_contain_text("Kept")
    assert "Une phrase." in Autosave.objects.get().typed["body"][0]
    assert "Une phrase." not in Article.objects.get(pk=story.pk).body


def test_it_sends_at_most_a_kilobyte_more_than_the_text(desk):
    open_form(desk)
    sent = []
    desk.on("request", lambda request: sent.append(request.post_data) if "autosave" in request.url else None)
    write(desk, "Une phrase. ")
    expect(desk.locator("output.kept")).to_contain_text("Kept")
    text = Autosave.objects.get().typed
    assert (
        len(sent[0].encode()) <= sum(len(text[name][0].encode()) for name in ("headline", "standfirst", "body")) + 1024
    )


def test_searching_in_a_chooser_is_not_writing(desk):
    open_form(desk)
    desk.get_by_role("searchbox", name="Tags").press_sequentially("Mal")
    desk.keyboard.press("Escape")
    desk.get_by_label("Note to colleagues").click()
    with desk.expect_navigation(timeout=5000):
        desk.reload()  # an unsaved form would ask first
    desk.wait_for_selector(".ProseMirror")
    assert not Autosave.objects.exists()
    assert desk.get_by_text("is not in the story").count() == 0


def test_what_is_typed_and_taken_back_is_not_kept(desk):
    open_form(desk)
    write(desk, "ab")
    for _letter in "ab":
        desk.keyboard.press("Backspace")
    desk.evaluate("dispatchEvent(new Event('blur'))")
    desk.wait_for_timeout(500)  # milliseconds, in which the server gets what was sent
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.reload()
    desk.wait_for_selector(".ProseMirror")
    assert desk.get_by_text("is not in the story").count() == 0


def test_a_picture_that_was_chosen_is_kept(desk):
    cast.image()
    open_form(desk)
    desk.get_by_label("Lead picture").click()
    desk.get_by_role("dialog").get_by_role("button", name="Le port de Lomé").click()
    expect(desk.locator("output.kept")).to_contain_text("Kept")
    assert Autosave.objects.get().typed["lead_image"]


def test_a_crash_loses_nothing(desk):
    open_form(desk)
    write(desk, "Une phrase. ")
    expect(desk.locator("output.kept")).to_contain_text("Kept")
    address = desk.url
    desk.goto("about:blank")
    desk.goto(address)
    desk.get_by_role("link", name="Put it in the form").click()
    expect(desk.locator(".ProseMirror")).to_contain_text("Une phrase.")


def test_without_a_network_the_browser_keeps_it_until_there_is_one(desk):
    open_form(desk)
    desk.context.set_offline(True)
    write(desk, "Dans le train. ")
    expect(desk.locator("output.kept")).to_contain_text("in this browser")
    assert not Autosave.objects.exists()
    desk.context.set_offline(False)
    expect(desk.locator("output.kept")).not_to_contain_text("in this browser")
    assert "Dans le train." in Autosave.objects.get().typed["body"][0]


def test_what_a_closed_browser_kept_is_offered_on_the_next_visit(desk):
    open_form(desk)
    address = desk.url
    desk.context.set_offline(True)
    write(desk, "Dans le train. ")
    expect(desk.locator("output.kept")).to_contain_text("in this browser")
    desk.close(run_before_unload=False)
    desk.context.set_offline(False)
    again = desk.context.new_page()
    again.goto(address)
    expect(again.locator("output.kept")).to_contain_text("was kept")
    again.reload()
    again.get_by_role("link", name="See the difference").click()
    again.get_by_text("Dans le train.").wait_for()


def test_a_login_that_ended_while_typing_loses_nothing(desk):
    story = open_form(desk)
    write(desk, "Après minuit. ")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save draft").click()
    desk.get_by_label("Username").fill("awa")
    desk.get_by_label("Password").fill("mot-de-passe")
    desk.keyboard.press("Enter")
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    story.refresh_from_db()
    assert "Après minuit." in story.body
