"""Panels beside the text: one at a time, by icon, and the form stays whole."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def story(tab):
    story = cast.draft("Le port ferme")
    story.save_draft(None, Edit({**story.newest_content, "headline": "Le port rouvre"}, note="À relire"))
    open_form(tab, story)
    return story


def open_form(tab, story):
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")


def icon(tab, name):
    return tab.get_by_role("group", name="Beside the text").get_by_role("button", name=name)


def test_the_preview_follows_what_is_typed(tab, story):
    icon(tab, "Preview").click()
    page = tab.frame_locator("#panel iframe")
    expect(page.get_by_role("heading", name="Le port rouvre")).to_be_visible()
    tab.get_by_label("Headline").fill("Le port dort")
    expect(page.get_by_role("heading", name="Le port dort")).to_be_visible()
    tab.get_by_role("button", name="Desktop").click()
    expect(tab.locator("#panel iframe")).to_have_css("width", "1300px")
    assert Article.objects.get().newest_content["headline"] == "Le port rouvre"


def test_one_panel_is_open_at_a_time_and_remembered(tab, story):
    icon(tab, "History").click()
    expect(tab.locator("#panel .versions li")).not_to_have_count(0)
    assert tab.locator("#panel").get_by_role("button", name="Restore").count() == 0
    icon(tab, "Checks").click()
    expect(tab.locator("#panel .checklist")).to_be_visible()
    assert tab.locator(".panel-bar [aria-pressed=true]").count() == 1
    open_form(tab, story)
    expect(tab.locator("#panel .checklist")).to_be_visible()
    icon(tab, "Checks").click()
    expect(tab.locator(".story-facts .checklist")).to_be_visible()
    open_form(tab, story)
    expect(tab.locator("#panel")).to_be_hidden()


def test_a_note_that_is_written_in_its_panel_is_saved(tab, story):
    icon(tab, "Notes").click()
    expect(tab.locator("#panel")).to_contain_text("À relire")
    tab.locator("#panel").get_by_label("Note to colleagues").fill("Vu avec Koffi")
    tab.get_by_label("Headline").fill("Le port dort")
    tab.get_by_role("button", name="Save draft").click()
    tab.locator(".messagelist").get_by_text("is saved").wait_for()
    assert story.revisions.latest("pk").note == "Vu avec Koffi"


def test_a_sentence_of_the_checklist_leads_to_its_field_beside_a_panel(tab, story):
    icon(tab, "Checks").click()
    tab.locator("#panel").get_by_role("link", name="It has no byline").click()
    expect(tab.locator("#panel")).to_be_hidden()
    expect(tab.locator(".field-authors :focus")).to_have_count(1)


def test_on_a_phone_a_panel_covers_the_form_and_gives_it_back(tab, story):
    tab.set_viewport_size(PHONE)
    icon(tab, "Related").click()
    expect(tab.locator("#panel")).to_have_css("width", "390px")
    assert tab.locator(".story-writing").evaluate("part => part.inert")
    tab.keyboard.press("Escape")
    expect(tab.locator("#panel")).to_be_hidden()
    expect(icon(tab, "Related")).to_be_focused()
    assert not tab.locator(".story-writing").evaluate("part => part.inert")
    expect(tab.locator(".story-around .teaser-desk")).to_have_count(1)
