"""What the tasks of every day cost at most from the front of the desk: clicks, keys and pages that load.

A file dialog of the browser and a select are two clicks each.
"""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Image, Tag
from tests.articles import cast
from tests.articles.admin.story_text import click_into
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.long

HOUR = datetime.timedelta(hours=1)
# What is typed into headline, standfirst and text is the work itself; every other key counts.
COUNT = """
const count = (name) => (sessionStorage[name] = 1 + Number(sessionStorage[name] ?? 0));
addEventListener("pointerdown", ({ isTrusted }) => isTrusted && count("clicks"), { capture: true });
addEventListener("keydown", ({ key, ctrlKey, target }) => {
  const isText = key.length === 1 && !ctrlKey && target.closest("#id_headline, #id_standfirst, .ProseMirror");
  if (!isText && !["Shift", "Control", "Alt"].includes(key)) count("keys");
}, { capture: true });
"""


class Walk:
    """Somebody at work in a tab that counts."""

    def __init__(self, tab):
        self.tab, self.loads, self.more_clicks = tab, 0, 0
        tab.add_init_script(COUNT)
        tab.on("domcontentloaded", lambda _page: self._load())

    def begin(self):
        """Load the front of the desk, from which everything is counted."""
        self.tab.goto("/admin/")
        self.tab.evaluate("sessionStorage.clear()")
        self.loads = 0

    def press(self, name, role="button"):
        self.tab.get_by_role(role, name=name, exact=True).first.click()

    def follow(self, name):
        """Follow a link, and wait for the scripts of the page that it leads to."""
        with self.tab.expect_navigation():
            self.press(name, "link")

    def keys(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, text):
        self.tab.keyboard.type(text)

    def costs_at_most(self, clicks, loads, keys=None):
        found = {name: int(self.tab.evaluate(f"sessionStorage.{name} ?? 0")) for name in ("clicks", "keys")}
        assert found["clicks"] + self.more_clicks <= clicks
        assert self.loads <= loads
        assert keys is None or found["keys"] <= keys

    def _load(self):
        self.loads += 1


@pytest.fixture
def walk(tab):
    return Walk(tab)


def complete(headline="Le port ferme", **parts):
    return {
        "headline": headline,
        "authors": [cast.author()],
        "tags": ["Ports"],
        "lead_image": cast.image(credit="AFP"),
    } | parts


def writer():
    return cast.User.objects.get(username="awa")


def said(tab, words):
    expect(tab.locator(".told")).to_contain_text(words)


def open_story(walk, story):
    walk.begin()
    walk.follow(story.headline)
    walk.tab.wait_for_selector(".ProseMirror")


def test_publish_now(walk, tab):
    open_story(walk, cast.draft(**complete(created_by=writer())))
    walk.press("Publish now")
    said(tab, "is live.")
    walk.costs_at_most(clicks=2, loads=2)


def test_schedule_for_tomorrow_morning(walk, tab):
    open_story(walk, cast.draft(**complete(created_by=writer())))
    walk.press("Schedule")
    tab.get_by_role("button", name="Tomorrow morning").click()
    said(tab, "Scheduled for")
    walk.costs_at_most(clicks=3, loads=1)


def test_move_what_is_scheduled_by_an_hour(walk, tab):
    story = cast.draft(**complete())
    story.publish(None, at=timezone.now().replace(second=0, microsecond=0) + 20 * HOUR)
    walk.begin()
    walk.follow("Show all: Scheduled for the next 24 hours")
    walk.press("Change … “Le port ferme”", "link")
    tab.get_by_role("button", name="An hour later").click()
    said(tab, "Scheduled for")
    walk.costs_at_most(clicks=3, loads=1)
    assert Article.objects.get().publish_at == story.publish_at + HOUR


def test_correct_a_typo_in_a_live_story(walk, tab):
    open_story(walk, cast.story(body="<p>Le prot ferme.</p>", hours_ago=0, **complete()))
    click_into(tab.locator(".ProseMirror p").first)
    walk.keys("Home", *["ArrowRight"] * 4, "Delete", "Delete")
    walk.type("or")
    walk.press("Publish changes")
    said(tab, "are live.")
    walk.costs_at_most(clicks=3, loads=1)
    assert Article.objects.get().body == "<p>Le port ferme.</p>"


def test_add_a_tag_to_five_stories(walk, tab):
    Tag.objects.create_named("Togo")
    for number in range(6):
        cast.draft(f"Port {number}")
    walk.begin()
    walk.follow("Stories")
    boxes = tab.locator(".action-select")
    boxes.nth(0).click()
    boxes.nth(4).click(modifiers=["Shift"])
    walk.press("Tags …")
    tab.get_by_role("dialog").get_by_role("searchbox", name="Add").press_sequentially("Togo")
    tab.locator(".select2-results__option--highlighted", has_text="Togo").wait_for()
    walk.keys("Enter")
    walk.press("Change the tags")
    said(tab, "The tags of 5 stories are changed.")
    walk.costs_at_most(clicks=5, loads=1)


def test_find_all_stories_of_an_author_and_of_a_tag(walk, tab):
    cast.story(**complete())
    for letters, name in (("adjibi", "Stories by Moutiou Adjibi Nourou"), ("ports", "Stories with the tag “Ports”")):
        walk.begin()
        walk.keys("Control+k")
        walk.type(letters)
        tab.get_by_role("option", name=name).click()
        expect(tab.locator("#result_list .field-title")).to_have_count(1)
        walk.costs_at_most(clicks=1, loads=1)


def test_find_a_picture_of_last_year_by_its_caption(walk, tab):
    old = cast.image(60, 40, caption="La rade de Lomé")
    cast.image(70, 40, caption="La rade de Lomé, un an après")
    year = timezone.localtime().year - 1
    Image.objects.filter(pk=old.pk).update(created_at=timezone.now().replace(year=year, day=1))
    walk.begin()
    walk.follow("Pictures")
    expect(tab.get_by_label("Search")).to_be_focused()
    walk.type("lomé")
    tab.locator(".picture-filters").get_by_role("link", name=str(year)).click()
    expect(tab.locator(".picture-card")).to_have_count(1)
    walk.costs_at_most(clicks=2, loads=1)


def test_upload_ten_pictures_with_alternative_text(walk, tab):
    walk.begin()
    walk.follow("Pictures")
    with tab.expect_file_chooser() as chooser:
        walk.press("Upload pictures", "link")
    walk.more_clicks += 1  # in the dialog of the browser
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(60 + n, 40)} for n in range(10)]
    chooser.value.set_files(files)
    texts = tab.get_by_label("Alternative text")
    expect(texts).to_have_count(10)
    texts.first.focus()
    for number in range(10):
        walk.type(f"Le port {number}")
        walk.keys(*["Tab"] * 4)  # past its other fields
    expect(tab.locator(".picture-words-state", has_text="Saved")).to_have_count(10)
    walk.press("Done")
    expect(tab.locator(".picture-card")).to_have_count(10)
    walk.costs_at_most(clicks=4, loads=1)
    assert Image.objects.exclude(alt="").count() == 10


@pytest.fixture
def newsroom(tab):
    """Give the newsroom what a story is made of."""
    cast.section("Energy", "energy"), cast.image(credit="AFP"), cast.story("Le barrage de Mali")
    cast.author("Awa Diop", "awa-diop"), cast.author("Koffi Mensah", "koffi-mensah")
    Tag.objects.for_names(["Mali", "Niger", "Togo", "Ports"])


def write(walk):
    """Write headline, standfirst and text, with a link and a quote, from the headline on."""
    walk.type("Le port de Lomé rouvre")
    walk.keys("Tab")
    walk.type("Trois semaines de travaux.")
    walk.keys("Tab")
    walk.type("Comme prévu, @barrage")
    walk.tab.locator(".desk-suggestions [role=option]").first.wait_for()
    walk.keys("Enter", "Enter")
    walk.type("> Nous rouvrons lundi.")


def choose_names(walk, names):
    """Take each in the list of a chooser that has the focus; a few letters are enough."""
    for name in names:
        walk.type(name[:3].lower())
        walk.tab.locator(".select2-results__option--highlighted", has_text=name).wait_for()
        walk.keys("Enter")


def check_whole_story():
    story = Article.objects.get(status="review")
    assert story.section.name == "Energy"
    assert story.lead_image is not None
    assert [byline.author.name for byline in story.authors_in_order] == ["Awa Diop", "Koffi Mensah"]
    assert [tag.name for tag in story.tags_in_order] == ["Mali", "Niger", "Togo", "Ports"]
    assert "<blockquote>" in story.body
    assert "/story/" in story.body


def test_hand_in_a_whole_story_by_mouse(walk, tab, newsroom):
    walk.begin()
    walk.follow("New story")
    tab.wait_for_selector(".ProseMirror")
    write(walk)
    tab.get_by_label("Section").select_option("Energy")
    walk.more_clicks += 2
    tab.get_by_role("searchbox", name="Authors").click()
    choose_names(walk, ["Awa Diop", "Koffi Mensah"])
    tab.get_by_role("searchbox", name="Tags").click()
    choose_names(walk, ["Mali", "Niger", "Togo", "Ports"])
    tab.get_by_label("Lead picture").click()
    tab.get_by_role("dialog").get_by_role("button", name="Le port de Lomé").click()
    walk.press("Submit for review")
    said(tab, "is now with the editors.")
    walk.costs_at_most(clicks=12, loads=2)
    check_whole_story()


def test_hand_in_a_whole_story_by_keyboard(walk, tab, newsroom):
    def command(letters, option):
        walk.keys("Control+k")
        walk.type(letters)
        expect(tab.locator('.desk-finder [aria-selected="true"]')).to_have_text(option)
        walk.keys("Enter")

    walk.begin()
    command("new st", "New story")
    tab.wait_for_selector(".ProseMirror")
    write(walk)
    walk.keys("Tab", "Tab")  # the tools above the text are one stop
    expect(tab.get_by_label("Section")).to_be_focused()
    walk.type("E")
    walk.keys("Tab")
    choose_names(walk, ["Awa Diop", "Koffi Mensah"])
    walk.keys("Tab")
    choose_names(walk, ["Mali", "Niger", "Togo", "Ports"])
    walk.keys("Tab")
    expect(tab.get_by_label("Lead picture")).to_be_focused()
    walk.keys("Enter")
    tab.locator(".picture-grid button").first.wait_for()
    walk.keys("ArrowDown", "Enter")
    expect(tab.locator(".lead-picture img")).to_be_visible()
    command("subm", "Submit for review")
    said(tab, "is now with the editors.")
    walk.costs_at_most(clicks=0, loads=2, keys=80)
    check_whole_story()
