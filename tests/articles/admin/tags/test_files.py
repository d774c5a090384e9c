"""The vocabulary as a file on the desk: the download, the page that asks, and what is done then."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin.tags import files
from articles.models import Tag

pytestmark = pytest.mark.django_db

EXPORT, IMPORT = "/admin/articles/tag/export/", "/admin/articles/tag/import/"


def upload(client, text, encoding="utf-8"):
    return client.post(IMPORT, {"file": SimpleUploadedFile("tags.csv", text.encode(encoding))})


def test_the_export_is_a_download(client, koffi):
    Tag.objects.create_named("Côte d’Ivoire").aliases.create(name="RCI")
    answer = client.get(EXPORT)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tags-')
    assert answer.text == "\ufeffname,slug,description,aliases,count\r\nCôte d’Ivoire,cote-d-ivoire,,RCI,0\r\n"


@pytest.mark.parametrize("language", ["fr", "de"])
def test_those_whose_decimals_have_a_comma_get_semicolons(client, koffi, settings, language):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("de", "German")]
    assert client.get(EXPORT, headers={"accept-language": language}).text.startswith("\ufeffname;slug;")


@pytest.mark.parametrize("count", [1, 12])
def test_the_export_costs_the_same_however_many_tags(client, koffi, count, django_assert_max_num_queries):
    for number in range(count):
        Tag.objects.create_named(f"Mot {number}").aliases.create(name=f"Autre {number}")
    with django_assert_max_num_queries(7):
        client.get(EXPORT)


def test_a_file_is_looked_at_before_anything_is_done(client, koffi):
    page = upload(client, "name;aliases\nSénégal;Teranga\nSENEGAL;\n")
    assert "1 new, 0 changed, 0 unchanged, 1 left out" in page.text
    assert "new, new alias: “Teranga”" in page.text
    assert "“Sénégal” is already on line 2." in page.text
    assert not Tag.objects.exists()


def test_what_was_looked_at_is_done(client, koffi):
    page = upload(client, 'name;description\r\nSénégal;"Un pays\r\nd’Afrique"\r\n')
    text = page.context["form"]["text"].value()
    page = client.post(IMPORT, {"text": text, "confirmed": "1"}, follow=True)
    assert "1 new, 0 changed, 0 unchanged, 0 left out" in page.text
    assert Tag.objects.get().description == "Un pays\nd’Afrique"
    assert LogEntry.objects.get(user=koffi).change_message == "Imported from a file."


@pytest.mark.parametrize(
    ("text", "encoding", "why"),
    [
        ("", "utf-8", "The submitted file is empty."),
        ("nom\nMali\n", "utf-8", "The first line must name the columns"),
        ("name\nSénégal\n", "cp1252", "This file is not UTF-8"),
        ("name\nx\0y\n", "utf-16", "This file is not UTF-8"),
    ],
)
def test_a_file_that_is_no_list_of_tags_is_refused_in_words(client, koffi, text, encoding, why):
    assert why in upload(client, text, encoding).text


def test_a_file_that_is_too_large_is_refused_in_words(client, koffi, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    assert "This file is too large" in upload(client, "name\nSénégal\n").text


def test_nothing_chosen_is_told(client, koffi):
    assert "Choose a file." in client.post(IMPORT).text


def test_a_file_that_changes_nothing_has_nothing_to_confirm(client, koffi):
    Tag.objects.create_named("Mali")
    assert "There is nothing to import." in upload(client, "name\nMali\n").text


def test_ten_thousand_lines_are_one_page(client, koffi):
    text = "name;slug;description;aliases\n" + "".join(f"Mot {n};;Un mot.;Autre {n}\n" for n in range(10_000))
    page = upload(client, text)
    assert "10000 new" in page.text
    assert "and 9000 more lines" in page.text


def test_who_may_not_change_tags_is_offered_neither_import_nor_export(client, moutiou):
    page = client.get("/admin/articles/tag/").text
    assert EXPORT not in page
    assert IMPORT not in page
