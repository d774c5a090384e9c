"""A backup and its restoration, on the engine that is configured."""

import json
import os
import stat
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from articles.models import Article, ChangeLog, FollowUp, Image, Revision
from articles.models.content import Edit
from articles.models.image_copies import delete_files
from articles.search import search
from articles.triggers import missing_triggers
from newsroom.backup import BackupError, create_backup, creation, restoration, restore_backup
from newsroom.backup.manifest import CHECKSUMS, MANIFEST, PICTURES
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backup"


def back_up(folder):
    return create_backup(folder, lambda line: None)


def restore(folder, *, overwrite=True):
    return restore_backup(folder, lambda line: None, overwrite=overwrite)


def rows():
    """Return the rows of every table but the change log, to which a restore adds."""
    return {
        name: number for name, number in creation.database_engine().count_rows().items() if name != "articles_changelog"
    }


def database_file(folder):
    return folder / creation.database_engine().FILE


def rewrite_manifest(folder, **values):
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, **values}))


# There and back


def test_everything_comes_back(folder):
    story = cast.story("Une place financière", tags=["Or"], lead_image=cast.image())
    seen, before = ChangeLog.objects.changed_since("")[0], rows()
    assert back_up(folder) == []
    Article.objects.all().delete()
    image = Image.objects.get()
    delete_files(image.folder)
    assert restore(folder) is False
    assert rows() == before
    assert default_storage.exists(image.file.name)
    assert len(image.stored_copies()) == len([*(folder / PICTURES / image.folder).iterdir()])
    assert [hit.story for hit in search("financière", language="en").hits] == [story]
    assert missing_triggers() == []
    assert ChangeLog.objects.changed_since(seen)[1] is None


def test_what_came_after_the_backup_is_gone_after_its_restoration(folder):
    back_up(folder)
    cast.story()
    restore(folder)
    assert not Article.objects.exists()


def test_ids_go_on_after_a_restoration(folder):
    story = cast.draft()
    back_up(folder)
    restore(folder)
    assert cast.draft("Deux").pk > story.pk


def test_every_save_acknowledged_before_a_backup_is_in_it_while_editors_go_on(folder):
    stories = [cast.draft(f"Une {number}") for number in range(2)]
    saved, stop, began = [], threading.Event(), threading.Semaphore(0)

    def write(story_id):
        while not stop.is_set():
            story = Article.objects.get(pk=story_id)
            content = {**story.newest_content, "headline": f"Version {story.version}"}
            story.save_draft(None, Edit(content, story.version))
            saved.append((story_id, story.version))
            began.release()
        connection.close()

    editors = [threading.Thread(target=write, args=[story.pk]) for story in stories]
    for editor in editors:
        editor.start()
    for _save in range(6):
        began.acquire(timeout=30)
    acknowledged = list(saved)
    back_up(folder)
    stop.set()
    for editor in editors:
        editor.join()
    restore(folder)
    assert len(acknowledged) >= 6
    assert set(acknowledged) <= set(Revision.objects.values_list("article_id", "version"))


def test_a_picture_that_is_uploaded_during_the_backup_is_in_it(folder, monkeypatch):
    copy_database = creation.database_engine().copy_database

    def upload_first(path):
        cast.image()
        return copy_database(path)

    monkeypatch.setattr(creation.database_engine(), "copy_database", upload_first)
    assert back_up(folder) == []
    assert (folder / PICTURES / Image.objects.get().file.name).exists()


def test_what_is_no_picture_of_ours_is_left_out(folder, settings):
    image = cast.image()
    for name in (".trash/a.jpg", "lost+found/b.jpg", "images/.c.jpg"):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a picture")
    back_up(folder)
    assert {path.name for path in (folder / PICTURES).iterdir()} == {"images"}
    assert not (folder / PICTURES / "images" / ".c.jpg").exists()
    assert (folder / PICTURES / image.file.name).exists()


# A backup


def test_a_backup_is_for_its_owner_alone(folder):
    back_up(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_sha256sum_checks_a_backup_too(folder):
    cast.image()
    back_up(folder)
    names = {line.partition("  ")[2] for line in (folder / CHECKSUMS).read_text().splitlines()}
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found - names == {CHECKSUMS, MANIFEST}


def test_a_picture_that_was_lost_before_is_named(folder):
    image = cast.image()
    delete_files(image.folder)
    assert back_up(folder) == [image.file.name]


def test_a_folder_that_is_not_empty_is_left_alone(folder):
    folder.mkdir()
    (folder / "notes").write_text("mine")
    with pytest.raises(BackupError, match="not empty"):
        back_up(folder)
    assert os.listdir(folder) == ["notes"]


def test_a_backup_among_the_pictures_is_refused(settings):
    with pytest.raises(BackupError, match="inside the folder of pictures"):
        back_up(settings.MEDIA_ROOT / "backup")


@pytest.mark.parametrize("failure", [OSError("No space left on device"), KeyboardInterrupt()])
def test_a_backup_that_fails_leaves_nothing(folder, monkeypatch, failure):
    def fail(path):
        raise failure

    monkeypatch.setattr(creation.database_engine(), "copy_database", fail)
    with pytest.raises((BackupError, KeyboardInterrupt)):
        back_up(folder)
    assert os.listdir(folder.parent) == []


def test_a_copy_that_lacks_rows_is_no_backup(folder, monkeypatch):
    monkeypatch.setattr(creation.database_engine(), "check_database", lambda path: {"articles_article": 0})
    with pytest.raises(BackupError, match="differs from the database"):
        back_up(folder)
    assert not folder.exists()


# A restoration


def test_a_filled_newsroom_is_not_replaced_unasked(folder):
    back_up(folder)
    cast.story()
    before = rows()
    with pytest.raises(BackupError, match="--overwrite"):
        restore(folder, overwrite=False)
    assert rows() == before


def test_an_empty_newsroom_takes_a_backup(folder):
    back_up(folder)
    with connection.cursor() as cursor:  # counts of a sign-in, which nobody misses
        cursor.execute("INSERT INTO newsroom_cache VALUES ('guesses', '1', '2030-01-01 00:00:00')")
    assert restore(folder, overwrite=False) is False


DAMAGES = {
    "database": lambda folder: damage(database_file(folder)),
    "picture": lambda folder: damage(next((folder / PICTURES).rglob("*.jpg"))),
    "missing picture": lambda folder: next((folder / PICTURES).rglob("*.jpg")).unlink(),
    "checksums": lambda folder: damage(folder / CHECKSUMS),
    "missing checksums": lambda folder: (folder / CHECKSUMS).unlink(),
    "manifest": lambda folder: damage(folder / MANIFEST),
    "missing manifest": lambda folder: (folder / MANIFEST).unlink(),
    "rows": lambda folder: rewrite_manifest(folder, rows={"articles_article": 9}),
}


def damage(path):
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])


@pytest.mark.parametrize("part", DAMAGES)
def test_a_damaged_backup_is_not_restored(folder, part):
    cast.image()
    back_up(folder)
    DAMAGES[part](folder)
    cast.story()
    before = rows()
    with pytest.raises(BackupError, match="damaged"):
        restore(folder)
    assert rows() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"engine": "oracle"}, "is of oracle"),
        ({"migrations": ["articles.9999_future"]}, "newer version"),
        ({"migrations": ["articles.0001_initial", "articles.0003_publishing"]}, "before version 1.0"),
        ({"format": 99}, "another version"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(folder, values, words):
    back_up(folder)
    rewrite_manifest(folder, **values)
    with pytest.raises(BackupError, match=words):
        restore(folder)


def test_an_older_backup_asks_for_the_migrations_that_came_since(folder, monkeypatch):
    back_up(folder)
    known = restoration.known_migrations()
    monkeypatch.setattr(restoration, "known_migrations", lambda: [*known, "articles.9999_future"])
    assert restore(folder) is True


def content_of(name):
    with default_storage.open(name) as file:
        return file.read()


def write(name, content):
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def test_a_restoration_that_fails_leaves_what_was_there(folder, monkeypatch):
    image = cast.image()
    back_up(folder)
    story = cast.story()
    write(image.file.name, b"what the newsroom has now")

    def fail(path, rows):
        raise OSError("No space left on device")

    monkeypatch.setattr(creation.database_engine(), "restore_database", fail)
    with pytest.raises(BackupError, match="No space left"):
        restore(folder)
    assert Article.objects.get() == story
    assert content_of(image.file.name) == b"what the newsroom has now"


def test_a_picture_that_is_another_one_now_comes_back(folder):
    image = cast.image()
    before = content_of(image.file.name)
    back_up(folder)
    write(image.file.name, b"what the newsroom has now")
    restore(folder)
    assert content_of(image.file.name) == before
    assert not [name for name in os.listdir(os.path.dirname(image.file.path)) if name.startswith(".")]


def test_files_that_the_former_newsroom_deletes_meanwhile_come_back(folder, monkeypatch):
    """The picture was deleted after the backup; its files are deleted at the very moment of the restoration."""
    image, engine = cast.image(), creation.database_engine()
    copies = image.stored_copies()
    back_up(folder)
    Image.objects.all().delete()
    FollowUp.objects.request(FollowUp.Kind.FILES, [image.folder])
    really = engine.restore_database

    def work_off_first(path, rows):
        assert FollowUp.objects.work_off() == 1
        assert not image.stored_copies()
        really(path, rows)

    monkeypatch.setattr(engine, "restore_database", work_off_first)
    restore(folder)
    assert Image.objects.get().stored_copies() == copies
    assert default_storage.exists(image.file.name)
