"""The picture library in a real browser: several files at once, and lists that change in place."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Image
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.pictures.handing_over import hand_over
from tests.articles.admin.pictures.picture_form import LIST
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def library(page, client, live_server):
    sign_in(page.context, client, cast.editor(), live_server)
    page.goto(LIST)
    return page


@pytest.mark.parametrize("type", ["drop", "paste"])
def test_several_files_are_uploaded_at_once_and_described_by_keyboard_alone(library, type):
    hand_over(library.locator("body"), type, (60, 40), (70, 40))
    expect(library.locator(".picture-tray-sum")).to_have_text("2 of 2 uploaded. 2 without alternative text.")
    library.get_by_label("Credit for all new pictures").fill("AFP")
    library.get_by_label("Alternative text").first.focus()
    library.keyboard.type("Le port")
    library.keyboard.press("Tab")
    library.get_by_label("Alternative text").last.fill("La rade")
    expect(library.locator(".picture-tray-sum")).to_have_text("2 of 2 uploaded.")
    library.keyboard.press("Tab")
    expect(library.locator(".picture-words-state", has_text="Saved")).to_have_count(2)
    library.get_by_role("button", name="Done").click()
    expect(library.locator(".picture-card")).to_have_count(2)
    assert {*Image.objects.values_list("alt", "credit")} == {("Le port", "AFP"), ("La rade", "AFP")}


def test_a_file_whose_upload_failed_stays_and_is_sent_again(library):
    library.route("**/image/upload/", lambda route: route.abort(), times=1)
    hand_over(library.locator("body"), "drop", (60, 40))
    library.get_by_role("button", name="Try again").click()
    expect(library.locator(".picture-tray-sum")).to_have_text("1 of 1 uploaded. 1 without alternative text.")
    assert Image.objects.count() == 1


def test_done_saves_what_was_typed_and_keeps_in_sight_what_was_not_taken(library):
    hand_over(library.locator("body"), "drop", (60, 40), (70, 40))
    expect(library.locator(".picture-tray-sum")).to_have_text("2 of 2 uploaded. 2 without alternative text.")
    library.get_by_label("Alternative text").first.fill("Le port")
    library.get_by_label("Alternative text").last.focus()
    expect(library.locator(".picture-words-state", has_text="Saved")).to_have_count(1)
    library.route("**/words/", lambda route: route.abort())
    library.get_by_label("Alternative text").last.fill("La rade")
    library.get_by_role("button", name="Done").click()
    expect(library.get_by_label("Alternative text")).to_have_count(1)
    expect(library.get_by_label("Alternative text")).to_be_focused()
    library.unroute("**/words/")
    expect(library.locator(".picture-words-state")).to_have_text(re.compile("^Saved"))  # at the next try
    assert {*Image.objects.values_list("alt", flat=True)} == {"Le port", "La rade"}


def test_a_double_is_told_and_shows_its_texts(library):
    cast.image(60, 40, alt="Le port de Lomé")
    hand_over(library.locator("body"), "drop", (60, 40))
    expect(library.locator(".picture-tray-state")).to_contain_text("already in the library")
    expect(library.get_by_label("Alternative text")).to_have_value("Le port de Lomé")


def test_the_list_is_searched_and_filtered_without_leaving_the_page(library):
    cast.image(60, 40, alt="Le port"), cast.image(70, 40, alt="", caption="La rade")
    library.reload()
    library.evaluate("window.mark = true")
    library.get_by_label("Search").fill("rade")
    expect(library.locator(".picture-card")).to_have_count(1)
    library.get_by_label("Search").fill("")
    expect(library.locator(".picture-card")).to_have_count(2)
    library.locator(".picture-filters").get_by_role("link", name="Alternative text").click()
    expect(library.locator(".picture-card")).to_have_count(1)
    assert library.evaluate("window.mark")


def test_what_is_ticked_is_counted_also_after_a_search(library):
    cast.image(60, 40, alt="Le port"), cast.image(70, 40, caption="La rade")
    library.reload()
    counter = library.locator(".action-counter")
    library.locator(".action-select").first.check()
    expect(counter).to_have_text("Selected: 1")
    library.get_by_label("Search").fill("rade")
    expect(library.locator(".picture-card")).to_have_count(1)
    expect(counter).to_have_text("")
    library.locator(".action-select").check()
    expect(counter).to_have_text("Selected: 1")


def test_a_file_is_read_after_a_sign_in_elsewhere_has_changed_the_token(library, live_server):
    library.goto(f"{LIST}add/")
    library.context.add_cookies([{"name": "csrftoken", "value": 32 * "k", "url": live_server.url}])
    file = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(60, 40)}
    with library.expect_response("**/captions/") as answered:
        library.locator("#id_upload").set_input_files(file)
    assert answered.value.status == 200


def test_a_picture_of_last_year_is_found_by_its_caption_with_two_clicks_and_one_page(library):
    last_year = cast.image(60, 40, caption="La rade de Lomé")
    cast.image(70, 40, caption="La rade de Lomé, un an après")
    year = timezone.localtime().year
    Image.objects.filter(pk=last_year.pk).update(created_at=timezone.now().replace(year=year - 1, day=1))
    library.goto("/admin/")
    library.get_by_role("link", name="Pictures", exact=True).click()
    expect(library.get_by_label("Search")).to_be_focused()
    library.keyboard.type("lomé")
    library.locator(".picture-filters").get_by_role("link", name=str(year - 1)).click()
    expect(library.locator(".picture-card")).to_have_count(1)
    expect(library.locator(".picture-card-caption")).to_have_text("La rade de Lomé")


def test_filters_that_somebody_folds_stay_folded(library):
    cast.image()
    library.reload()
    expect(library.locator(".picture-filters")).to_have_attribute("open", "")
    library.locator(".picture-filters summary").click()
    library.reload()
    expect(library.locator(".picture-filters")).not_to_have_attribute("open", "")


def test_texts_are_edited_on_a_card(library):
    cast.image(alt="", caption="La rade")
    library.reload()
    library.get_by_role("button", name="Edit texts").click()
    library.get_by_label("Alternative text").fill("Le port")
    library.keyboard.press("Tab")
    expect(library.locator(".picture-words-state")).to_have_text("Saved")
    assert Image.objects.get().alt == "Le port"
