"""Tags for several stories, right from the list of stories, in a browser."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Tag
from tests.articles import cast


@pytest.fixture
def loads(tab):
    """Return the addresses of the pages that the tab loads from the desk's front on."""
    for number in range(6):
        cast.draft(f"Port {number}")
    Tag.objects.create_named("Togo")
    tab.goto("/admin/")
    found = []
    tab.on("framenavigated", lambda frame: found.append(frame.url))
    return found


def choose(tab, label, letters):
    tab.get_by_role("dialog").get_by_role("searchbox", name=label).press_sequentially(letters)
    tab.locator(".select2-results__option--highlighted", has_text=letters).wait_for()
    tab.keyboard.press("Enter")


def test_five_stories_get_a_tag_in_five_clicks_and_one_load(tab, loads):
    with tab.expect_navigation():  # with its scripts
        tab.get_by_role("link", name="Stories", exact=True).click()
    boxes = tab.locator(".action-select")
    boxes.nth(0).click()
    boxes.nth(4).click(modifiers=["Shift"])
    tab.get_by_role("button", name="Tags …").click()
    choose(tab, "Add", "Togo")
    tab.get_by_role("dialog").get_by_role("button", name="Change the tags").click()
    expect(tab.locator(".told")).to_contain_text("The tags of 5 stories are changed.")
    assert len(loads) == 1
    assert Article.objects.filter(taggings__tag__name="Togo").count() == 5


def test_escape_closes_the_dialog_and_the_button_has_the_focus_again(tab, loads):
    tab.goto("/admin/articles/article/")
    button = tab.get_by_role("button", name="Tags …")
    expect(button).to_be_disabled()
    tab.locator(".action-select").first.click()
    button.press("Enter")
    expect(tab.get_by_role("dialog").get_by_role("searchbox", name="Add")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_what_is_refused_is_said_in_the_dialog_and_nothing_typed_is_lost(tab, loads):
    tab.goto("/admin/articles/article/")
    tab.locator(".action-select").first.click()
    tab.get_by_role("button", name="Tags …").click()
    for label in ("Add", "Remove"):
        choose(tab, label, "Togo")
    tab.get_by_role("dialog").get_by_role("button", name="Change the tags").click()
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("“Togo” cannot be both added and removed.")
    expect(dialog.locator(".select2-selection__choice")).to_have_count(2)


def test_somebody_whose_session_has_ended_is_told_in_the_dialog(tab, loads):
    tab.goto("/admin/articles/article/")
    tab.locator(".action-select").first.click()
    tab.get_by_role("button", name="Tags …").click()
    choose(tab, "Add", "Togo")
    tab.context.clear_cookies(name="sessionid")
    tab.get_by_role("dialog").get_by_role("button", name="Change the tags").click()
    expect(tab.get_by_role("alert")).to_contain_text("Check that you are connected and signed in")
    expect(tab.get_by_role("dialog").locator(".select2-selection__choice")).to_have_count(1)
