"""From a reporter's draft over review, changes and their schedule to a share link, in a real browser."""

import datetime
import re

from django.utils import timezone

from articles.models import Article, Tag
from tests.articles import cast
from tests.articles.admin.story_form import in_days


def sign_in(page, person):
    """Sign in with the keyboard alone."""
    page.goto("/admin/login/")
    page.get_by_label("User name or e-mail address").focus()
    page.keyboard.type(person.username)
    page.keyboard.press("Tab")
    page.keyboard.type("mot-de-passe")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="New story").wait_for()


def sign_out(page):
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Sign in again").wait_for()


def press(page, verb):
    row = page.get_by_role("group", name="What to do with the story")
    row.get_by_role("button", name=verb, exact=True).click()


def open_form(page, story):
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.wait_for_selector(".ProseMirror")


def read_messages(page, text):
    page.locator(".messagelist").get_by_text(text).wait_for()


def test_the_whole_way(page, transactional_db, browser, live_server):
    awa, moutiou = cast.editor(), cast.reporter()
    section, tag = cast.section(), Tag.objects.create_named("Togo")
    cast.author("Moutiou Adjibi Nourou", user=moutiou)

    # A reporter writes and submits.
    sign_in(page, moutiou)
    page.get_by_role("link", name="New story").click()
    page.wait_for_selector(".ProseMirror")
    page.get_by_label("Headline").fill("Le port ferme")
    page.keyboard.press("Tab")
    page.keyboard.type("Les grues s’arrêtent à minuit.")
    page.get_by_role("textbox", name="Story").click()
    page.keyboard.type("Le trafic reprendra lundi.")
    page.get_by_label("Section").select_option("Finance")
    page.get_by_label("Note to colleagues").fill("Le chiffre arrive.")
    press(page, "Submit for review")
    read_messages(page, "is now with the editors")
    sign_out(page)
    story = Article.objects.get()

    # An editor reads the note and sends it back; the reporter submits again.
    sign_in(page, awa)
    open_form(page, story)
    page.get_by_text("Le chiffre arrive.").wait_for()
    page.get_by_label("Note to colleagues").fill("Sans le chiffre, on ne peut pas.")
    press(page, "Send back")
    read_messages(page, "has been sent back to its writer")
    sign_out(page)
    sign_in(page, moutiou)
    open_form(page, story)
    page.get_by_text("Sans le chiffre, on ne peut pas.").wait_for()
    page.get_by_label("Standfirst").fill("Les 12 grues s’arrêtent à minuit.")
    press(page, "Submit for review")
    read_messages(page, "is now with the editors")
    sign_out(page)

    # The editor shares it with an outsider, and sees what changed.
    sign_in(page, awa)
    open_form(page, story)
    page.get_by_role("link", name="See what changed since you last looked").click()
    page.locator("ins", has_text="12").wait_for()
    open_form(page, story)
    page.get_by_role("link", name="Share").click()
    page.get_by_label("For", exact=False).fill("Ada Mensah")
    page.get_by_role("button", name="Create a link").click()
    address = page.get_by_label("Copy this address now").input_value()
    address = re.sub(r"^https?://[^/]+", live_server.url, address)
    outsider = browser.new_page()
    outsider.goto(address)
    outsider.get_by_role("heading", name="Le port ferme", exact=True).wait_for()
    page.get_by_role("button", name="Revoke").click()
    read_messages(page, "no longer works")
    assert outsider.reload().status == 404
    outsider.close()

    # The story is published: the checklist advises a tag, which the editor adds.
    open_form(page, story)
    press(page, "Publish now")
    page.get_by_text("The checklist has advice").wait_for()
    page.get_by_role("searchbox", name="Tags").press_sequentially("Togo")
    page.get_by_role("option", name="Togo", exact=True).wait_for()
    page.keyboard.press("Enter")
    press(page, "Publish now")
    read_messages(page, "is live")
    story.refresh_from_db()
    assert (story.section, story.tags_in_order) == (section, [tag])

    # A change over the live story is previewed and scheduled; readers see it when its time has come.
    page.get_by_label("Headline").fill("Le port rouvre")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="In a tab of its own").click()
    phone = opened.value.frame_locator(".phone iframe")
    phone.get_by_role("heading", name="Le port rouvre", exact=True).wait_for()
    opened.value.close()
    page.get_by_role("button", name="Preview").click()  # its panel stands in place of the times
    page.get_by_label("Changes go live").fill(in_days(1))
    press(page, "Schedule changes")
    page.get_by_role("dialog").get_by_role("button", name="Schedule changes", exact=True).click()
    page.get_by_text("changes by awa go live", exact=False).first.wait_for()
    reader = browser.new_page()
    reader.goto(live_server.url + story.get_absolute_url())
    assert reader.locator("h1").inner_text() == "Le port ferme"
    Article.objects.update(due_at=timezone.now() - datetime.timedelta(seconds=1))
    reader.reload()
    assert reader.locator("h1").inner_text() == "Le port rouvre"
    reader.close()

    # The version before is brought back, and waits.
    page.get_by_role("link", name="History").click()
    page.get_by_role("listitem").filter(has_text="is live").or_(
        page.get_by_role("listitem").filter(has_text=re.compile("^\\s*Published"))
    ).get_by_role("button", name="Restore").click()
    read_messages(page, "has been restored")
    assert page.get_by_label("Headline").input_value() == "Le port ferme"
    story.refresh_from_db()
    assert (story.headline, story.newest_content["headline"]) == ("Le port rouvre", "Le port ferme")
