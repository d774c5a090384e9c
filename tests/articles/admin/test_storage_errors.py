"""A disk that is full, a database that takes no changes: said in words, and nothing typed is lost."""

import datetime
import logging
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from articles.admin.stories.autosaves import new_key
from articles.models import Article, Autosave, Image, Presence
from articles.models.content import Edit
from newsroom.alarms import OncePerOutage
from tests.articles import cast
from tests.articles.admin.story_form import ADD, autosave, change, typed
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "<p>" + "Le trésor public lève des fonds. " * 4000 + "</p>"  # more than any page of a database has left
DAY = datetime.timedelta(days=1)
UPLOAD = "/admin/articles/image/upload/"
NEW_PICTURE = "/admin/articles/image/add/"


# What goes wrong, each as the engine itself says it


@contextmanager
def full_disk():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pages = cursor.execute("PRAGMA max_page_count").fetchone()[0]
            cursor.execute("VACUUM")  # no page is left over
            cursor.execute("PRAGMA max_page_count = 1")  # the fewest: those that there are
            yield
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            return
        cursor.execute(
            "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        tables = [table for table in connection.introspection.table_names(cursor) if table != "django_migrations"]
        for table in tables:
            cursor.execute(f"CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION disk_full()")
        yield
        cursor.execute("DROP FUNCTION disk_full CASCADE")


@contextmanager
def read_only():
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF" if sqlite else "SET default_transaction_read_only = OFF")


@contextmanager
def locked():
    """Behave as if somebody else had been writing for longer than anybody waits."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 50")
            other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute("SET lock_timeout = 50")
            other = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
            other.execute("LOCK articles_article, articles_autosave, articles_image IN EXCLUSIVE MODE")
        yield
        other.close()
        cursor.execute("PRAGMA busy_timeout = 10000" if connection.vendor == "sqlite" else "SET lock_timeout = 0")


TROUBLES = pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [(full_disk, 507, "disk is full"), (read_only, 503, "accepts no changes"), (locked, 503, "accepts no changes")],
)


# Stories


@TROUBLES
def test_a_save_comes_back_with_all_that_was_typed_and_the_reason(client, awa, trouble, status, words):
    story = cast.draft("Le port ferme")
    form = typed(story, headline="Le port rouvre", body=LONG, tags="Zinc", key="k1")
    with trouble():
        response = client.post(change(story), form)
    assert response.status_code == status
    assert words in response.text
    shown = response.context["adminform"].form
    assert (shown["headline"].value(), shown["key"].value()) == ("Le port rouvre", "k1")
    assert "Le trésor public" in shown["body"].value()
    story.refresh_from_db()
    assert (story.headline, story.revisions.count()) == ("Le port ferme", 0)
    client.post(change(story), form)
    story.refresh_from_db()
    assert story.headline == "Le port rouvre"


@TROUBLES
def test_a_new_story_comes_back_too(client, awa, trouble, status, words):
    with trouble():
        response = client.post(ADD, typed(headline="Tout neuf", body=LONG))
    assert (response.status_code, words in response.text) == (status, True)
    assert response.context["adminform"].form["headline"].value() == "Tout neuf"
    assert not Article.objects.exists()


@TROUBLES
def test_text_that_came_too_late_comes_back_too(client, awa, trouble, status, words):
    story = cast.draft("Le port ferme")
    form = typed(story, headline="Le port rouvre", body=LONG)
    story.save_draft(cast.editor("koffi"), Edit({**story.newest_content, "headline": "Le port dort"}))
    with trouble():
        response = client.post(change(story), form)
    assert (response.status_code, words in response.text) == (status, True)
    assert response.context["adminform"].form["headline"].value() == "Le port rouvre"


@TROUBLES
def test_an_autosave_says_why_nothing_was_kept(client, awa, trouble, status, words):
    story = cast.draft()
    with trouble():
        response = autosave(client, story, typed(story, key=new_key(), body=LONG))
    assert (response.status_code, words in response.json()["problem"]) == (status, True)
    assert not Autosave.objects.exists()


@TROUBLES
def test_a_sign_of_life_that_cannot_be_written_is_left_out(client, awa, trouble, status, words):
    story = cast.draft()
    Presence.objects.record(story.pk, cast.editor("koffi"), unsaved=True)
    address = reverse("admin:articles_article_presence", args=[story.pk])
    with trouble():
        answers = [client.post(address, data) for data in ({"unsaved": "1"}, {"gone": "1"})]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "koffi" in answers[0].json()["colleagues"][0]


@TROUBLES
def test_a_story_that_cannot_be_taken_over_says_why(client, awa, trouble, status, words):
    story, koffi = cast.draft("Le port ferme"), cast.editor("koffi")
    Presence.objects.record(story.pk, koffi, unsaved=True)
    Autosave.objects.keep(story.pk, koffi.pk, "k1", {"headline": ["Le port rouvre"], "body": [LONG], "version": ["1"]})
    with trouble():
        response = client.post(reverse("admin:articles_article_take_over", args=[story.pk]))
    assert (response.status_code, words in response.json()["problem"]) == (status, True)
    assert (story.revisions.count(), Presence.objects.get(user=koffi).taken_by) == (0, None)


@TROUBLES
def test_everything_can_still_be_read(client, awa, trouble, status, words):
    story = cast.story("Le port ferme")
    story.schedule_changes(awa, timezone.now() + DAY, Edit({**story.newest_content, "body": LONG}))
    Article.objects.update(due_at=timezone.now() - DAY)  # whoever comes first should put them live
    with trouble():
        for address in ("/", story.get_absolute_url(), "/search/?q=port", "/admin/", change(story)):
            assert client.get(address).status_code == 200, address


# Pictures


class SmallDisk(FileSystemStorage):
    """A disk with room for one file."""

    def _save(self, name, content):
        if any(Path(self.location).rglob("*.*")):
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(content.read())
        return super()._save(name, content)


@contextmanager
def small_disk():
    with override_settings(STORAGES=settings.STORAGES | {"default": {"BACKEND": f"{__name__}.SmallDisk"}}):
        yield


PICTURE_TROUBLES = pytest.mark.parametrize(
    ("trouble", "status", "words"), [*TROUBLES.args[1], (small_disk, 507, "disk is full")]
)


def upload():
    words = {"alt": "Le port de Lomé", "caption": "À Lomé. " * 5000, "focal_x": 50, "focal_y": 50}
    return words | {"upload": SimpleUploadedFile("port.jpg", jpeg(900, 600))}


def files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@PICTURE_TROUBLES
def test_a_picture_uploaded_from_a_story_is_refused_with_the_reason(client, awa, trouble, status, words):
    with trouble():
        response = client.post(UPLOAD, upload())
    assert (response.status_code, words in response.json()["errors"]["upload"][0]) == (status, True)
    assert (Image.objects.count(), files()) == (0, [])
    assert client.post(UPLOAD, upload()).status_code == 200


@PICTURE_TROUBLES
def test_the_librarys_form_comes_back_with_its_words(client, awa, trouble, status, words):
    with trouble():
        response = client.post(NEW_PICTURE, upload())
    assert (response.status_code, words in response.text) == (status, True)
    assert response.context["adminform"].form["alt"].value() == "Le port de Lomé"
    assert (Image.objects.count(), files()) == (0, [])
    assert client.post(NEW_PICTURE, upload()).status_code == 302


# The operator


@TROUBLES
def test_an_operator_is_told_once(client, awa, caplog, trouble, status, words):
    story, koffi, image = cast.draft(), cast.editor("koffi"), cast.image()
    Autosave.objects.keep(story.pk, koffi.pk, "k1", {"headline": ["Autre"], "body": [LONG], "version": ["1"]})
    Presence.objects.record(story.pk, koffi, unsaved=True)
    sent = {
        change(story): typed(story, body=LONG),
        ADD: typed(body=LONG),
        reverse("admin:articles_article_take_over", args=[story.pk]): {},
        UPLOAD: upload(),
        NEW_PICTURE: upload(),
        reverse("admin:articles_image_words", args=[image.pk]): {"caption": "À Lomé. " * 5000},
    }
    outages = OncePerOutage("test")
    with trouble():
        answers = [client.post(address, form).status_code for address, form in sent.items()]
        answers.append(autosave(client, story, typed(story, key=new_key(), body=LONG)).status_code)
    assert answers == [status] * len(answers)
    failures = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in failures if outages.filter(record)] == ["A story could not be saved"]
