"""The whole way in a real browser: write, choose, save, preview, publish, and see it as a reader."""

import base64
import io

from PIL import Image as Picture
from playwright.sync_api import expect

from articles.models import Article, Image, Tag, TagAlias, TagProposal
from tests.articles import cast
from tests.articles.admin.conftest import sign_in


def choose(desk, label, typed, option):
    """Type into a chooser and take a row with the keyboard."""
    desk.get_by_role("searchbox", name=label).press_sequentially(typed)
    desk.get_by_role("option", name=option, exact=True).wait_for()
    desk.keyboard.press("Enter")


def press(desk, verb):
    desk.get_by_role("group", name="What to do with the story").get_by_role("button", name=verb).click()


def open_preview(desk):
    desk.get_by_role("button", name="Preview").click()
    desk.get_by_role("button", name="In a tab of its own").click()


def saved(desk):
    """Save and return the story. Most tests end here: none waits until the form is drawn again."""
    press(desk, "Save draft")
    desk.wait_for_url("**/change/", wait_until="commit")
    return Article.objects.get()


def picture(alt="Le port de Lomé", colour="teal"):
    buffer = io.BytesIO()
    Picture.new("RGB", (900, 600), colour).save(buffer, "JPEG")
    buffer.seek(0)
    return Image.objects.ingest(buffer, alt=alt)


def test_from_signing_in_to_a_readers_page(page, transactional_db):
    cast.section()
    cast.author("Awa Diop", "awa-diop")
    desk = page
    desk.goto("/admin/")
    desk.get_by_label("User name or e-mail address").fill(cast.editor().username)
    desk.keyboard.press("Tab")
    desk.keyboard.type("mot-de-passe")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="New story").click()
    desk.get_by_label("Headline").fill("Le Togo emprunte")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Cent milliards sur le marché régional.")
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("Le trésor public lève des fonds.")
    choose(desk, "Authors", "awa", "Awa Diop")
    desk.get_by_label("Section").select_option("Finance")
    story = saved(desk)
    assert [str(byline) for byline in story.authors_in_order] == ["Awa Diop"]

    with desk.context.expect_page() as opened:
        open_preview(desk)
    phone = opened.value.frame_locator(".phone iframe")
    phone.get_by_role("heading", name="Le Togo emprunte", exact=True).wait_for()
    opened.value.close()

    press(desk, "Publish now")
    desk.get_by_text("The checklist has advice").wait_for()
    desk.get_by_label("Publish anyway").check()
    press(desk, "Publish now")
    desk.get_by_text("Live since").wait_for()
    with desk.context.expect_page() as opened:
        desk.locator(".messagelist").get_by_role("link", name="View on site").click()
    opened.value.get_by_role("heading", name="Le Togo emprunte").wait_for()
    opened.value.get_by_text("Le trésor public lève des fonds.").wait_for()


def test_the_preview_shows_what_nobody_saved(desk):
    desk.get_by_label("Headline").fill("Pas encore")
    with desk.context.expect_page() as opened:
        open_preview(desk)
    for width in (".phone", ".desktop"):
        page = opened.value.frame_locator(f"{width} iframe")
        page.get_by_role("heading", name="Pas encore", exact=True).wait_for()
    assert not Article.objects.exists()


def test_tags_stand_in_the_order_they_were_chosen(desk):
    Tag.objects.for_names(["Coton", "Mali", "Zinc"])
    for name in ("Zinc", "Coton", "Mali"):
        choose(desk, "Tags", name, name)
    desk.get_by_role("searchbox", name="Tags").press("Backspace")  # removes the last one, to type it again
    desk.keyboard.press("Escape")
    choose(desk, "Tags", "mali", "Mali")
    assert [tag.name for tag in saved(desk).tags_in_order] == ["Zinc", "Coton", "Mali"]


def test_a_tag_taken_out_and_chosen_again_stands_last(desk):
    Tag.objects.for_names(["Mali", "Zinc"])
    for name in ("Mali", "Zinc"):
        choose(desk, "Tags", name, name)
    desk.get_by_title("Mali").locator(".select2-selection__choice__remove").click()
    desk.keyboard.press("Escape")
    choose(desk, "Tags", "mali", "Mali")
    assert [tag.name for tag in saved(desk).tags_in_order] == ["Zinc", "Mali"]


def test_a_role_is_chosen_in_the_chip_with_the_keyboard(desk):
    for name, slug in [("Awa Diop", "awa-diop"), ("Koffi Mensah", "koffi-mensah")]:
        cast.author(name, slug)
        choose(desk, "Authors", name, name)
    desk.keyboard.press("Escape")
    role = desk.get_by_role("combobox", name="Role of Koffi Mensah")
    role.focus()
    desk.keyboard.type("tra")
    expect(role).to_be_focused()
    expect(role.locator("option:checked")).to_have_text("translation")
    choose(desk, "Authors", "koffi", "Koffi Mensah")  # again: no second chip
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("combobox", name="Role of")).to_have_count(2)
    bylines = saved(desk).authors_in_order
    assert [(str(byline), byline.role) for byline in bylines] == [
        ("Awa Diop", "author"),
        ("Koffi Mensah", "translator"),
    ]


def test_an_alias_says_where_it_leads_and_a_new_tag_is_made_on_saving(desk):
    TagAlias.objects.create(name="FCFA", tag=Tag.objects.create_named("CFA franc"))
    choose(desk, "Tags", "fcf", "FCFA → CFA franc")
    choose(desk, "Tags", "Mauritanie", "New tag “Mauritanie”")
    assert not Tag.objects.filter(name="Mauritanie").exists()
    assert [tag.name for tag in saved(desk).tags_in_order] == ["CFA franc", "Mauritanie"]


def test_a_comma_and_the_tab_key_take_what_has_exactly_this_name(desk):
    Tag.objects.for_names(["Mali", "Malien", "Togo", "Zinc"])
    cast.author("Awa Diop", "awa-diop")
    box = desk.get_by_role("searchbox", name="Tags")
    box.press_sequentially("mali,")
    desk.get_by_title("Mali", exact=True).wait_for()
    desk.locator(".select2-container--open").wait_for(state="detached")
    box.press_sequentially(" zinc,togo")
    desk.keyboard.press("Tab")
    for name in ("Mali", "Zinc", "Togo"):
        desk.get_by_title(name, exact=True).wait_for()
    desk.get_by_role("searchbox", name="Authors").press_sequentially("awa diop")
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/", wait_until="commit")
    story = Article.objects.get()
    assert [tag.name for tag in story.tags_in_order] == ["Mali", "Zinc", "Togo"]
    assert [str(byline) for byline in story.authors_in_order] == ["Awa Diop"]


def test_what_is_typed_and_not_chosen_is_kept_and_said(desk):
    Tag.objects.for_names(["Mali"])
    desk.get_by_role("searchbox", name="Tags").press_sequentially("Maurit")
    desk.get_by_label("Headline").click()
    desk.locator(".field-tags").get_by_text("Not selected yet: Maurit.").wait_for()
    press(desk, "Save draft")
    desk.locator(".problems").get_by_text("“Maurit” is not a tag yet.").click()
    assert not Article.objects.exists()
    desk.get_by_title("Maurit").locator(".select2-selection__choice__remove").click()
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("Not selected yet")).to_have_count(0)
    assert not saved(desk).tags_in_order


def test_a_reporter_proposes_a_tag_and_takes_it_back(tab, client, live_server):
    moutiou = cast.reporter()
    sign_in(tab.context, client, moutiou, live_server)
    story = cast.draft("Le port", created_by=moutiou, tags=["Togo"])
    tab.goto(f"/admin/articles/article/{story.pk}/change/")
    tab.wait_for_selector(".ProseMirror")
    choose(tab, "Tags", "Grand Nokoué", "Propose “Grand Nokoué”")
    chip = tab.get_by_title("Grand Nokoué", exact=True)
    expect(chip).to_contain_text("Grand Nokoué (proposed)")
    press(tab, "Save draft")
    tab.locator(".messagelist").get_by_text("“Grand Nokoué” is proposed.").wait_for()
    assert [one.name for one in TagProposal.objects.open()] == ["Grand Nokoué"]
    chip.locator(".select2-selection__choice__remove").click()
    tab.keyboard.press("Escape")
    tab.keyboard.type("Grand Popo, ")
    tab.get_by_text("Not selected yet: Grand Popo. Choose from the list").wait_for()
    tab.get_by_role("button", name="Propose “Grand Popo”").click()
    expect(tab.get_by_title("Grand Popo", exact=True)).to_contain_text("Grand Popo (proposed)")
    expect(tab.get_by_text("Not selected yet")).to_have_count(0)
    expect(tab.get_by_role("searchbox", name="Tags")).to_be_focused()
    tab.get_by_title("Grand Popo", exact=True).locator(".select2-selection__choice__remove").click()
    tab.keyboard.press("Escape")
    press(tab, "Save draft")
    expect(tab.locator(".messagelist")).not_to_contain_text("is proposed")
    assert not TagProposal.objects.open().exists()


def test_the_enter_key_never_takes_what_was_found_for_other_letters(desk):
    Tag.objects.for_names(["Mali", "Mauritanie"])
    box = desk.get_by_role("searchbox", name="Tags")
    box.press_sequentially("ma")
    desk.get_by_role("option", name="Mali").wait_for()
    box.press_sequentially("uritanie")
    desk.keyboard.press("Enter")
    desk.get_by_title("Mauritanie").wait_for()
    assert [tag.name for tag in saved(desk).tags_in_order] == ["Mauritanie"]


def test_the_lead_picture_is_found_by_typing_and_taken_by_keyboard(desk):
    port = picture()
    picture("Le barrage de Soubré", "navy")
    desk.get_by_label("Lead picture").click()
    desk.get_by_role("button", name="Le barrage de Soubré").wait_for()
    desk.get_by_label("Search the library").fill("port")
    desk.keyboard.press("ArrowDown")  # to what was there before, which takes the answer's place among what is found
    desk.get_by_role("button", name="Le barrage de Soubré").wait_for(state="detached")
    desk.keyboard.press("Enter")
    desk.get_by_role("dialog").wait_for(state="detached")
    assert saved(desk).lead_image == port


def test_a_picture_is_uploaded_without_leaving_the_story(desk, tmp_path):
    file = tmp_path / "port.jpg"
    Picture.new("RGB", (900, 600), "navy").save(file)
    desk.get_by_label("Headline").fill("Le port")
    desk.get_by_label("Lead picture").click()
    desk.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    desk.get_by_label("Alternative text").fill("Le port de Lomé")
    desk.get_by_label("Credit", exact=True).last.fill("AFP")
    desk.get_by_role("button", name="Use this picture").click()
    desk.get_by_text("Le port de Lomé – AFP").wait_for()
    story = saved(desk)
    assert (story.headline, story.lead_image.credit) == ("Le port", "AFP")


DROP = """(place, [name, type, base64]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
  const { left, top } = place.getBoundingClientRect();
  const at = { clientX: left + 5, clientY: top + 5, dataTransfer: data, bubbles: true, cancelable: true };
  return ["dragover", "drop"].map((kind) => place.dispatchEvent(new DragEvent(kind, at)));
}"""


def drop(place, *, kind="image/jpeg", content=None):
    """Drop a file. Returns whether the browser would do what it does by default: leave the page for it."""
    buffer = io.BytesIO()
    Picture.new("RGB", (900, 600), "maroon").save(buffer, "JPEG")
    encoded = base64.b64encode(content or buffer.getvalue()).decode()
    return any(place.evaluate(DROP, ["port.jpg", kind, encoded]))


def test_a_picture_dropped_on_the_text_is_offered_for_uploading_and_comes_in(desk):
    editor = desk.get_by_role("textbox", name="Story")
    editor.click()
    desk.keyboard.type("Avant.")
    assert not drop(editor.locator("p").first)
    expect(desk.get_by_label("Alternative text")).to_be_focused()
    desk.keyboard.type("Le port de Lomé")
    desk.get_by_role("button", name="Use this picture").click()
    editor.get_by_role("img", name="Le port de Lomé").wait_for()
    assert [image.alt for image in saved(desk).body_images.all()] == ["Le port de Lomé"]


def test_a_known_picture_is_shown_with_its_texts_and_used(desk):
    for typed in ("Le port de Lomé", ""):
        drop(desk.locator(".field-lead_image"))
        expect(desk.get_by_label("Alternative text")).to_have_value("" if typed else "Le port de Lomé")
        if typed:
            desk.get_by_label("Alternative text").fill(typed)
            expect(desk.locator(".picture-words-state")).to_have_text("Saved")
        else:
            desk.get_by_text("This picture is already in the library").wait_for()
        desk.get_by_role("button", name="Use this picture").click()
        desk.locator(".lead-picture").get_by_text("Le port de Lomé").wait_for()
    assert Image.objects.count() == 1


def test_a_picture_dropped_on_its_place_becomes_the_lead_picture(desk):
    assert not drop(desk.locator(".field-lead_image"))
    desk.get_by_label("Alternative text").fill("Le port de Lomé")
    desk.get_by_role("button", name="Use this picture").click()
    desk.locator(".lead-picture").get_by_text("Le port de Lomé").wait_for()


def test_no_file_that_is_dropped_takes_the_form_away(desk):
    for place in ("body", "#id_standfirst", ".field-tags", ".verbs", "#header"):
        assert not drop(desk.locator(place).first), place
    assert not drop(desk.get_by_role("textbox", name="Story"), kind="application/pdf", content=b"%PDF")
    expect(desk.get_by_role("dialog")).to_have_count(0)


def test_a_picture_in_the_text_has_a_caption_of_its_own(desk):
    port = picture()
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("Avant.")
    desk.get_by_role("button", name="Picture from the library").click()
    desk.get_by_role("button", name="Le port de Lomé").click()
    desk.keyboard.type("Le port, hier.")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Après.")
    story = saved(desk)
    assert list(story.body_images.all()) == [port]
    assert "<figcaption>Le port, hier.</figcaption>" in story.body
    assert story.body.startswith("<p>Avant.</p>\n<figure")
    assert story.body.endswith("</figure>\n<p>Après.</p>")


def test_teasers_are_cut_while_somebody_writes(desk):
    desk.get_by_label("Standfirst").fill("Une phrase. " * 12)
    box = desk.locator(".teaser-box [data-zone=compact]")
    box.get_by_text("from the standfirst").wait_for()
    assert len(box.locator("[data-part=text]").inner_text()) <= 100


def test_a_missing_section_is_said_beside_its_field_and_the_text_stays(desk):
    desk.get_by_label("Headline").fill("Sans rubrique")
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("Du texte.")
    press(desk, "Publish now")
    desk.locator(".field-section").get_by_text("Choose a section").wait_for()
    desk.get_by_role("textbox", name="Story").get_by_text("Du texte.").wait_for()


def test_what_refuses_stands_on_top_and_leads_to_its_field(desk):
    desk.get_by_label("Headline").fill("Sans rubrique")
    press(desk, "Publish now")
    problems = desk.locator(".problems")
    expect(problems).to_be_focused()
    expect(problems).to_be_in_viewport()
    problems.get_by_text("The story is empty.").click()
    expect(desk.get_by_role("textbox", name="Story")).to_be_focused()
    problems.get_by_text("Choose a section").click()
    expect(desk.get_by_label("Section")).to_be_focused()


def test_leaving_with_unsaved_text_asks(desk):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.get_by_label("Headline").fill("Pas encore")
    desk.get_by_role("link", name="Stories").first.click()
    desk.wait_for_url("**/article/")
    assert asked == ["beforeunload"]


def test_saving_by_keyboard(desk):
    desk.get_by_label("Headline").fill("Le Togo emprunte")
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/", wait_until="commit")
    assert Article.objects.get().headline == "Le Togo emprunte"


def test_an_unchanged_story_is_not_saved_again(desk):
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("Un.")
    version = saved(desk).version
    press(desk, "Save draft")
    desk.locator(".messagelist").get_by_text("Nothing has changed").wait_for()
    assert Article.objects.get().version == version


def test_nothing_is_wider_than_the_screen(desk, subtests):
    for width in (390, 1300):
        with subtests.test(width=width):
            desk.set_viewport_size({"width": width, "height": 800})
            assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_the_checklist_follows_what_is_typed_and_leads_to_the_field(desk):
    checklist = desk.locator("#checklist")
    checklist.get_by_text("The story is empty.").click()
    desk.keyboard.type("Le trésor public lève des fonds.")
    expect(checklist.get_by_text("The story is empty.")).to_have_count(0)
    checklist.get_by_text("Choose a section").click()
    expect(desk.get_by_label("Section")).to_be_focused()
