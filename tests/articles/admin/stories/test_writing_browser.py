"""The writing area in a real browser: what is typed, pressed and pasted is what is stored.

Loading a form costs a browser more than anything that is done in it: each group of cases shares one.
"""

import re

import pytest
from playwright.sync_api import expect

from articles import richtext
from articles.models import Article
from tests.articles.admin import pasted
from tests.articles.admin.story_text import click_into

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(paste);
}"""


def write(desk, text):
    click_into(desk.locator(".ProseMirror"))
    desk.keyboard.type(text)


def select_all(desk, text):
    """Select the text, and wait until the selection holds it: a button works on what is selected when it is pressed."""
    desk.keyboard.press("Control+a")
    desk.wait_for_function("(text) => getSelection().toString().trim() === text", arg=text)


def press(desk, button):
    desk.get_by_role("toolbar").get_by_role("button", name=button, exact=True).click()


def stored(desk):
    """Return the body that saving the form would store, without what the sanitiser adds."""
    return plain(richtext.clean(desk.evaluate("new FormData(document.querySelector('#article_form')).get('body')")))


def plain(html):
    """Return links without what the sanitiser adds to them, and list items without paragraphs."""
    html = html.replace("&nbsp;", "\u00a0").replace(">\n<", "><")
    html = re.sub(r' rel="[^"]*"| colspan="1"| rowspan="1"', "", html)
    return re.sub(r"(<(?:li|td|th)[^>]*>)<p>(.*?)</p>", r"\1\2", html)


def clear(desk):
    click_into(desk.locator(".ProseMirror"))
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Backspace")
    assert stored(desk) == ""


def test_typed_text_is_stored(desk):
    write(desk, "Le taux baisse.")
    sent = stored(desk)
    desk.get_by_role("button", name="Save draft").click()
    desk.wait_for_url("**/change/", wait_until="commit")
    assert [sent, plain(Article.objects.get().body)] == 2 * ["<p>Le taux baisse.</p>"]


BLOCKS = {
    "Heading": "<h2>Lomé</h2>",
    "Small heading": "<h3>Lomé</h3>",
    "Bullet list": "<ul><li>Lomé</li></ul>",
    "Numbered list": "<ol><li>Lomé</li></ol>",
    "Quotation": "<blockquote><p>Lomé</p></blockquote>",
    "Bold": "<p><strong>Lomé</strong></p>",
    "Italic": "<p><em>Lomé</em></p>",
    "Subscript": "<p><sub>Lomé</sub></p>",
    "Superscript": "<p><sup>Lomé</sup></p>",
}


def test_each_button_makes_its_block(desk, subtests):
    for button, html in BLOCKS.items():
        with subtests.test(button):
            write(desk, "Lomé")
            select_all(desk, "Lomé")
            press(desk, button)
            assert stored(desk) == html
        clear(desk)


def test_a_line_between_parts(desk):
    write(desk, "Lomé")
    press(desk, "Divider")
    assert stored(desk) == "<p>Lomé</p><hr>"


def test_a_pull_quote_repeats_what_is_selected_and_says_who_said_it(desk):
    write(desk, "Nous prêtons.")
    desk.keyboard.press("Control+a")
    press(desk, "Pull quote")
    desk.keyboard.type("Awa Diop")
    assert stored(desk) == (
        '<p>Nous prêtons.</p><figure class="pullquote"><blockquote><p>Nous prêtons.</p></blockquote>'
        "<figcaption>Awa Diop</figcaption></figure>"
    )


def test_a_table_has_a_heading_row(desk):
    write(desk, "")
    press(desk, "Table")
    desk.keyboard.type("Pays")
    html = stored(desk)
    assert html.startswith("<table><tbody><tr><th>Pays</th>")
    assert html.count("<tr>") == 3


def test_a_link_is_asked_for_and_completed(desk):
    write(desk, "La banque")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+k")
    desk.get_by_label("Address").fill("bceao.int/fr")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert stored(desk) == '<p><a href="https://bceao.int/fr">La banque</a></p>'


# In one go: on a busy machine, the next key comes before the browser says that the dialog is closed.
APPLY_AND_PRESS = """async button => {
  button.click();
  for (let step = 0; step < 10; step++) await null;
  document.execCommand("bold");
}"""


def test_a_key_right_after_a_link_was_asked_for_works_on_its_words(desk):
    write(desk, "La banque")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+k")
    desk.get_by_label("Address").fill("https://bceao.int/")
    desk.get_by_role("button", name="Apply").evaluate(APPLY_AND_PRESS)
    expect(desk.locator(".ProseMirror a b, .ProseMirror a strong, .ProseMirror strong a")).to_have_text("La banque")


def test_a_link_that_leads_nowhere_is_refused(desk):
    write(desk, "La banque")
    desk.keyboard.press("Control+a")
    press(desk, "Link")
    desk.get_by_label("Address").fill("javascript:alert(1)")
    desk.get_by_role("button", name="Apply").click()
    desk.get_by_role("dialog").wait_for()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert stored(desk) == "<p>La banque</p>"


# In one go: the browser has not said yet that the selection has changed, as on a busy machine.
SELECT_AND_PRESS = {
    "Ctrl+K": """text => {
    getSelection().selectAllChildren(text);
    text.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true }));
  }""",
    "Link": """text => {
    const button = document.querySelector("[role=toolbar] [data-name=link]");
    getSelection().selectAllChildren(text);
    button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    button.focus();
    button.click();
  }""",
}


@pytest.mark.parametrize("key", SELECT_AND_PRESS)
def test_a_key_and_a_tool_work_on_what_was_selected_just_before(desk, key):
    write(desk, "La banque")
    desk.locator(".ProseMirror").evaluate(SELECT_AND_PRESS[key])
    desk.get_by_label("Address").fill("https://bceao.int/")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror a")).to_have_text("La banque")


def test_undo_takes_back(desk):
    write(desk, "")
    desk.keyboard.insert_text("Lomé")  # at once: what is typed after half a second is taken back by itself
    press(desk, "Undo")
    assert stored(desk) == ""


DOCUMENTS = {
    "Word": (pasted.WORD, plain(pasted.WORD_STORED)),
    "Google Docs": (pasted.GOOGLE_DOCS, plain(pasted.GOOGLE_DOCS_STORED)),
}
FRAGMENTS = {
    "<div>Un</div><div>Deux</div>": "<p>Un</p><p>Deux</p>",
    "<p>Un<br><br>Deux<br>trois</p>": "<p>Un</p><p>Deux<br>trois</p>",
    "<span>Un</span> <span>deux</span>": "<p>Un deux</p>",
    "<section><h5>Titre</h5>Texte</section>": "<h3>Titre</h3><p>Texte</p>",
    '<p>Un <a href="javascript:alert(1)">lien</a></p>': "<p>Un lien</p>",
    '<p>Un</p><img src="data:image/png;base64,AAAA"><p>Deux</p>': "<p>Un</p><p>Deux</p>",
    "<b style='font-weight:normal'><p>Un</p><p>Deux</p></b>": "<p>Un</p><p>Deux</p>",
    "<p>2*3*4 et **5**</p>": "<p>2*3*4 et **5**</p>",
}


def test_pasted_documents_come_out_clean(desk, subtests):
    for name, (clipboard, html) in DOCUMENTS.items():
        with subtests.test(name):
            desk.evaluate(PASTE, [clipboard, "…"])
            assert stored(desk) == html
        clear(desk)


def test_nothing_pasted_is_glued_or_smuggled(desk, subtests):
    for clipboard, html in FRAGMENTS.items():
        with subtests.test(clipboard):
            desk.evaluate(PASTE, [clipboard, "…"])
            assert stored(desk) == html
        clear(desk)


def test_the_toolbar_is_one_stop_of_the_tab_key_behind_the_text(desk):
    text, tool = desk.get_by_role("textbox", name="Story"), desk.get_by_role("toolbar").get_by_role("button")
    desk.get_by_label("Standfirst").focus()
    desk.keyboard.press("Tab")
    desk.keyboard.type("Lomé")
    expect(text).to_have_text("Lomé")
    desk.keyboard.press("Shift+Tab")
    expect(desk.get_by_label("Standfirst")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(tool.first).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("toolbar").locator(":focus")).to_have_count(0)
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    expect(text).to_be_focused()

    desk.keyboard.press("Alt+F10")
    expect(tool.first).to_be_focused()
    desk.keyboard.press("End")
    expect(desk.get_by_role("button", name="Redo")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(tool.first).to_be_focused()
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Home")
    desk.keyboard.press("Escape")
    expect(text).to_be_focused()
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    assert stored(desk) == "<h3>Lomé</h3>"


def test_shift_tab_leaves_the_text_where_there_is_nothing_to_move_out_of(desk):
    standfirst = desk.get_by_label("Standfirst")
    write(desk, "- Un\nDeux")
    desk.keyboard.press("Tab")
    assert stored(desk) == "<ul><li>Un<ul><li>Deux</li></ul></li></ul>"
    desk.keyboard.press("Shift+Tab")
    assert stored(desk) == "<ul><li>Un</li><li>Deux</li></ul>"
    desk.keyboard.press("Shift+Tab")
    expect(standfirst).to_be_focused()
    clear(desk)
    press(desk, "Table")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Shift+Tab")
    expect(standfirst).to_be_focused()


def test_every_tool_is_named_and_drawn(desk):
    write(desk, "")
    press(desk, "Table")
    for tool in desk.get_by_role("toolbar").get_by_role("button").all():
        assert tool.get_attribute("title") == tool.get_attribute("aria-label")
        assert tool.locator("svg").count() or tool.inner_text() in ("H2", "H3")


def test_a_numbered_list_is_shown_as_it_is_stored(desk):
    desk.click(".ProseMirror")
    desk.evaluate(PASTE, ['<ol start="5" type="a"><li>Le port</li></ol>', "Le port"])
    shown = desk.locator(".ProseMirror ol").evaluate("(list) => [list.start, getComputedStyle(list).listStyleType]")
    assert shown == [1, "decimal"]
    assert desk.get_by_role("toolbar").get_by_role("button", name="List properties").count() == 0
    assert stored(desk) == "<ol><li>Le port</li></ol>"
