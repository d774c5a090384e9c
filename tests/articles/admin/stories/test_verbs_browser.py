"""The top of the story form in a browser: its verbs, what they ask, and the order of a narrow screen."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Presence
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.conftest import sign_in

ORDER = [
    ".verbs-state",
    "#id_headline",
    "#id_standfirst",
    ".prose-editor",
    "#id_section",
    ".field-authors",
    ".field-tags",
]
ORDER += [".field-lead_image", "#id_publish_at", "#checklist", ".field-compact_teaser", ".field-pinned_compact"]


@pytest.fixture
def draft(page, transactional_db, client, live_server):
    """Return the number of a whole draft, open to an editor who has signed in."""
    story = cast.draft(authors=[cast.author()], tags=["Togo"])
    sign_in(page.context, client, cast.editor(), live_server)
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.wait_for_selector(".ProseMirror")
    return story.pk


def press(page, verb):
    group = page.get_by_role("group", name="What to do with the story")
    group.get_by_role("button", name=verb, exact=True).click()


def test_a_story_is_scheduled_for_tomorrow_and_moved_by_an_hour_in_two_presses_each(page, draft):
    press(page, "Schedule")
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow morning").click()
    page.locator(".verbs-state", has_text="Scheduled").wait_for()
    first = Article.objects.get().publish_at
    press(page, "Change the time")
    expect(page.get_by_role("dialog").get_by_text("Goes live on")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="An hour later").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert Article.objects.get().publish_at - first == datetime.timedelta(hours=1)


def test_a_typed_time_becomes_a_sentence_before_it_is_confirmed(page, draft):
    press(page, "Schedule")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Schedule", exact=True)).to_be_disabled()
    dialog.get_by_label("Publication time").fill("2090-12-01T06:00")
    dialog.get_by_text("Goes live on Friday 1 December 2090 at 06:00").wait_for()
    dialog.get_by_role("button", name="Schedule", exact=True).click()
    page.locator(".verbs-state", has_text="Scheduled").wait_for()


@pytest.mark.parametrize("way", ["Cancel", "Escape"])
def test_what_is_ticked_in_a_dialog_that_is_left_does_not_count_for_another_button(page, draft, way):
    page.get_by_label("Standfirst").fill("")
    press(page, "Schedule")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Publish anyway").check()
    if way == "Cancel":
        dialog.get_by_role("button", name="Cancel").click()
    else:
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    press(page, "Publish now")
    page.locator(".problems", has_text="The checklist has advice").wait_for()
    assert Article.objects.get().status == "draft"


def test_what_is_missing_leads_from_the_dialog_to_its_field(page, draft):
    page.get_by_label("Section").select_option("")
    press(page, "Schedule")
    page.get_by_role("dialog").get_by_role("link", name="Choose a section").click()
    expect(page.get_by_label("Section")).to_be_focused()


def test_withdrawing_asks_and_tells_readers_why(page, draft):
    press(page, "Publish now")
    page.locator(".verbs-state", has_text="Live").wait_for()
    press(page, "Withdraw")
    page.get_by_label("Reason, for readers").fill("Un chiffre était faux.")
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    page.locator(".verbs-state", has_text="Withdrawn").wait_for()
    assert Article.objects.get().withdrawal_reason == "Un chiffre était faux."


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_a_narrow_form_is_in_the_order_of_the_work(page, draft, width, height):
    page.set_viewport_size({"width": width, "height": height})
    tops = page.evaluate(
        "(places) => places.map((one) => document.querySelector(one).getBoundingClientRect().top)", ORDER
    )
    assert tops == sorted(tops)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", ["draft", "review", "scheduled", "live", "changes"])
def test_head_and_verbs_leave_a_phone_to_the_text_also_beside_a_colleague(page, draft, language, state):
    story = Article.objects.get()
    if state == "review":
        story.submit(None)
    elif state == "scheduled":
        story.publish(None, at=timezone.now() + datetime.timedelta(days=1))
    elif state != "draft":
        story.publish(None)
    if state == "changes":
        story.save_draft(None, cast.typed(story, kicker="Ports"))
        story.schedule_changes(None, timezone.now() + datetime.timedelta(days=1))
        story.save_draft(None, cast.typed(story, kicker="Rades"))
    User.objects.update(language=language)
    Presence.objects.record(story.pk, cast.reporter(), unsaved=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_selector(".ProseMirror")
    expect(page.locator("#presence .brief")).to_contain_text("moutiou")
    expect(page.locator("#take-over")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
    heads = page.evaluate("['#header', '.verbs'].map((one) => document.querySelector(one).offsetHeight)")
    assert sum(heads) <= 0.15 * 844, heads


# In one go: the answer of the server about colleagues would take the sentence away.
NAME_COLLEAGUE = """() => {
  const [row, presence] = [".verbs-row", "#presence"].map((place) => document.querySelector(place));
  const place = (part) => part.getBoundingClientRect().toJSON();
  const before = place(row);
  presence.textContent = "Moutiou has had this open since 10:00. ".repeat(9);
  return [before, place(row), place(presence)];
}"""


def test_the_buttons_keep_their_place_when_a_colleague_is_named(draft, page):
    before, after, presence = page.evaluate(NAME_COLLEAGUE)
    assert after == before
    assert presence["top"] >= before["bottom"]
