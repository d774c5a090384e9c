"""Two people write one story at the same time, each in a browser of their own: no word of either is lost."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_text import click_into

FIRST, LAST = 0, 2  # paragraphs


@pytest.fixture
def story(desk, colleague):
    story = cast.draft("Le port ferme", body="<p>Le port.</p>\n<p>La grue.</p>\n<p>Le quai.</p>")
    for tab in (desk, colleague):
        tab.goto(f"/admin/articles/article/{story.pk}/change/")
        tab.wait_for_selector(".ProseMirror")
    return story


def write(tab, paragraph, words):
    click_into(tab.locator(".ProseMirror p").nth(paragraph))
    tab.keyboard.press("End")
    tab.keyboard.type(words)


def save(tab):
    tab.get_by_role("button", name="Save draft").click()


def saved(tab, words="is saved"):
    tab.locator(".messagelist").get_by_text(words).wait_for()
    return Article.objects.get()


def test_a_phone_names_a_colleague_in_one_line_and_says_the_whole_sentence(desk, colleague, story):
    write(colleague, FIRST, " Rouvert.")
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.reload()
    brief = desk.locator("#presence .brief", has_text="koffi, since")
    expect(brief).to_be_visible()
    expect(desk.get_by_role("status").filter(has_text="koffi has had this open since")).to_have_count(1)
    assert desk.evaluate("document.querySelector('.head-line').scrollWidth") <= 390
    assert desk.locator("#presence").bounding_box()["height"] <= 20
    expect(desk.get_by_role("button", name="Take over")).to_be_visible()
    assert desk.locator("#take-over button").bounding_box()["height"] >= 24


def test_both_texts_are_in_the_story_when_each_wrote_a_paragraph_of_their_own(desk, colleague, story):
    write(desk, FIRST, " Rouvert.")
    write(colleague, LAST, " Noyé.")
    save(desk)
    saved(desk)
    save(colleague)
    body = saved(colleague, "both texts are now merged").body
    assert body == "<p>Le port. Rouvert.</p>\n<p>La grue.</p>\n<p>Le quai. Noyé.</p>"


@pytest.mark.parametrize(
    ("choice", "paragraph"),
    [("mine", "Le port. Noyé."), ("theirs", "Le port. Rouvert."), ("both", "Le port. Rouvert.</p>\n<p>Le port. Noyé.")],
)
def test_of_one_paragraph_that_both_changed_the_second_chooses(desk, colleague, story, choice, paragraph):
    write(desk, FIRST, " Rouvert.")
    write(colleague, FIRST, " Noyé.")
    save(desk)
    saved(desk)
    save(colleague)
    colleague.locator(f'input[type="radio"][value="{choice}"]').check()
    colleague.get_by_role("button", name="Save these choices").click()
    story = saved(colleague, "are merged")
    assert story.body == f"<p>{paragraph}</p>\n<p>La grue.</p>\n<p>Le quai.</p>"
    versions = " ".join(revision.content["body"] for revision in story.revisions.all())
    assert "Rouvert." in versions
    assert "Noyé." in versions


def test_who_may_no_longer_change_the_story_is_told_at_once(colleague, story):
    colleague.route("**/presence/", lambda route: route.fulfill(status=403, body=""))
    colleague.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(colleague.locator("#presence")).to_contain_text("no longer yours to change")


def test_who_was_offline_while_the_other_saved_loses_nothing(desk, colleague, story):
    colleague.context.set_offline(True)
    write(colleague, LAST, " Noyé.")
    expect(colleague.locator("output.kept")).to_contain_text("The server cannot be reached.")
    write(desk, FIRST, " Rouvert.")
    save(desk)
    saved(desk)
    colleague.context.set_offline(False)
    save(colleague)
    body = saved(colleague, "both texts are now merged").body
    assert body == "<p>Le port. Rouvert.</p>\n<p>La grue.</p>\n<p>Le quai. Noyé.</p>"
