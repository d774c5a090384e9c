"""The teaser desk in a real browser: by keyboard, while somebody types, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.story_form import change


@pytest.fixture
def stories(transactional_db):
    return [cast.story(f"Le port {name}", tags=["Togo"]) for name in ("de Lomé s’étend", "ferme à Cotonou")]


def test_a_pin_by_keyboard_changes_the_form_and_keeps_focus(desk, stories):
    port, other = stories
    desk.fill("#id_headline", "Neuf")
    desk.locator(".teaser-desk").scroll_into_view_if_needed()
    pin = desk.locator(f'.zone button[value="pin-compact:{port.pk}"]')
    pin.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".teaser-desk .said")).to_contain_text("is pinned among the compact teasers. Not saved yet.")
    assert desk.eval_on_selector("#id_pinned_compact", "field => field.value") == f"id:{port.pk}"
    assert desk.evaluate("document.activeElement.closest('[data-story]').dataset.story") == str(port.pk)
    assert desk.input_value("#id_headline") == "Neuf"
    desk.locator('.verbs [name="_save"]').click()
    desk.wait_for_url("**/change/")
    assert [choice.story for choice in Article.objects.get(headline="Neuf").related_choices.all()] == [port]


def test_focus_stays_in_the_zone_when_its_story_goes(desk, stories):
    desk.locator(".teaser-desk").scroll_into_view_if_needed()
    desk.locator(f'.zone button[value="never:{stories[1].pk}"]').focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".teaser-desk .said")).to_contain_text("will never appear beside this story")
    assert desk.evaluate("document.activeElement.closest('[data-zone]').dataset.zone") == "1"


def test_it_follows_the_headline(desk, stories):
    cast.story("Le coton béninois recule encore", standfirst="La récolte du coton.", body="<p>Coton.</p>")
    desk.locator(".teaser-desk").scroll_into_view_if_needed()
    expect(desk.locator(".teaser-desk .zone li").first).to_be_visible()
    desk.fill("#id_headline", "Le coton béninois recule")
    desk.fill("#id_standfirst", "La récolte du coton béninois.")
    expect(desk.locator(".teaser-desk .zone").first.locator("li").first).to_contain_text("similar text")


def test_without_javascript_a_move_comes_back_at_the_desk(browser, client, live_server, stories):
    mine = cast.draft("Le mien", tags=["Togo"])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, client, cast.editor(), live_server)
    page = context.new_page()
    page.goto(change(mine))
    page.fill("#id_headline", "Titre tapé, pas encore gardé")
    page.locator('button[value="look"]').click()
    for story in stories:
        page.locator(f'.zone button[value="pin-compact:{story.pk}"]').first.click()
        expect(page.locator(".teaser-desk .said")).to_contain_text("Not saved yet")
    page.locator(f'button[value="up:{stories[1].pk}"]').click()
    in_order = ", ".join(story.get_absolute_url() for story in reversed(stories))
    expect(page.locator("#id_pinned_compact")).to_have_value(in_order)
    assert page.url.endswith("#teaser-desk")
    page.locator('.verbs [name="_save"]').click()
    page.wait_for_url("**/change/")
    mine.refresh_from_db()
    assert mine.headline == "Titre tapé, pas encore gardé"
    assert [choice.story for choice in mine.related_choices.all()] == stories[::-1]
    context.close()
