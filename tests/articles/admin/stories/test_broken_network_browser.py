"""Slow answers, lost connections, a browser that crashes and a session that ends: the writer keeps every word."""

import pytest
from django.contrib.sessions.models import Session
from PIL import Image as Picture
from playwright.sync_api import Error, expect

from articles.models import Article, Autosave, Image, Revision
from tests.articles import cast
from tests.articles.admin.held_requests import HeldRequests
from tests.articles.admin.story_text import click_into


@pytest.fixture
def story(tab):
    story = cast.draft("Le port ferme", body="<p>Le port.</p>")
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    return story


def write(tab, words):
    click_into(tab.locator(".ProseMirror p").first)
    tab.keyboard.press("End")
    tab.keyboard.type(words)


def save_button(tab):
    return tab.get_by_role("button", name="Save draft")


def wait_until_kept_here(tab, words):
    """Wait until the browser has kept these words, which it does before the server hears of them."""
    tab.wait_for_function("(words) => Object.values(localStorage).some((text) => text.includes(words))", arg=words)


def test_a_tab_that_crashes_has_kept_even_the_last_words(tab, story):
    address = tab.url
    tab.route("**/autosave/", lambda route: route.abort())
    write(tab, " Une phrase.")
    wait_until_kept_here(tab, "Une phrase.")
    assert not Autosave.objects.exists()
    again = tab.context.new_page()
    with pytest.raises(Error):
        tab.goto("chrome://crash", timeout=5000)
    again.goto(address)
    expect(again.locator("output.kept")).to_contain_text("was kept")
    assert "Une phrase." in Autosave.objects.get().typed["body"][0]


def test_what_is_saved_is_not_offered_again(tab, story):
    address = tab.url
    write(tab, " Une phrase.")
    wait_until_kept_here(tab, "Une phrase.")
    save_button(tab).click()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    tab.goto(address)
    tab.wait_for_selector(".ProseMirror")
    assert tab.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('newsroom:'))") == []
    expect(tab.locator(".kept-text")).to_have_count(0)


def test_two_presses_on_a_slow_network_are_one_save(tab, story):
    held = HeldRequests(tab, "**/change/")
    write(tab, " Une phrase.")
    for _press in range(2):
        with tab.expect_response("**/admin/session/"):
            save_button(tab).click()
        expect(tab.locator("output.kept")).to_have_text("Saving …")
    held.first().continue_()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert len(held) == 1
    assert Revision.objects.filter(event="saved").count() == 1


def test_a_save_that_never_arrived_leaves_the_text_in_the_form(tab, story):
    tab.route("**/change/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(tab, " Une phrase.")
    with tab.expect_event("requestfailed"):
        save_button(tab).click(no_wait_after=True)
    expect(tab.locator("output.kept")).to_contain_text("Kept at")
    assert "Une phrase." in Autosave.objects.get().typed["body"][0]
    tab.unroute("**/change/")
    save_button(tab).click()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Une phrase." in Article.objects.get().body


def test_a_save_that_was_stopped_can_be_pressed_again(tab, story):
    tab.clock.install()
    tab.reload()
    tab.wait_for_selector(".ProseMirror")
    held = HeldRequests(tab, "**/change/")
    write(tab, " Une phrase.")
    save_button(tab).click(no_wait_after=True)
    held.first().abort("aborted")  # as by the browser's button to stop: the page stays
    tab.unroute("**/change/")
    tab.clock.fast_forward(31_000)  # milliseconds
    save_button(tab).click()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Une phrase." in Article.objects.get().body


def test_the_writer_hears_that_the_login_has_ended_and_goes_on_after_another(tab, story):
    Session.objects.all().delete()
    write(tab, " Après minuit.")
    expect(tab.locator("output.kept")).to_contain_text("Your session has ended")
    assert "Après minuit." in str(tab.evaluate("Object.values(localStorage)"))
    other = tab.context.new_page()
    other.goto("/admin/")
    other.get_by_label("User name or e-mail address").fill("awa")
    other.get_by_label("Password").fill("mot-de-passe")
    other.keyboard.press("Enter")
    other.get_by_role("link", name="New story").wait_for()
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when they come back to this tab
    expect(tab.get_by_role("dialog")).to_have_count(0)
    save_button(tab).click()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Après minuit." in Article.objects.get().body


def test_a_picture_on_its_way_is_lost_neither_by_saving_nor_by_escape_nor_by_leaving(tab, story, tmp_path):
    Picture.new("RGB", (900, 600), "navy").save(tmp_path / "port.jpg")
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.get_by_label("Lead picture").click()
    held = HeldRequests(tab, "**/image/upload/")
    tab.get_by_role("dialog").locator("input[type=file]").set_input_files(tmp_path / "port.jpg")
    for keys in ("Control+s", "Escape", "Escape"):
        tab.keyboard.press(keys)
        expect(tab.locator(".picture-state")).to_contain_text("not uploaded yet")
    with tab.expect_event("dialog"):
        tab.evaluate("location.href = '/admin/'")
    assert asked == ["beforeunload"]
    held.first().continue_()
    tab.get_by_label("Alternative text").fill("Le port de Lomé")
    tab.get_by_role("button", name="Use this picture").click()
    tab.locator(".lead-picture").get_by_text("Le port de Lomé").wait_for()
    tab.keyboard.press("Control+s")
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert Article.objects.get().lead_image == Image.objects.get()


def test_leaving_the_library_with_a_picture_on_its_way_asks(tab, tmp_path):
    Picture.new("RGB", (900, 600), "navy").save(tmp_path / "port.jpg")
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.goto("/admin/articles/image/add/")
    tab.locator("#id_upload").set_input_files(tmp_path / "port.jpg")
    tab.locator("#id_alt").fill("Le port de Lomé")
    with tab.expect_event("dialog"):
        tab.evaluate("location.href = '/admin/'")
    assert asked == ["beforeunload"]
    tab.locator("[name=_save]").click()
    tab.locator(".messagelist").get_by_text("Le port de Lomé").wait_for()
    assert asked == ["beforeunload"]


CHECKLIST = "**/checklist/"


@pytest.fixture
def complete(tab):
    """Return the checklist of a story that lacks nothing but a time, open in a tab."""
    tab.goto(f"/admin/articles/article/{cast.draft('Le port', authors=[cast.author()], tags=['Togo']).pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    return tab.locator("#checklist")


def empty_headline(tab):
    tab.get_by_label("Headline").fill("")


def test_a_checklist_that_cannot_be_checked_says_so_and_asks_again(tab, complete):
    ready, unchecked = complete.locator(".done"), complete.get_by_text("What you typed since is not checked yet.")
    expect(ready).to_be_visible()
    expect(unchecked).to_be_hidden()
    tab.route(CHECKLIST, lambda route: route.abort())
    empty_headline(tab)
    expect(unchecked).to_be_visible()
    expect(ready).to_be_hidden()
    tab.unroute(CHECKLIST)
    tab.evaluate("dispatchEvent(new Event('online'))")
    expect(complete).to_contain_text("A story needs a headline")
    expect(unchecked).to_be_hidden()


def test_a_checklist_with_the_focus_in_it_is_renewed_when_the_focus_leaves(tab, complete):
    empty_headline(tab)
    with tab.expect_response(CHECKLIST):
        complete.get_by_role("link").first.focus()
    expect(complete).to_contain_class("is-stale")
    expect(complete).not_to_contain_text("A story needs a headline")
    tab.get_by_label("Kicker").focus()
    expect(complete).to_contain_text("A story needs a headline")
