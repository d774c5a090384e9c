import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.management.commands import prune_pictures
from articles.models import FollowUp, Image
from articles.models.image_copies import copies_in
from articles.models.image_queryset import UPLOAD_TIMEOUT
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders():
    """Return the folders of a picture of the library, and of one whose row was lost."""
    image, lost = cast.image(), cast.image(90, 60)
    lost.terms.all().delete()
    Image.objects.filter(pk=lost.pk)._raw_delete("default")
    return image.folder, lost.folder


def run_prune(capsys, *arguments):
    call_command("prune_pictures", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_says_what_it_would_delete_and_deletes_nothing(folders, capsys):
    kept, lost = folders
    count = len(copies_in(lost))
    assert run_prune(capsys) == [
        f"{lost}: {count} copies",
        f"1 pictures that are not in the library, with {count} copies. Nothing was deleted; --delete deletes them.",
    ]
    assert copies_in(lost)


def test_it_deletes_when_told_to(folders, capsys):
    kept, lost = folders
    assert run_prune(capsys, "--delete")[-1].endswith("deleted.")
    assert (bool(copies_in(kept)), bool(copies_in(lost))) == (True, False)
    assert not FollowUp.objects.exists()


def test_an_upload_that_is_under_way_is_left_alone(folders, capsys):
    FollowUp.objects.request(FollowUp.Kind.FILES, [folders[1]], after=UPLOAD_TIMEOUT)
    run_prune(capsys, "--delete")
    assert copies_in(folders[1])


def test_an_upload_that_begins_meanwhile_keeps_its_files_and_its_announcement(folders, capsys, monkeypatch):
    _kept, lost = folders

    def found_before_the_upload():
        FollowUp.objects.request(FollowUp.Kind.FILES, [lost], after=UPLOAD_TIMEOUT)
        return iter([lost])

    monkeypatch.setattr(prune_pictures, "unneeded_folders", found_before_the_upload)
    assert run_prune(capsys, "--delete")[-1].endswith("0 deleted, 1 left: run the command again later.")
    assert copies_in(lost)
    assert FollowUp.objects.get().due_at > timezone.now() + UPLOAD_TIMEOUT / 2


def test_work_that_others_requested_is_left_to_them(folders, capsys):
    FollowUp.objects.request(FollowUp.Kind.FILES, ["images/00/another"])
    run_prune(capsys, "--delete")
    assert FollowUp.objects.get().key == "images/00/another"
