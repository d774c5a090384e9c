"""A row of the list of stories changed in place, in a browser."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def story(tab):
    """Return a story of tomorrow; the tab shows the front of the desk."""
    story = cast.draft("Demain", authors=[cast.author()], tags=["Ports"])
    story.publish(None, at=timezone.now().replace(second=0, microsecond=0) + 20 * HOUR)
    tab.goto("/admin/")
    return story


@pytest.fixture
def loads(tab, story):
    """Return the addresses of the pages that the tab loads from the front of the desk on."""
    found = []
    tab.on("framenavigated", lambda frame: found.append(frame.url))
    return found


def follow(tab, link):
    """Follow the link, and wait for the scripts of the page that it leads to."""
    with tab.expect_navigation():
        link.click()


def open_row(tab):
    tab.get_by_role("link", name="Change … “Demain”").click()
    expect(tab.get_by_role("dialog")).to_be_visible()


def test_a_scheduled_story_is_found_and_moved_by_an_hour_in_three_clicks_and_one_load(tab, story, loads):
    follow(tab, tab.locator("a[href$='?state=scheduled']").first)
    tab.get_by_role("link", name="Change … “Demain”").click()
    tab.get_by_role("button", name="An hour later").click()
    expect(tab.locator(".told")).to_contain_text("Scheduled for")
    assert len(loads) == 1
    assert Article.objects.get().publish_at == story.publish_at + HOUR
    expect(tab.locator(".field-when")).to_contain_text(f"{timezone.localtime(story.publish_at + HOUR):%H:%M}")
    expect(tab.get_by_role("link", name="Change … “Demain”")).to_be_focused()


def test_a_story_in_review_is_scheduled_for_tomorrow_in_three_clicks_and_one_load(tab, story, loads):
    cast.draft("Après-demain", authors=[cast.author()], tags=["Ports"], status="review")
    tab.reload()
    loads.clear()
    follow(tab, tab.get_by_role("link", name="Show all: Waiting for review"))
    tab.get_by_role("link", name="Change … “Après-demain”").click()
    tab.get_by_role("button", name="Tomorrow morning").click()
    expect(tab.locator(".told")).to_contain_text("Scheduled for")
    assert len(loads) == 1
    assert Article.objects.get(headline="Après-demain").is_scheduled


def test_the_keyboard_changes_a_row(tab, story):
    tab.goto("/admin/articles/article/")
    tab.get_by_role("link", name="Change … “Demain”").press("Enter")
    expect(tab.get_by_label("Publication time")).to_be_focused()
    tab.get_by_label("Publication time").fill("2090-12-01T06:00")
    tab.keyboard.press("Enter")
    expect(tab.locator(".told")).to_contain_text("Scheduled for")
    assert f"{timezone.localtime(Article.objects.get().publish_at):%Y-%m-%d %H:%M}" == "2090-12-01 06:00"


def test_escape_closes_it_and_changes_nothing(tab, story):
    tab.goto("/admin/articles/article/")
    open_row(tab)
    tab.get_by_label("Publication time").fill("2090-12-01T06:00")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(tab.get_by_role("link", name="Change … “Demain”")).to_be_focused()
    assert Article.objects.get().publish_at == story.publish_at


def test_a_refused_time_is_said_in_the_dialog_and_stays(tab, story):
    tab.goto("/admin/articles/article/")
    open_row(tab)
    tab.get_by_label("Publication time").fill("2001-12-01T06:00")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("dialog")).to_contain_text("Choose a time in the future")
    expect(tab.get_by_label("Publication time")).to_have_value("2001-12-01T06:00")


def test_the_headline_has_the_most_room_on_a_small_laptop(tab):
    changed = cast.story("Le port de Lomé rouvre après trois semaines de travaux", hours_ago=300)
    changed.save_draft(None, cast.typed(changed, headline="Le port de Lomé rouvre"))
    tab.set_viewport_size({"width": 1024, "height": 768})
    tab.goto("/admin/articles/article/")
    assert tab.locator(".column-title").bounding_box()["width"] >= 0.35 * 960


def test_the_headline_can_be_read_on_a_tablet(tab):
    for number in range(3):
        parts = {
            "authors": [cast.author(), cast.author("Awa Diop", "awa-diop")],
            "tags": ["Ports", "Transport maritime"],
        }
        changed = cast.story(f"Le port de Lomé rouvre après {number + 2} semaines de travaux", **parts)
        changed.save_draft(None, cast.typed(changed, headline="Le port de Lomé rouvre"))
    tab.set_viewport_size({"width": 820, "height": 1180})
    tab.goto("/admin/articles/article/")
    headlines = tab.locator("#result_list .field-title")
    assert min(one.bounding_box()["width"] for one in headlines.all()) >= 250
    assert tab.evaluate("document.documentElement.scrollWidth") <= 820
