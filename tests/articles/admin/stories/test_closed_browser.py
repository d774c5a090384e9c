"""An editor publishes the story that its reporter has open: the form says so, and gives back what was typed."""

import pytest
from playwright.sync_api import expect

from tests.articles import cast
from tests.articles.admin.conftest import sign_in

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_the_form_of_a_published_story_takes_no_more_and_keeps_what_was_typed(tab, client, live_server):
    reporter = cast.reporter()
    story = cast.draft("Le port ferme", created_by=reporter)
    sign_in(tab.context, client, reporter, live_server)
    errors = []
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    text = tab.get_by_role("textbox", name="Story")
    text.click()
    tab.keyboard.type("Une phrase. ")
    expect(tab.locator("output.kept")).to_contain_text("Kept at")
    story.publish(cast.editor("koffi"))
    tab.evaluate(LOOK)
    expect(tab.locator("#presence")).to_contain_text("Only editors change it now. Copy what you typed since")
    expect(tab.locator(".verbs-state")).to_have_text("Live")
    expect(tab.get_by_role("button", name="Save draft")).to_be_disabled()
    expect(tab.locator("#take-over")).to_be_hidden()
    expect(tab.get_by_label("Headline")).not_to_be_editable()
    tab.keyboard.press("Control+s")
    tab.keyboard.type("Encore. ")
    expect(text).to_contain_text("Une phrase.")
    expect(text).not_to_contain_text("Encore.")
    assert tab.url.endswith(f"/{story.pk}/change/")
    assert errors == []


@pytest.mark.parametrize("late", ["autosave", "checklist"])
def test_a_form_that_hears_of_it_by_another_request_closes_as_calmly(tab, client, live_server, late):
    reporter = cast.reporter()
    story = cast.draft("Le port ferme", created_by=reporter)
    sign_in(tab.context, client, reporter, live_server)
    errors = []
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    headline = tab.get_by_label("Headline")
    headline.press_sequentially(" ce")
    expect(tab.locator("output.kept")).to_contain_text("Kept at")
    story.publish(cast.editor("koffi"))
    others = {"autosave", "checklist"} - {late}
    tab.route(lambda url: url.split("/")[-2] in others, lambda route: route.fulfill(status=204))
    with tab.expect_response(lambda answer: answer.url.endswith(f"/{late}/")) as answer:
        headline.press_sequentially(" soir")
    assert answer.value.status == 200
    expect(tab.locator("#presence")).to_contain_text("Only editors change it now.")
    expect(headline).not_to_be_editable()
    assert errors == []
