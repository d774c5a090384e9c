"""Ctrl+K in a real browser."""

from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_text import click_into


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
    click_into(desk.locator(".ProseMirror"))
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


def offered(tab):
    """Return the names of what the open page offers with nothing typed, in order."""
    tab.keyboard.press("Control+k")
    options = tab.get_by_role("group", name="This page").get_by_role("option")
    expect(options.first).to_be_visible()
    return options.all_inner_texts()


def test_a_story_offers_links_and_buttons_beside_its_text_too(tab):
    story = cast.story("Le port ferme")
    story.save_draft(None, cast.typed(story, kicker="Ports"))
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    names = offered(tab)
    assert {*names} >= {"View on site", "History", "Copy as a new draft", "Share", "Discard changes", "Preview"}
    assert not {*names} & {"Sign in", "Take over"}  # hidden
    assert names[-2:] == ["Discard changes", "Withdraw"]  # Enter takes the first
    tab.keyboard.type("histo")
    expect(tab.locator('.desk-finder [aria-selected="true"]')).to_have_text("History")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/history/")


def test_a_section_offers_its_page_for_readers_and_its_buttons(tab):
    section = cast.section("Ports", "ports")
    tab.goto(f"/admin/articles/section/{section.pk}/change/")
    assert {*offered(tab)} >= {"View on site", "History", "Save"}
    tab.keyboard.type("continue")
    expect(tab.locator('.desk-finder [aria-selected="true"]')).to_have_text("Save and continue editing")
    tab.keyboard.press("Enter")
    expect(tab.locator(".messagelist")).to_contain_text("“Ports” is saved")


def test_what_the_server_finds_is_not_offered_a_second_time(tab):
    tab.goto("/admin/articles/tag/")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("housek")
    option = tab.locator(".desk-finder").get_by_role("option", name="Housekeeping", exact=True)
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("aria-selected", "true")
