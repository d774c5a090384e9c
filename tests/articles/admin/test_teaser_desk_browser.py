"""The teaser desk in a real browser, with and without JavaScript."""

from articles.models import Article
from tests.articles import cast


def test_a_pin_is_chosen_by_keyboard_and_saved_with_what_was_typed(desk):
    pin = cast.story("Le port de Lomé s’étend")
    desk.reload()
    desk.get_by_label("Headline").fill("Le Togo emprunte")
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("Du texte.")
    button = desk.get_by_role("button", name=f"Pin “{pin}” here")
    button.focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name=f"Unpin “{pin}”").wait_for()
    assert desk.get_by_label("Headline").input_value() == "Le Togo emprunte"
    desk.get_by_role("textbox", name="Story").get_by_text("Du texte.").wait_for()
    assert not Article.objects.filter(headline="Le Togo emprunte").exists()

    asked = []
    desk.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.get_by_role("link", name="Stories").first.click()
    assert asked == ["beforeunload"]

    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/")
    story = Article.objects.get(headline="Le Togo emprunte")
    assert [choice.story for choice in story.related_choices.all()] == [pin]


def test_without_javascript_the_enter_key_saves_and_pins_nothing(desk):
    cast.story("Le port de Lomé s’étend")
    state = desk.context.storage_state()
    plain = desk.context.browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    plain.goto(desk.url)
    plain.get_by_label("Slug").fill("le-togo-emprunte")
    plain.get_by_label("Slug").press("Enter")
    plain.wait_for_url("**/change/")
    story = Article.objects.get(slug="le-togo-emprunte")
    assert not story.related_choices.exists()
    plain.get_by_role("button", name="here").first.click()
    plain.get_by_role("button", name="Unpin").wait_for()
    assert plain.url.endswith("#teaser-desk")
    plain.context.close()
