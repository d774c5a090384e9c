"""The filter of authors in a real browser: a name is suggested while one types, by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.articles import cast

LIST = "/admin/articles/article/"


@pytest.fixture
def listed(tab):
    """Return the tab of an editor with the drafts of two authors and another."""
    cast.draft("Le port", authors=[cast.author("Adèle Koné", "adele-kone")])
    cast.draft("La rade", authors=[cast.author("Awa Koné", "awa-kone")])
    cast.draft("Le barrage")
    tab.goto(f"{LIST}?state=draft")
    return tab


def open_filter(tab):
    tab.locator(".author-filter summary").press("Enter")
    box = tab.get_by_role("combobox", name="Name of the author")
    expect(box).to_be_focused()
    return box


def options(tab):
    return tab.locator(".author-filter").get_by_role("option")


def test_an_author_is_chosen_by_keyboard_and_other_filters_stay(listed):
    open_filter(listed)
    listed.keyboard.type("kon")
    expect(options(listed)).to_have_text(["Adèle Koné", "Awa Koné"])
    listed.keyboard.press("ArrowDown")
    listed.keyboard.press("Enter")
    expect(listed.locator(".field-title")).to_have_text(["La rade"])
    expect(listed.locator(".author-filter summary")).to_have_text("Author: Awa Koné")
    assert "state=draft" in listed.url


def test_enter_waits_for_what_is_found(listed):
    open_filter(listed)
    listed.keyboard.type("awa")
    listed.keyboard.press("Enter")
    expect(listed.locator(".field-title")).to_have_text(["La rade"])


def test_a_name_that_nobody_has_finds_nothing(listed):
    open_filter(listed)
    listed.keyboard.type("Sow")
    listed.keyboard.press("Enter")
    expect(listed.locator(".author-filter summary")).to_have_text("Author: Sow")
    expect(listed.locator(".field-title")).to_have_count(0)


def test_escape_folds_the_suggestions_and_then_the_filter(listed):
    box = open_filter(listed)
    listed.keyboard.type("kon")
    expect(options(listed)).to_have_count(2)
    listed.keyboard.press("Escape")
    expect(options(listed)).to_have_count(0)
    expect(box).to_be_visible()
    listed.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(listed.locator(".author-filter summary")).to_be_focused()


def test_without_scripts_a_name_is_sent(listed, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(listed.context.cookies())
    plain = context.new_page()
    plain.goto(f"{LIST}?state=draft")
    plain.locator(".author-filter summary").click()
    plain.get_by_label("Name of the author").fill("koné")
    plain.locator(".author-filter").get_by_role("button", name="Show").click()
    assert plain.locator(".field-title").all_inner_texts() == ["La rade", "Le port"]
    assert "state=draft" in plain.url
    context.close()


def test_axe_finds_no_fault_in_the_open_filter(listed):
    open_filter(listed)
    listed.keyboard.type("kon")
    expect(options(listed)).to_have_count(2)
    assert [fault["id"] for fault in Axe().run(listed).response["violations"]] == []
