"""Ctrl+K in a real browser."""

from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast


def test_a_story_is_opened_by_keys_alone(desk):
    story = cast.story("Le port de Lomé s’étend")
    desk.keyboard.press("Control+k")
    expect(desk.locator(".desk-finder input")).to_be_focused()
    desk.keyboard.type("lomé")
    expect(desk.locator('.desk-finder [aria-selected="true"]')).to_have_text("Le port de Lomé s’étend")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/article/{story.pk}/change/")


def test_a_button_of_the_page_is_pressed(desk):
    desk.fill("#id_headline", "Trouvé par son bouton")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("save dr")
    expect(desk.locator('.desk-finder [aria-selected="true"]')).to_have_text("Save draft")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    assert Article.objects.get().headline == "Trouvé par son bouton"


def test_chosen_words_of_the_text_are_linked_instead(desk):
    desk.locator(".ProseMirror").click()
    desk.keyboard.type("Lomé")
    desk.keyboard.press("Shift+Home")
    expect(desk.get_by_role("toolbar").get_by_role("button", name="Link", exact=True)).to_be_enabled()
    desk.keyboard.press("Control+k")
    expect(desk.locator("dialog[open]:not(.desk-finder)")).to_be_visible()


def test_one_press_of_escape_closes_it(desk):
    desk.keyboard.press("Control+k")
    desk.keyboard.type("lomé")
    desk.keyboard.press("Escape")
    expect(desk.locator(".desk-finder")).to_have_count(0)
