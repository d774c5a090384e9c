"""Which picture files nothing needs, and that none goes which something needs, or will need in a moment."""

import datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import FollowUp, Image
from articles.models.image_copies import copies_in
from articles.models.image_queryset import UPLOAD_TIMEOUT
from articles.models.picture_files import unneeded_folders
from tests.articles import cast
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db
FILES = FollowUp.Kind.FILES


class Killed(BaseException):
    """As kill -9 does, nothing that comes after it runs."""


def killed_upload(monkeypatch):
    """Return the folder of a picture whose server died when the master and its first copies were stored."""

    def die(*_args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Image, "save", die)
        with pytest.raises(Killed):
            Image.objects.ingest(BytesIO(jpeg(70, 50)))
    return FollowUp.objects.get(kind=FILES).key


def a_day_later():
    FollowUp.objects.update(due_at=timezone.now())


def test_a_picture_of_the_library_needs_its_files():
    cast.image()
    assert (list(unneeded_folders()), FollowUp.objects.exists()) == ([], False)


def test_a_killed_upload_is_cleaned_away_after_a_day(monkeypatch):
    folder = killed_upload(monkeypatch)
    assert default_storage.exists(f"{folder}.jpg")
    FollowUp.objects.work_off()
    assert copies_in(folder)
    a_day_later()
    FollowUp.objects.work_off()
    assert (copies_in(folder), default_storage.exists(f"{folder}.jpg")) == (set(), False)


def test_the_same_upload_again_is_whole_and_stays(monkeypatch):
    killed_upload(monkeypatch)
    image = Image.objects.ingest(BytesIO(jpeg(70, 50)))
    a_day_later()
    FollowUp.objects.work_off()
    assert default_storage.exists(image.file.name)
    assert image.stored_copies()


def test_an_upload_that_begins_while_files_are_deleted_keeps_its_own(monkeypatch):
    """Upload the same picture again after a worker has claimed the task, before it reads the folder."""
    folder = killed_upload(monkeypatch)
    a_day_later()
    [task] = FollowUp.objects.claim()
    FollowUp.objects.request(FILES, [folder], after=UPLOAD_TIMEOUT)
    task.work()
    assert copies_in(folder)
    assert FollowUp.objects.get().due_at > timezone.now() + datetime.timedelta(hours=23)


def test_files_are_deleted_while_their_row_is_locked(monkeypatch):
    folder = killed_upload(monkeypatch)
    a_day_later()
    [task] = FollowUp.objects.claim()
    with CaptureQueriesContext(connection) as queries:
        task.work()
    locking = next(query["sql"] for query in queries if "articles_followup" in query["sql"])
    assert copies_in(folder) == set()
    assert "FOR UPDATE" in locking or connection.vendor == "sqlite"


def test_files_that_nobody_announced_are_found(monkeypatch):
    folder = killed_upload(monkeypatch)
    assert list(unneeded_folders()) == []
    FollowUp.objects.all().delete()
    default_storage.save("images/ab/notes.txt", ContentFile(b"mine"))
    default_storage.save("images/brand/logo.jpg", ContentFile(b"mine"))
    assert list(unneeded_folders()) == [folder]


def test_nothing_is_unneeded_where_nothing_is_stored():
    assert list(unneeded_folders()) == []


class TwoUploads:
    """What one upload does, before a step of it, while another of the same picture is under way."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.image = None

    def ingest(self):
        self.image = Image.objects.ingest(BytesIO(jpeg(70, 50)))

    def fail(self):
        """Begin, store the master, and find the disk full."""
        with self.monkeypatch.context() as patch:
            patch.setattr(Image, "make_copies", full_disk)
            with pytest.raises(OSError, match="full"):
                Image.objects.ingest(BytesIO(jpeg(70, 50)))

    def before(self, step, other):
        """Let `other` happen once, before this method of a picture."""
        done = getattr(Image, step)

        def overtaken(image, *args, **kwargs):
            self.monkeypatch.setattr(Image, step, done)
            other()
            return done(image, *args, **kwargs)

        self.monkeypatch.setattr(Image, step, overtaken)


def full_disk(*_args, **_kwargs):
    raise OSError("full")


@pytest.fixture
def two_uploads(monkeypatch):
    return TwoUploads(monkeypatch)


def test_a_failed_upload_leaves_no_file_and_no_work(two_uploads):
    two_uploads.fail()
    assert (list(unneeded_folders()), FollowUp.objects.exists()) == ([], False)


@pytest.mark.parametrize("step", ["make_copies", "save"])
def test_an_upload_keeps_its_files_when_another_of_the_same_picture_fails(two_uploads, step):
    two_uploads.before(step, two_uploads.fail)
    two_uploads.ingest()
    assert default_storage.exists(two_uploads.image.file.name)
    assert two_uploads.image.make_copies() == 0
    assert not FollowUp.objects.exists()


def test_a_failed_upload_deletes_nothing_of_one_that_began_later(monkeypatch):
    def overtaken(image, *_args):
        FollowUp.objects.request(FILES, [image.folder], after=UPLOAD_TIMEOUT)
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(Image, "make_copies", overtaken)
        with pytest.raises(OSError, match="full"):
            Image.objects.ingest(BytesIO(jpeg(70, 50)))
    assert default_storage.exists(f"{FollowUp.objects.get().key}.jpg")


def test_an_upload_whose_files_cannot_be_restored_stores_no_picture(two_uploads, monkeypatch):
    two_uploads.before("save", two_uploads.fail)
    monkeypatch.setattr(Image, "restore_master", full_disk)
    with pytest.raises(OSError, match="full"):
        two_uploads.ingest()
    assert not Image.objects.exists()


def test_a_deleted_picture_loses_its_files_although_the_server_dies(django_capture_on_commit_callbacks):
    image = cast.image()
    with django_capture_on_commit_callbacks():  # and here it died
        image.delete()
    assert copies_in(image.folder)
    FollowUp.objects.work_off()
    assert copies_in(image.folder) == set()
