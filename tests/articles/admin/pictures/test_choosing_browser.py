"""Choosing a picture in the form of a story: found by filters, or uploaded among others."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, Image
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.pictures.handing_over import hand_over
from tests.articles.renditions.pictures import jpeg


def chooser(desk):
    """Open the chooser of the lead picture."""
    desk.get_by_label("Lead picture").click()
    return desk.get_by_role("dialog")


def saved(desk):
    desk.get_by_role("button", name="Save draft").click()
    desk.wait_for_url("**/change/", wait_until="commit")
    return Article.objects.get()


def shown(dialog):
    return dialog.locator(".picture-grid button")


def test_filters_and_search_narrow_down_together(desk):
    cast.image(60, 40, alt="Le port", credit="AFP")
    cast.image(70, 40, alt="Le port, hier", credit="EPA")
    cast.image(80, 40, alt="La rade", credit="EPA")
    dialog = chooser(desk)
    expect(shown(dialog)).to_have_count(3)
    dialog.get_by_label("Credit", exact=True).select_option("EPA")
    expect(shown(dialog)).to_have_count(2)
    dialog.get_by_label("Search the library").fill("port")
    expect(shown(dialog)).to_have_text(["Le port, hier"])
    dialog.get_by_label("What is missing").select_option("Alternative text")
    expect(dialog.locator(".picture-state")).to_have_text("No picture found.")
    assert [*dialog.locator("select").evaluate_all("all => all.map((one) => one.name)")] == [
        *("use", "missing", "year", "credit")
    ]


@pytest.mark.parametrize("way", ["choose", "drop", "paste"])
def test_of_several_files_one_is_taken_and_the_rest_are_shown_first(desk, way):
    cast.image(50, 40, alt="Le port")
    dialog = chooser(desk)
    expect(shown(dialog)).to_have_count(1)
    if way == "choose":
        files = [{"name": f"{side}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(side, 40)} for side in (60, 70)]
        dialog.locator("input[type=file]").set_input_files(files)
    else:
        hand_over(dialog, way, (60, 40), (70, 40))
    expect(dialog.get_by_label("Alternative text")).to_have_count(2)
    dialog.get_by_label("Alternative text").first.fill("La rade")
    dialog.get_by_label("Alternative text").last.fill("Le barrage")
    dialog.get_by_role("button", name="Use this picture").first.click()
    desk.locator(".lead-picture").get_by_text("La rade").wait_for()
    expect(shown(chooser(desk))).to_have_text(["Le barrage", "La rade", "Le port"])
    desk.keyboard.press("Escape")
    assert saved(desk).lead_image.alt == "La rade"
    assert Image.objects.count() == 3


def test_what_the_library_had_already_is_shown_first_too(desk):
    cast.image(60, 40, alt="Le port")
    cast.image(70, 40, alt="La rade")
    dialog = chooser(desk)
    hand_over(dialog, "drop", (60, 40))
    dialog.get_by_text("already in the library").wait_for()
    desk.keyboard.press("Escape")
    expect(shown(chooser(desk))).to_have_text(["Le port", "La rade"])


def test_a_file_that_is_refused_by_a_text_stays_and_is_sent_again(desk):
    dialog = chooser(desk)
    hand_over(dialog, "drop", (60, 40))
    dialog.get_by_label("Alternative text").wait_for()
    shared = dialog.get_by_label("Credit for all new pictures")
    shared.evaluate("field => { field.removeAttribute('maxlength'); field.value = 'a'.repeat(201); }")
    hand_over(dialog, "drop", (70, 40))
    dialog.get_by_text("at most 200 characters").wait_for()
    shared.fill("AFP")
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_label("Alternative text")).to_have_count(2)
    assert {*Image.objects.values_list("width", "credit")} >= {(70, "AFP")}


def test_a_refused_text_of_a_picture_never_loses_the_file(desk):
    dialog = chooser(desk)
    hand_over(dialog, "drop", (60, 40))
    dialog.get_by_label("Alternative text").fill("Le port")
    credit = dialog.get_by_label("Credit", exact=True).last
    credit.evaluate("field => field.removeAttribute('maxlength')")
    credit.fill("a" * 201)
    dialog.locator("[data-for=credit]", has_text="at most 200 characters").wait_for()
    dialog.get_by_role("button", name="Use this picture").click()
    assert saved(desk).lead_image.alt == "Le port"


def test_cancel_sends_nothing_more(desk):
    dialog, sent = chooser(desk), []
    desk.route("**/image/upload/", lambda route: sent.append(route))
    hand_over(dialog, "drop", (60, 40), (70, 40), (80, 40))
    expect(dialog.locator("progress")).to_have_count(3)
    dialog.get_by_role("button", name="Cancel").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert saved(desk).lead_image is None
    assert len(sent) == 2  # at once


@pytest.mark.parametrize("type", ["drop", "paste"])
def test_files_given_to_the_text_are_uploaded_and_put_into_it(desk, type):
    desk.click(".ProseMirror")
    hand_over(desk.locator(".ProseMirror"), type, (60, 40), (70, 40))
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_label("Alternative text")).to_have_count(2)
    dialog.get_by_label("Alternative text").first.fill("Le port")
    dialog.get_by_label("Alternative text").last.fill("La rade")
    dialog.get_by_role("button", name="Insert the pictures").click()
    expect(desk.locator(".ProseMirror figure.picture img")).to_have_count(2)
    desk.get_by_role("button", name="Save draft").click()
    desk.wait_for_url("**/change/")
    assert {*Article.objects.get().body_images.values_list("alt", flat=True)} == {"Le port", "La rade"}


# In one go: on a busy machine, the next key comes before the browser says that the dialog is closed.
PRESS_AND_TYPE = """async button => {
  button.click();
  for (let step = 0; step < 10; step++) await null;
  document.execCommand("insertText", false, "Vu du large.");
}"""


def test_a_key_right_after_a_picture_was_chosen_belongs_to_its_caption(desk):
    cast.image(alt="Le port")
    desk.click(".ProseMirror")
    desk.get_by_role("button", name="Picture from the library").click()
    desk.get_by_role("dialog").get_by_role("button", name="Le port").evaluate(PRESS_AND_TYPE)
    expect(desk.locator(".ProseMirror figcaption")).to_have_text("Vu du large.")


def test_files_given_to_the_lead_picture_are_uploaded(desk):
    hand_over(desk.locator(".lead-picture"), "paste", (60, 40), (70, 40))
    expect(desk.get_by_role("dialog").get_by_label("Alternative text")).to_have_count(2)
    assert Image.objects.count() == 2


@pytest.mark.long
def test_axe_finds_no_fault_in_the_chooser(browser, live_server, client, transactional_db):
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)  # axe may put styles of its own
    sign_in(context, client, cast.editor(), live_server)
    tab = context.new_page()
    tab.goto("/admin/articles/article/add/")
    cast.image(alt="Le port", credit="AFP")
    dialog = chooser(tab)
    hand_over(dialog, "drop", (70, 40))
    dialog.get_by_label("Alternative text").wait_for()
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert [fault["id"] for fault in Axe().run(tab).response["violations"]] == []
    context.close()
