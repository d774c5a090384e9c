"""A save leaves the form where it is: cursor, place and undo history stay, and what the server made of it comes in."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Autosave, Revision, Tag
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.held_requests import HeldRequests
from tests.articles.admin.story_text import click_into

KEY = "form => form.elements.key.value"
SLOW_AUTOSAVE = """() => {
  const address = document.querySelector("[data-autosave]").dataset.autosave;
  const send = window.fetch;
  window.fetch = async (...request) => {
    if (request[0] !== address) return send(...request);
    await new Promise((go) => setTimeout(go, 700));
    const response = await send(...request);
    window.autosaveArrived = true;
    return response;
  };
}"""


@pytest.fixture
def story(tab):
    """Return a live story, open in a tab that counts the pages it loads."""
    return open_form(tab, cast.story("Le port ferme", body="<p>Le port.</p>\n<p>La grue.</p>"))


def open_form(tab, story):
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    tab.loads = []
    tab.on("framenavigated", lambda frame: tab.loads.append(frame.url) if frame == tab.main_frame else None)
    return story


def write(tab, words, paragraph=0):
    click_into(tab.locator(".ProseMirror p").nth(paragraph))
    tab.keyboard.press("End")
    tab.keyboard.type(words)


def press(tab, verb, *, anyway=False):
    row = tab.get_by_role("group", name="What to do with the story")
    if anyway:
        tab.get_by_label("Publish anyway").check()
    row.get_by_role("button", name=verb, exact=True).click()


def said(tab, words):
    """Wait for this in the head, where it is in sight and announced."""
    expect(tab.locator("output.kept")).to_contain_text(words)


def save(tab):
    """Save by keyboard, and wait until the form is up to date."""
    with shown_again(tab):
        tab.keyboard.press("Control+s")
    said(tab, "saved")


def shown_again(tab):
    return tab.expect_response(lambda response: response.url == tab.url and response.request.method == "GET")


def body():
    return Article.objects.latest("pk").newest_content["body"]


def test_a_typo_in_a_live_story_is_corrected_without_loading_a_page(tab, story):
    write(tab, " Rouvert.")
    tab.get_by_label("Publish anyway").check()
    tab.evaluate("scrollTo(0, 0)")
    place = tab.locator(".ProseMirror").bounding_box()
    press(tab, "Publish changes")
    said(tab, "The changes to “Le port ferme” are live.")
    assert tab.loads == []
    assert tab.locator(".ProseMirror").bounding_box() == place
    assert Article.objects.get().body == "<p>Le port. Rouvert.</p>\n<p>La grue.</p>"
    expect(tab.locator("output.kept")).not_to_contain_text("View on site")
    expect(tab.locator(".messagelist")).to_contain_text("are live. View on site")
    expect(tab.get_by_role("button", name="Publish changes")).to_be_focused()
    tab.locator(".ProseMirror").focus()
    tab.keyboard.press("Control+z")
    expect(tab.locator(".ProseMirror")).not_to_contain_text("Rouvert.")


def test_writing_goes_on_at_the_cursor_after_each_save(tab, story):
    write(tab, "  Un")  # of two spaces, one is stored
    for word in (" Deux ", "Trois"):
        save(tab)
        tab.keyboard.type(word)
    tab.keyboard.press("Enter")
    save(tab)
    assert tab.locator(".ProseMirror p").first.evaluate("p => p.textContent") == "Le port. Un Deux Trois"
    tab.keyboard.type("Quatre")
    save(tab)
    assert body() == "<p>Le port. Un Deux Trois</p>\n<p>Quatre</p>\n<p>La grue.</p>"
    assert Revision.objects.filter(event="saved").count() == 4
    assert tab.loads == []


WATCH = """area => {
  const kinds = { childList: true, characterData: true, subtree: true };
  window.changes = 0;
  new MutationObserver((found) => (window.changes += found.length)).observe(area, kinds);
}"""


def test_a_text_that_is_stored_as_it_was_written_is_left_alone(tab):
    port = cast.image()
    other = cast.story("La grue")
    blocks = [
        "<h2>Titre</h2>",
        "<p>Un <strong>gras</strong>, <em>deux</em><br>H<sub>2</sub>O, m<sup>2</sup>.</p>",
        f'<p><a href="/story/{other.pk}/">La grue</a>, <a href="https://example.org">ailleurs</a></p>',
        "<ul><li>Un<ul><li>Deux</li></ul></li></ul>",
        '<ol start="3"><li>Trois</li></ol>',
        "<blockquote><p>Dit-il.</p></blockquote>",
        "<hr>",
        '<figure class="pullquote"><blockquote><p>Enfin</p></blockquote><figcaption>Awa</figcaption></figure>',
        f'<figure class="picture"><img data-image="{port.pk}" alt=""><figcaption>Le port</figcaption></figure>',
        '<table><tbody><tr><th scope="col">A</th><td></td></tr><tr><td colspan="2">1</td></tr></tbody></table>',
    ]
    open_form(tab, cast.draft("Le port ferme", body="\n".join(blocks)))
    write(tab, " Vrai ")
    tab.locator(".ProseMirror").evaluate(WATCH)
    save(tab)
    assert tab.evaluate("window.changes") == 0
    assert "m<sup>2</sup>. Vrai</p>" in body()


def test_state_buttons_times_and_title_follow(tab):
    open_form(tab, cast.draft("Le port ferme", authors=[cast.author()], tags=["Togo"]))
    tab.get_by_label("Headline").fill("Le port rouvre")
    press(tab, "Publish now")
    said(tab, "is live")
    expect(tab.locator(".verbs-state")).to_have_text("Live")
    expect(tab.locator("#id_publish_at")).to_be_disabled()
    expect(tab).to_have_title("Le port rouvre – Newsroom")
    tab.get_by_label("Standfirst").fill("Les grues repartent.")
    tab.get_by_label("Changes go live").fill("2090-12-01T06:00")
    press(tab, "Schedule changes")
    tab.get_by_role("dialog").get_by_role("button", name="Schedule changes", exact=True).click()
    said(tab, "go live")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    press(tab, "Withdraw")
    tab.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    said(tab, "is withdrawn")
    assert tab.loads == []


def test_fields_take_what_is_stored_where_it_is_not_what_was_sent(tab, story):
    Tag.objects.for_names(["Mali"])
    tab.get_by_label("Note to colleagues").fill("Vu avec Koffi")
    tab.get_by_role("searchbox", name="Tags").press_sequentially("mali")
    tab.get_by_role("option", name="Mali", exact=True).wait_for()
    save(tab)
    expect(tab.get_by_title("Mali", exact=True)).to_have_count(1)
    expect(tab.get_by_role("searchbox", name="Tags")).to_have_value("")
    expect(tab.get_by_label("Note to colleagues")).to_have_value("")
    expect(tab.locator(".notes")).to_contain_text("Vu avec Koffi")
    assert tab.loads == []


def test_what_a_colleague_wrote_comes_in_beside_the_cursor(tab, story):
    write(tab, " Rouvert")
    story = Article.objects.get()
    content = {**story.newest_content, "body": "<p>Le port.</p>\n<p>La grue. Rouge.</p>"}
    story.save_draft(cast.editor("koffi"), Edit(content, story.version))
    tab.keyboard.press("Control+s")
    said(tab, "both texts are now merged")
    expect(tab.locator(".ProseMirror")).to_contain_text("La grue. Rouge.")
    tab.keyboard.type(" enfin.")
    save(tab)
    assert body() == "<p>Le port. Rouvert enfin.</p>\n<p>La grue. Rouge.</p>"
    assert tab.loads == []


def test_what_both_changed_is_asked_on_its_page_once(tab, story):
    write(tab, " Rouvert.")
    story = Article.objects.get()
    content = {**story.newest_content, "body": "<p>Le port. Noyé.</p>\n<p>La grue.</p>"}
    story.save_draft(cast.editor("koffi"), Edit(content, story.version))
    tab.keyboard.press("Control+s")
    tab.get_by_role("button", name="Save these choices").wait_for()
    assert Revision.objects.filter(event="kept").count() == 1


def test_what_is_refused_comes_as_a_page_and_is_saved_once_mended(tab, story):
    tab.get_by_label("Section").select_option("")
    write(tab, " Rouvert.")
    press(tab, "Publish changes", anyway=True)
    expect(tab.locator(".problems")).to_contain_text("Choose a section")
    tab.get_by_label("Section").select_option("Finance")
    press(tab, "Publish changes", anyway=True)
    tab.locator(".messagelist").get_by_text("are live").wait_for()
    assert "Rouvert." in Article.objects.get().body


def test_what_is_written_during_a_save_stays_and_is_saved_next(tab, story):
    save_on_its_way = HeldRequests(tab, "**/change/")
    write(tab, " Un.")
    tab.keyboard.press("Control+s")
    save_on_its_way.first()
    tab.keyboard.type(" Deux.")
    save_on_its_way.let_through()
    said(tab, "is saved")
    assert "Deux." not in body()
    assert "Deux." in str(tab.evaluate("Object.values(localStorage)"))
    save(tab)
    assert body() == "<p>Le port. Un. Deux.</p>\n<p>La grue.</p>"
    assert not Autosave.objects.exists()


def test_another_button_pressed_during_a_save_waits_for_a_second_press(tab, story):
    save_on_its_way = HeldRequests(tab, "**/change/")
    write(tab, " Un.")
    tab.keyboard.press("Control+s")
    said(tab, "Saving …")
    with tab.expect_response("**/admin/session/"):
        press(tab, "Publish changes")
    save_on_its_way.let_through()
    said(tab, "is saved. Readers see the changes when you publish them. Press “Publish changes” once more.")
    expect(tab.get_by_role("button", name="Publish changes", exact=True)).to_be_focused()
    assert Article.objects.get().has_changes


def test_a_question_that_a_save_closes_is_not_forgotten(tab, story):
    save_on_its_way = HeldRequests(tab, "**/change/")
    write(tab, " Un.")
    tab.keyboard.press("Control+s")
    said(tab, "Saving …")
    press(tab, "Withdraw")
    tab.get_by_role("dialog").wait_for()
    save_on_its_way.let_through()
    said(tab, "Press “Withdraw” once more.")
    expect(tab.get_by_role("button", name="Withdraw", exact=True)).to_be_focused()


def test_a_save_pressed_while_another_button_works_is_made_with_what_was_written_on(tab, story):
    save_on_its_way = HeldRequests(tab, "**/change/")
    write(tab, " Un.")
    tab.get_by_label("Publish anyway").check()
    press(tab, "Publish changes")
    said(tab, "Saving …")
    write(tab, " Deux.")
    tab.keyboard.press("Control+s")
    save_on_its_way.let_through()
    said(tab, "is saved")
    assert body() == "<p>Le port. Un. Deux.</p>\n<p>La grue.</p>"
    assert Article.objects.get().body == "<p>Le port. Un.</p>\n<p>La grue.</p>"


def test_a_save_whose_answer_is_lost_can_be_pressed_again_in_the_same_form(tab, story):
    def lose(route):
        route.fetch(max_redirects=0)
        route.abort()

    tab.route("**/change/", lose)
    write(tab, " Rouvert.")
    tab.keyboard.press("Control+s")
    said(tab, "Kept")
    expect(tab.locator(".verbs")).not_to_have_attribute("aria-busy", "true")
    tab.unroute("**/change/")
    save(tab)
    assert tab.loads == []
    assert Revision.objects.filter(event="saved").count() == 1


def test_an_autosave_between_two_saves_belongs_to_the_second(tab, story):
    write(tab, " Un.")
    save(tab)
    key = tab.locator("#article_form").evaluate(KEY)
    tab.keyboard.type(" Deux.")
    tab.evaluate("dispatchEvent(new Event('blur'))")
    said(tab, "Kept at")
    assert [kept.key for kept in Autosave.objects.all()] == [key]
    save(tab)
    assert not Autosave.objects.exists()
    assert tab.locator("#article_form").evaluate(KEY) != key
    assert tab.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('newsroom:'))") == []


def test_a_save_waits_for_the_autosave_that_is_on_its_way(tab, story):
    tab.evaluate(SLOW_AUTOSAVE)
    write(tab, " Un.")
    tab.evaluate("dispatchEvent(new Event('blur'))")
    tab.keyboard.type(" Deux.")
    save(tab)
    tab.wait_for_function("() => window.autosaveArrived")
    assert not Autosave.objects.exists()


def test_a_session_that_ends_between_two_saves_is_asked_for_over_the_text(tab, story):
    write(tab, " Un.")
    save(tab)
    tab.keyboard.type(" Deux.")
    Session.objects.all().delete()
    tab.keyboard.press("Control+s")
    dialog = tab.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_label("Password").fill("faux")
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_contain_text("is wrong")
    dialog.get_by_label("Password").fill("mot-de-passe")
    with shown_again(tab):
        dialog.get_by_label("Password").press("Enter")
    assert "Deux." in body()
    assert tab.loads == []


def test_a_new_story_gets_its_own_address(desk):
    desk.get_by_label("Headline").fill("Le port ferme")
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/")
    desk.locator(".messagelist").get_by_text("is saved").wait_for()


def test_an_open_panel_follows_a_save(tab, story):
    tab.get_by_role("group", name="Beside the text").get_by_role("button", name="Notes").click()
    tab.locator("#panel").get_by_label("Note to colleagues").fill("Vu avec Koffi")
    write(tab, " Rouvert.")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#panel .notes")).to_contain_text("Vu avec Koffi")
    tab.get_by_role("group", name="Beside the text").get_by_role("button", name="Notes").click()
    expect(tab.locator(".story-status .notes")).to_contain_text("Vu avec Koffi")


def test_a_button_pressed_during_the_first_save_is_named_on_the_page_that_comes(tab):
    tab.goto("/admin/articles/article/add/")
    tab.wait_for_selector(".ProseMirror")
    tab.get_by_label("Headline").fill("Le port ferme")
    save_on_its_way = HeldRequests(tab, "**/article/add/")
    press(tab, "Save draft")
    save_on_its_way.first()
    press(tab, "Submit for review")
    save_on_its_way.let_through()
    tab.wait_for_url("**/change/")
    expect(tab.locator("output.kept")).to_contain_text("Press “Submit for review” once more.")
    tab.reload()
    expect(tab.locator("output.kept")).to_have_text("")
    assert Article.objects.get().status == "draft"
