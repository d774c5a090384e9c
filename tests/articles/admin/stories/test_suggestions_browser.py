"""Menus in the text, in a real browser: the keyboard never has to leave it."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.stories.test_writing_browser import plain, write


@pytest.fixture
def port(desk):
    return cast.story("Le port ferme", slug="le-port", hours_ago=30)


def options(desk):
    return desk.locator(".desk-suggestions").get_by_role("option")


def stored(desk):
    desk.get_by_role("button", name="Save draft").click()
    desk.wait_for_url("**/change/")
    return plain(Article.objects.latest("pk").body)


def typed(desk):
    return desk.locator("[name=body]").input_value()


def test_a_slash_in_an_empty_paragraph_inserts_a_block(desk):
    text = desk.get_by_role("textbox", name="Story")
    write(desk, "/")
    first, third = options(desk).first, options(desk).nth(2)
    expect(first).to_contain_text("Picture")
    expect(first).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    expect(third).to_have_attribute("aria-selected", "true")
    assert text.get_attribute("aria-activedescendant") == third.get_attribute("id")
    assert text.get_attribute("aria-controls") == desk.get_by_role("listbox", name="Insert").get_attribute("id")
    expect(desk.locator(".prose-editor").get_by_role("status")).to_contain_text("Choices: 9")

    desk.keyboard.type("quo")
    expect(options(desk)).to_have_text(["Quotation", "Pull quote"])
    desk.keyboard.press("Enter")
    desk.keyboard.type("Nous prêtons.")
    expect(options(desk)).to_have_count(0)
    assert text.get_attribute("aria-activedescendant") is None
    assert typed(desk) == "<blockquote><p>Nous prêtons.</p></blockquote>"

    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    desk.keyboard.type("/ta")
    expect(options(desk)).to_have_text(["Table"])
    options(desk).click()
    desk.keyboard.type("Pays")
    assert stored(desk).startswith("<blockquote><p>Nous prêtons.</p></blockquote><table><tbody><tr><th>Pays</th>")


def test_a_slash_and_an_at_sign_elsewhere_are_text(desk):
    write(desk, "/quo")
    desk.keyboard.press("Escape")
    desk.keyboard.type("te")
    desk.keyboard.press("Enter")
    desk.keyboard.type("et/ou awa@example.org")
    expect(desk.locator(".desk-suggestions")).to_be_hidden()
    desk.keyboard.press("Enter")
    assert stored(desk) == "<p>/quote</p><p>et/ou awa@example.org</p>"


def test_an_at_sign_links_a_story_of_ours_by_its_number(desk, port):
    write(desk, "Voir @")
    expect(desk.locator(".desk-suggestions")).to_contain_text("Type words of a headline")
    desk.keyboard.type("por")
    expect(options(desk)).to_contain_text(["Le port ferme"])
    desk.keyboard.press("Enter")
    desk.keyboard.type(", puis @port")
    desk.keyboard.press("Tab")  # before the answer has come: it takes the first
    expect(desk.locator(".ProseMirror a")).to_have_count(2)
    desk.keyboard.type(".")
    link = f'<a href="/story/{port.pk}/">Le port ferme</a>'
    assert stored(desk) == f"<p>Voir {link}, puis {link}.</p>"


def test_a_sentence_that_nothing_matches_stays_text(desk):
    write(desk, "@nobody here")
    desk.keyboard.press("Enter")  # before the answer has come
    desk.keyboard.type("Fin.")
    assert stored(desk) == "<p>@nobody here</p><p>Fin.</p>"


def test_the_dialog_of_a_link_finds_stories_and_names_the_linked_one(desk, port):
    write(desk, "le port")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+k")
    box = desk.get_by_role("combobox", name="Address, or words")
    desk.keyboard.type("port f")
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("option")).to_contain_text(["Le port ferme"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_accessible_name("Address, or words of a story, tag, author or page")
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.locator(".ProseMirror")).to_be_focused()
    assert typed(desk) == f'<p><a href="/story/{port.pk}/">le port</a></p>'

    desk.keyboard.press("Control+k")
    expect(box).to_have_value("Le port ferme")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(desk.locator(".ProseMirror")).to_be_focused()
    desk.keyboard.press("Control+k")
    expect(box).to_have_value("Le port ferme")
    box.fill(f"localhost:8000{port.get_absolute_url()}")
    box.fill(port.get_absolute_url())
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.locator(".ProseMirror")).to_be_focused()
    assert stored(desk) == f'<p><a href="/story/{port.pk}/">le port</a></p>'


def test_marks_at_the_start_of_a_paragraph_become_their_block(desk):
    write(desk, "## Ports")
    desk.keyboard.press("Enter")
    for mark, words in (("- ", "un"), ("1. ", "deux"), ("> ", "trois")):
        desk.keyboard.type(mark + words)
        desk.keyboard.press("Enter")
        desk.keyboard.press("Enter")
    desk.keyboard.type("2026. Fin")
    assert stored(desk) == (
        "<h2>Ports</h2><ul><li>un</li></ul><ol><li>deux</li></ol><blockquote><p>trois</p></blockquote><p>2026. Fin</p>"
    )
