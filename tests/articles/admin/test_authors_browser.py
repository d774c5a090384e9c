"""An author's photo is chosen in a real browser, as a story's picture is."""

from playwright.sync_api import expect

from articles.models import Image
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.pictures.handing_over import hand_over


def test_a_photo_is_chosen_from_the_library(page, transactional_db, client, live_server):
    author, image = cast.author(), cast.image()
    sign_in(page.context, client, cast.editor(), live_server)
    page.goto(f"/admin/articles/author/{author.pk}/change/")
    page.get_by_label("Photo").click()
    page.get_by_role("button", name="Le port de Lomé").click()
    page.get_by_role("button", name="Remove", exact=True).wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    author.refresh_from_db()
    assert author.photo == image


def test_a_picture_dropped_on_the_photo_becomes_it(tab):
    tab.goto("/admin/articles/author/add/")
    tab.get_by_label("Photo").wait_for()
    hand_over(tab.locator(".field-photo"), "drop", (60, 40))
    tab.get_by_label("Alternative text").fill("Awa Diop")
    tab.get_by_role("button", name="Use this picture").click()
    expect(tab.locator("#id_photo")).to_have_value(str(Image.objects.get().pk))


def test_the_address_of_a_new_author_follows_the_name(tab):
    tab.goto("/admin/articles/author/add/")
    tab.get_by_label("Name").press_sequentially("Awa Diop")
    expect(tab.locator("[name=slug]")).to_have_value("awa-diop")
