"""Every dialog, panel and menu of the desk while it is open, in a real browser, in French.

Each is opened from the page of the one before: a page is loaded once.
"""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.articles import cast
from tests.articles.admin import story_form
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.desk_pages import chief
from tests.articles.admin.pictures.handing_over import hand_over
from tests.articles.admin.pictures.picture_form import LIST
from tests.articles.admin.story_text import click_into

pytestmark = pytest.mark.long

DIALOG = "dialog[open]"
SUGGESTIONS = "**/suggest/tags/**"
SIGN_IN = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def person(look, client, live_server, transactional_db):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    return person


def draft(person, **fields):
    """Return a story that can be published, and has a time."""
    soon = timezone.now() + datetime.timedelta(days=1)
    parts = {"authors": [cast.author()], "tags": ["Ports"], "lead_image": cast.image(), "publish_at": soon}
    return cast.draft("Le port ferme", created_by=person, **parts | fields)


def open_form(look, story):
    look.open(story_form.change(story))
    look.page.wait_for_selector(".ProseMirror")


def find(look, selector, place=DIALOG, seen=""):
    """Press what opens a dialog; return what is wrong with it, and close it."""
    page = look.page
    page.locator(selector).first.click()
    return faults_then_close(look, place, seen)


def faults_then_close(look, place=DIALOG, seen=""):
    page = look.page
    page.locator(f"{place} {seen}".strip()).first.wait_for()
    found = look.faults(place)
    page.keyboard.press("Escape")
    page.locator(place).wait_for(state="hidden")
    return found


def without_good(found):
    return {name: faults for name, faults in found.items() if faults}


def test_a_storys_dialogs_have_no_fault(look, person):
    open_form(look, draft(person))
    page, text, found = look.page, look.page.locator(".ProseMirror"), {}
    found["account"] = find(look, ".account summary", ".account ul")
    found["publish"] = find(look, ".verbs [name=_publish]")
    found["schedule"] = find(look, ".verbs [name=_schedule]", seen=".sentence")
    page.keyboard.press("Control+k")
    expect(page.locator(".desk-finder input")).to_be_focused()
    page.keyboard.type("por")
    found["find"] = faults_then_close(look, ".desk-finder", "[role=option]")
    found["picture"] = find(look, "#id_lead_image_choose", seen=".picture-grid button")
    click_into(text)
    page.keyboard.press("Control+End")
    page.keyboard.type("Port")
    expect(text).to_contain_text("Port")
    page.keyboard.press("Shift+Home")
    page.wait_for_selector("[role=toolbar] button[data-name=link]:not(.disabled)")
    page.keyboard.press("Control+k")
    expect(page.locator(f"{DIALOG} input").first).to_be_focused()
    page.keyboard.type("por")
    page.locator(f"{DIALOG} [role=option]").first.wait_for()
    found["link"] = look.faults(DIALOG)
    page.keyboard.press("Escape")  # closes the list
    page.locator(f"{DIALOG} [role=option]").first.wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.locator(DIALOG).wait_for(state="hidden")
    expect(text).to_be_focused()
    text.press("Control+End")
    text.press_sequentially(" @por", delay=20)
    found["@"] = faults_then_close(look, ".desk-suggestions", "[role=option]")
    paragraphs = text.locator("p").count()
    text.press("Enter")
    expect(text.locator("p")).to_have_count(paragraphs + 1)
    text.press_sequentially("/")
    found["/"] = faults_then_close(look, ".desk-suggestions", "[role=option]")
    Session.objects.all().delete()
    page.evaluate(SIGN_IN)
    found["sign-in"] = faults_then_close(look, "#sign-in[open]", "[type=password]")
    assert without_good(found) == {}


def test_the_choosers_of_a_story_speak_french(look, person):
    open_form(look, draft(person))
    results, box = look.page.locator(".select2-results"), look.page.locator("#id_tags + .select2 input")
    box.click()
    expect(results).to_have_text("Tapez pour chercher.")
    answers = []
    look.page.route(SUGGESTIONS, lambda route: answers.append(route))
    with look.page.expect_request(SUGGESTIONS):
        box.type("z")
    expect(results).to_have_text("Recherche …")
    answers.pop().fulfill(json={"results": []})
    expect(results).to_have_text("Rien n’a été trouvé.")
    with look.page.expect_request(SUGGESTIONS):
        box.type("y")
    expect(results).to_have_text("Recherche …")
    answers.pop().fulfill(status=500)
    expect(results).to_have_text("Cela n’a pas fonctionné. Réessayez.")


def test_the_questions_over_a_live_story_have_no_fault(look, person):
    story = cast.story("Le port ferme", authors=[cast.author()], tags=["Ports"])
    story.save_draft(person, cast.typed(story, headline="Le port rouvre"))
    open_form(look, story)
    found = {
        "withdraw": find(look, ".verbs [name=_withdraw]"),
        "schedule": find(look, ".verbs [name=_schedule_changes]", seen=".offered"),
    }
    assert without_good(found) == {}


def test_the_panels_beside_a_text_have_no_fault(look, person):
    story = draft(person)
    story.save_draft(person, cast.typed(story, headline="Le port rouvre"))
    open_form(look, story)
    found = {}
    for panel in ("preview", "checklist", "history", "notes", "related"):
        look.page.locator(f".panel-bar [value={panel}]").click()
        look.page.wait_for_selector("#panel .panel-body > *", state="attached")
        found[panel] = look.faults("#panel")
    assert without_good(found) == {}


def test_the_dialogs_of_the_list_have_no_fault(look, person):
    draft(person)
    look.open("/admin/articles/article/")
    found = {
        "row": find(look, "a[data-dialog]", seen=".form-row"),
        "author": find(look, ".filters details:has(form) summary", ".filters [open] form"),
        "filter": find(look, ".filters details:not(:has(form)) summary", ".filters [open] ul"),
    }
    look.page.locator(".action-select").first.check()
    found["tags"] = find(look, "[data-action]", seen=".form-row")
    assert without_good(found) == {}


def test_the_forms_on_cards_and_of_new_pictures_have_no_fault(look, person):
    cast.image(50, 40)
    look.open(LIST)
    look.page.locator("[data-words]").first.click()
    hand_over(look.page.locator("body"), "drop", (60, 40), (70, 40))
    look.page.locator(".picture-tray form").nth(1).wait_for()
    assert look.faults() == {}


def test_new_pictures_over_a_text_have_no_fault(look, person):
    open_form(look, draft(person))
    look.page.locator(".ProseMirror").click()
    hand_over(look.page.locator(".ProseMirror"), "paste", (60, 40), (70, 40))
    look.page.locator(f"{DIALOG} form").nth(1).wait_for()
    assert look.faults(DIALOG) == {}
