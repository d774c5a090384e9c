"""The picture library on the desk: coming in, words, focal point, use and end."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from playwright.sync_api import expect

from articles.models import FollowUp, Image
from articles.models.image_copies import delete_files
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.pictures.picture_form import (
    ADD,
    AGENCY,
    CAPTIONS,
    CHOOSE,
    LIST,
    change,
    delete,
    file,
    typed,
    with_use,
)
from tests.articles.renditions.pictures import jpeg, with_iptc

pytestmark = pytest.mark.django_db

# Coming in


def test_an_editor_uploads_a_picture(client, awa):
    response = client.post(ADD, typed(alt="Le port", upload=file()))
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.alt, image.uploaded_by, image.width) == ("Le port", awa, 90)
    assert LogEntry.objects.get().object_id == str(image.pk)


def test_empty_words_are_taken_from_the_file(client, awa):
    client.post(ADD, typed(alt="Le port", upload=file()))
    image = Image.objects.get()
    assert (image.caption, image.credit) == ("À Lomé", "Awa Koné / AFP")


def test_the_focal_point_counts_from_the_first_copy_on(client, awa):
    client.post(ADD, typed(alt="Le port", focal_x=10, focal_y=20, upload=file()))
    assert "card-90-10-20.webp" in Image.objects.get().stored_copies()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "in HTML format are not accepted"),
        (b"\0" * 100, "This is not a picture"),
        (jpeg()[:300], "damaged"),
        (b"", "empty"),
    ],
)
def test_a_refused_file_says_why_beside_its_field_and_words_stay(client, awa, data, words):
    response = client.post(ADD, typed(alt="Le port", caption="À Lomé", upload=file(data)))
    form = response.context["adminform"].form
    assert words in form.errors["upload"][0]
    assert form["caption"].value() == "À Lomé"
    assert not Image.objects.exists()


def test_the_copies_of_a_large_picture_are_made_after_the_answer_and_it_can_be_used_at_once(client, awa, monkeypatch):
    monkeypatch.setattr("articles.admin.pictures.form.PIXELS_COPIED_AT_ONCE", 1000)
    assert client.post(ADD, typed(alt="Le port", upload=file())).status_code == 302
    image = Image.objects.get()
    assert (image.renditions, image.stored_copies()) == ({}, set())
    assert client.get(CHOOSE).json()["pictures"][0]["src"] == image.file.url
    FollowUp.objects.work_off()
    image.refresh_from_db()
    assert image.sizes("card")


def test_without_a_file_nothing_is_added(client, awa):
    response = client.post(ADD, typed(alt="Le port"))
    assert "upload" in response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ({"alt": ""}, "Alternative text"),
        ({"focal_x": 101}, "Focal point, from the left"),
        ({"focal_y": -1}, "Focal point, from the top"),
        ({"credit": "a" * 201}, "Credit"),
    ],
)
def test_refused_words_are_named_and_lose_neither_the_file_nor_what_was_typed(client, awa, field, label):
    sent = {"alt": "Le port", "caption": "À Lomé"} | field
    response = client.post(ADD, typed(**sent, upload=file()), follow=True)
    image = Image.objects.get()
    assert response.redirect_chain[0][0] == change(image)
    assert f"these texts were refused: {label}:" in messages_of(response)[0]
    form = response.context["adminform"].form
    assert {name: str(form[name].value()) for name in sent} == {name: str(value) for name, value in sent.items()}
    assert image.caption == "À Lomé"


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_a_picture_that_is_there_already_is_shown_with_what_was_typed(client, awa):
    known = Image.objects.ingest(file(), alt="Le port")
    response = client.post(ADD, typed(alt="Autre chose", upload=file()), follow=True)
    assert response.redirect_chain[0][0] == change(known)
    (said,) = messages_of(response)
    assert "was not added again. Your texts are filled in on its form" in said
    assert response.context["adminform"].form["alt"].value() == "Autre chose"
    assert "<li>Alternative text: Le port</li>" in response.text
    assert Image.objects.get().alt == "Le port"
    assert not LogEntry.objects.exists()
    client.post(change(known), typed(alt="Autre chose"))
    assert Image.objects.get().alt == "Autre chose"


def test_what_was_typed_is_offered_once_and_for_that_picture_alone(client, awa):
    known, other = Image.objects.ingest(file(), alt="Le port"), cast.image()
    client.post(ADD, typed(alt="Autre chose", upload=file()))
    shown = [client.get(change(image)).context["adminform"].form["alt"].value() for image in (other, known, known)]
    assert shown == [other.alt, "Autre chose", "Le port"]


def test_the_same_picture_with_the_same_words_is_shown(client, awa):
    Image.objects.ingest(file(), alt="Le port")
    response = client.post(ADD, typed(alt="Le port", upload=file()), follow=True)
    assert messages_of(response) == ["This picture is already in the library: it was not added again."]


def test_who_may_not_change_its_words_gets_their_own_back(client, moutiou):
    Image.objects.ingest(file(), alt="Le port")
    response = client.post(ADD, typed(alt="Autre chose", credit="AFP", upload=file()), follow=True)
    (said,) = messages_of(response)
    assert "these were yours: Autre chose; AFP" in said
    assert Image.objects.get().alt == "Le port"


def test_a_window_that_chooses_gets_the_new_picture(client, awa):
    response = client.post(f"{ADD}?_popup=1", typed(alt="Le port", _popup="1", upload=file()))
    answer = json.loads(response.context["popup_response_data"])
    assert answer["value"] == str(Image.objects.get().pk)


def test_a_window_that_chooses_keeps_what_was_typed_for_a_known_picture(client, awa):
    known = Image.objects.ingest(file(), alt="Le port")
    client.post(f"{ADD}?_popup=1", typed(alt="Autre chose", _popup="1", upload=file()))
    page = client.get(change(known))
    assert "Your texts are filled in" in messages_of(page)[0]
    assert page.context["adminform"].form["alt"].value() == "Autre chose"


# Words and focal point


def test_words_can_be_changed(client, awa):
    image = cast.image()
    client.post(change(image), typed(image, caption="À Lomé"))
    assert Image.objects.get().caption == "À Lomé"


def test_newer_and_older_pictures_are_one_step_away(client, awa):
    first, second, third = (cast.image(width) for width in (20, 30, 40))
    page = client.get(change(second)).text
    assert f'rel="prev" href="{change(third)}"' in page
    assert f'rel="next" href="{change(first)}"' in page
    assert 'rel="next"' not in client.get(change(first)).text


def test_another_focal_point_makes_other_cards(client, awa):
    image = cast.image()
    client.post(change(image), typed(image, focal_x=0))
    image = Image.objects.get()
    assert image.renditions["focal"] == [0, 50]
    assert "card-60-0-50.webp" in image.stored_copies()


def test_the_file_itself_is_never_exchanged(client, awa):
    image = cast.image()
    client.post(change(image), typed(image, upload=file(jpeg(30, 20))))
    assert Image.objects.get().content_hash == image.content_hash


def test_a_lost_file_is_told_and_the_words_are_kept(client, awa):
    image = cast.image()
    delete_files(image.folder)
    page = client.post(change(image), typed(image, focal_x=0, caption="À Lomé"), follow=True).content.decode()
    assert "file cannot be read" in page
    assert Image.objects.get().caption == "À Lomé"


def test_the_page_says_where_the_picture_is_used(client, awa):
    page = client.get(change(with_use("body"))).content.decode()
    assert "Le secret du port" in page
    assert '<span class="state state-draft">Draft</span>' in page


def test_a_story_of_somebody_else_is_not_named_to_a_reporter(client, moutiou):
    page = client.get(change(with_use("lead", by=moutiou))).content.decode()
    assert "Stories that you may not open" in page
    assert "secret" not in page


def test_a_reporter_is_not_told_how_many_stories_of_others_use_it_and_is_led_to_the_public_ones(client, moutiou):
    image = cast.image(by=moutiou)
    public = cast.story("La bourse", lead_image=image)
    for headline in ("Le secret du port", "Le secret de la bourse"):
        cast.draft(headline, lead_image=image)
    page = client.get(change(image)).text
    assert page.count("Stories that you may not open") == 1
    assert f'<a href="{public.get_absolute_url()}">La bourse</a>' in page


# Lists


def test_the_list_shows_cards(client, awa):
    image = cast.image()
    assert image.copy_url("card", 60) in client.get(LIST).content.decode()


def test_the_list_names_the_zone_of_its_times_once(client, awa):
    cast.image()
    page = client.get(LIST).text
    assert '<p class="page-zone">All times: Lagos time</p>' in page
    assert "WAT" not in page


def test_a_decorative_picture_is_named_where_it_is_a_link(client, awa):
    image = cast.image(alt="", decorative=True)
    assert f'<span class="picture-card-words">Decorative picture {image.pk}</span>' in client.get(LIST).text
    assert str(image.file) not in str(image)


def test_the_list_asks_as_much_for_one_as_for_many(client, awa, django_assert_max_num_queries):
    for width in range(20, 30):
        cast.image(width)
    with django_assert_max_num_queries(13):
        client.get(LIST)


@pytest.mark.parametrize(("words", "count"), [("port", 1), ("AFP", 1), ("lomé", 1), ("rien", 0)])
def test_pictures_are_found_by_their_words(client, awa, words, count):
    cast.image(caption="À Lomé", credit="AFP", alt="Le port")
    cast.image(30, 20, alt="Une fleur")
    assert client.get(LIST, {"q": words}).context["cl"].result_count == count


def test_the_list_counts_nothing_and_leads_to_older_pictures(client, awa, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("articles.admin.pictures.admin.ImageAdmin.list_per_page", 2)
    pictures = [cast.image(width) for width in (20, 21, 22)]
    with django_assert_max_num_queries(13) as captured:
        first = client.get(LIST)
    assert not [query["sql"] for query in captured if "COUNT(" in query["sql"]]
    assert [*first.context["cl"].result_list] == [pictures[2], pictures[1]]
    assert 'rel="next"' in first.text
    last = client.get(f"{LIST}?p=2")
    assert [*last.context["cl"].result_list] == [pictures[0]]
    assert 'rel="prev"' in last.text
    assert "Nothing matches this search and these filters." in client.get(LIST, {"q": "rien"}).text


# The end


def test_an_unused_picture_is_deleted(client, awa):
    client.post(delete(cast.image()), {"post": "yes"})
    assert not Image.objects.exists()


@pytest.mark.parametrize("use", ["lead", "body"])
def test_one_in_use_is_kept_and_its_stories_are_named(client, awa, use):
    image = with_use(use)
    page = client.post(delete(image), {"post": "yes"}, follow=True).content.decode()
    assert "Le secret du port" in page
    assert "permission" not in page
    assert Image.objects.exists()


def test_the_photo_of_an_author_is_kept(client, awa):
    image = cast.image()
    cast.author("Awa Koné", "awa-kone", photo=image)
    assert "Awa Koné" in client.post(delete(image), {"post": "yes"}, follow=True).content.decode()
    assert Image.objects.exists()


def test_of_several_none_is_deleted_while_one_is_in_use(client, awa):
    with_use("body")
    cast.image(30, 20)
    selected = [image.pk for image in Image.objects.all()]
    action = {"action": "delete_selected", "_selected_action": selected, "post": "yes"}
    assert "Le secret du port" in client.post(LIST, action, follow=True).content.decode()
    assert Image.objects.count() == 2


# Who may


def test_a_reporter_changes_own_uploads_alone(client, moutiou):
    own, other = cast.image(by=moutiou), cast.image(30, 20)
    client.post(change(own), typed(own, alt="Le mien"))
    assert client.post(change(other), typed(other, alt="Pas le mien")).status_code == 403
    assert [*Image.objects.order_by("pk").values_list("alt", flat=True)] == ["Le mien", other.alt]


def test_a_reporter_uploads_and_deletes_nothing(client, moutiou):
    client.post(ADD, typed(alt="Le port", upload=file()))
    assert client.post(delete(Image.objects.get()), {"post": "yes"}).status_code == 403


def test_tag_staff_look_and_change_nothing(client):
    client.force_login(cast.tag_staff())
    image = cast.image()
    assert client.get(change(image)).status_code == 200
    assert client.post(change(image), typed(image, alt="Autre")).status_code == 403
    assert client.post(ADD, typed(alt="Le port", upload=file())).status_code == 403
    assert client.post(CAPTIONS, AGENCY, content_type="application/octet-stream").status_code == 403


def test_staff_without_a_role_see_nothing(client):
    client.force_login(User.objects.create_user("kodjo", is_staff=True))
    assert [client.get(address).status_code for address in (LIST, CHOOSE, change(cast.image()))] == [403] * 3


def test_a_picture_that_is_gone_leads_back_to_the_desk(client, awa):
    assert client.get(f"{LIST}999/change/").status_code == 302


@pytest.mark.parametrize("address", [LIST, ADD, CHOOSE])
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).status_code == 302


# In a browser


@pytest.mark.django_db(transaction=True)
def test_arrow_keys_move_the_focal_point_and_every_crop(page, client, live_server):
    sign_in(page.context, client, cast.editor(), live_server)
    page.goto(change(cast.image(600, 400)))
    before = [crop.evaluate("image => image.style.left") for crop in page.locator(".focal-crop img").all()]
    page.locator(".focal-marker").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    assert [page.input_value(f"#id_focal_{axis}") for axis in "xy"] == ["40", "51"]
    tops = [crop.evaluate("image => image.style.top") for crop in page.locator(".focal-crop img").all()]
    assert (len(before), tops[1] != "0%") == (2, True)


@pytest.mark.django_db(transaction=True)
def test_a_click_sets_the_focal_point_of_a_file_just_chosen(page, client, live_server, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(with_iptc(jpeg(600, 400), (120, "À Lomé".encode())))
    sign_in(page.context, client, cast.editor(), live_server)
    page.goto(ADD)
    page.set_input_files("#id_upload", tmp_path / "photo.jpg")
    picture = page.locator(".focal-picture img")
    expect(picture).to_have_js_property("naturalWidth", 600)
    box = picture.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.75)
    expect(page.locator("#id_caption")).to_have_value("À Lomé")
    page.fill("#id_alt", "Le port")
    page.click("[name=_save]")
    page.wait_for_url(f"**{LIST}")
    image = Image.objects.get()
    assert (image.focal_x, image.focal_y, image.caption) == (20, 75, "À Lomé")
