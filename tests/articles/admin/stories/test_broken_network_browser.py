"""Slow answers, lost connections, a browser that crashes and a session that ends: the writer keeps every word."""

import pytest
from django.contrib.sessions.models import Session
from PIL import Image as Picture
from playwright.sync_api import Error, expect

from articles.models import Article, Autosave, Image, Revision
from tests.articles import cast


@pytest.fixture
def story(desk):
    story = cast.draft("Le port ferme", body="<p>Le port.</p>")
    desk.goto(f"/admin/articles/article/{story.pk}/change/")
    desk.wait_for_selector(".ProseMirror")
    return story


def write(desk, words):
    desk.locator(".ProseMirror p").first.click()
    desk.keyboard.press("End")
    desk.keyboard.type(words)


def save_button(desk):
    return desk.get_by_role("button", name="Save draft")


def hold_requests(desk, address):
    """Return the list of requests to this address, each of which `continue_` lets through."""
    held = []
    desk.route(address, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    return held


def test_a_tab_that_crashes_has_kept_even_the_last_words(desk, story):
    address = desk.url
    write(desk, " Une phrase.")
    desk.wait_for_timeout(600)  # milliseconds: long before the server hears of it
    assert not Autosave.objects.exists()
    again = desk.context.new_page()
    with pytest.raises(Error):
        desk.goto("chrome://crash", timeout=5000)
    again.goto(address)
    expect(again.locator("output.kept")).to_contain_text("was kept")
    assert "Une phrase." in Autosave.objects.get().typed["body"][0]


def test_what_is_saved_is_not_offered_again(desk, story):
    address = desk.url
    write(desk, " Une phrase.")
    desk.wait_for_timeout(600)
    save_button(desk).click()
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    desk.goto(address)
    desk.wait_for_selector(".ProseMirror")
    assert desk.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('newsroom:'))") == []
    expect(desk.locator(".kept-text")).to_have_count(0)


PRESS_AGAIN = """
const [button, mark] = [".verbs [name=_save]", "output.kept"].map((place) => document.querySelector(place));
setTimeout(() => button.click(), 700);
new MutationObserver(() => (sessionStorage.said = mark.textContent)).observe(mark, { childList: true });
"""


def test_two_presses_on_a_slow_network_are_one_save(desk, story):
    held = hold_requests(desk, "**/change/")
    write(desk, " Une phrase.")
    desk.evaluate(PRESS_AGAIN)
    save_button(desk).click(no_wait_after=True)
    desk.wait_for_timeout(1500)
    assert len(held) == 1
    held[0].continue_()
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    assert desk.evaluate("sessionStorage.said") == "Saving …"
    assert Revision.objects.filter(event="saved").count() == 1


def test_the_text_of_a_save_that_never_arrived_is_offered(desk, story):
    address = desk.url
    desk.route("**/change/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(desk, " Une phrase.")
    with desk.expect_event("requestfailed"):
        save_button(desk).click(no_wait_after=True)
    desk.wait_for_timeout(500)  # the browser's own page about it
    desk.unroute("**/change/")
    desk.goto(address)
    expect(desk.locator("output.kept")).to_contain_text("was kept")
    desk.reload()
    desk.get_by_role("link", name="Put it in the form").first.click()
    expect(desk.locator(".ProseMirror")).to_contain_text("Une phrase.")
    save_button(desk).click()
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Une phrase." in Article.objects.get().body


def test_a_save_that_was_stopped_can_be_pressed_again(desk, story):
    desk.clock.install()
    desk.reload()
    desk.wait_for_selector(".ProseMirror")
    held = hold_requests(desk, "**/change/")
    write(desk, " Une phrase.")
    save_button(desk).click(no_wait_after=True)
    desk.wait_for_timeout(300)
    held[0].abort("aborted")  # as by the browser's button to stop: the page stays
    desk.unroute("**/change/")
    desk.clock.fast_forward(31_000)  # milliseconds
    save_button(desk).click()
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Une phrase." in Article.objects.get().body


def test_the_writer_hears_that_the_login_has_ended_and_goes_on_after_another(desk, story):
    Session.objects.all().delete()
    write(desk, " Après minuit.")
    expect(desk.locator("output.kept")).to_contain_text("Your session has ended")
    assert "Après minuit." in str(desk.evaluate("Object.values(localStorage)"))
    other = desk.context.new_page()
    other.goto("/admin/")
    other.get_by_label("Username").fill("awa")
    other.get_by_label("Password").fill("mot-de-passe")
    other.keyboard.press("Enter")
    other.get_by_role("link", name="New story").wait_for()
    save_button(desk).click()
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    assert "Après minuit." in Article.objects.get().body


def test_a_picture_on_its_way_is_lost_neither_by_saving_nor_by_escape_nor_by_leaving(desk, story, tmp_path):
    Picture.new("RGB", (900, 600), "navy").save(tmp_path / "port.jpg")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.get_by_label("Lead picture").click()
    desk.get_by_text("Upload a new picture").click()
    desk.get_by_label("File", exact=True).set_input_files(tmp_path / "port.jpg")
    desk.get_by_label("Alternative text, for those").fill("Le port de Lomé")
    held = hold_requests(desk, "**/image/upload/")
    desk.get_by_role("button", name="Upload and use").click()
    expect(desk.locator(".picture-state")).to_have_text("Uploading …")
    for keys in ("Control+s", "Escape", "Escape"):
        desk.keyboard.press(keys)
        expect(desk.locator(".picture-state")).to_contain_text("still being uploaded")
    desk.evaluate("location.href = '/admin/'")
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    held[0].continue_()
    desk.get_by_text("Le port de Lomé").wait_for()
    desk.keyboard.press("Control+s")
    desk.locator(".messagelist").get_by_text("is saved").wait_for()
    assert Article.objects.get().lead_image == Image.objects.get()


def test_leaving_the_library_with_a_picture_on_its_way_asks(desk, tmp_path):
    Picture.new("RGB", (900, 600), "navy").save(tmp_path / "port.jpg")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.goto("/admin/articles/image/add/")
    desk.locator("#id_upload").set_input_files(tmp_path / "port.jpg")
    desk.locator("#id_alt").fill("Le port de Lomé")
    desk.evaluate("location.href = '/admin/'")
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    desk.locator("[name=_save]").click()
    desk.locator(".messagelist").get_by_text("Le port de Lomé").wait_for()
    assert asked == ["beforeunload"]
