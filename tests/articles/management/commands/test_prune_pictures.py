import pytest
from django.core.management import call_command

from articles.models import FollowUp, Image, copies_in
from articles.models.image import UPLOAD
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders():
    """Of a picture of the library, and of one whose row was lost."""
    image, lost = cast.image(), cast.image(90, 60)
    Image.objects.filter(pk=lost.pk)._raw_delete("default")
    return image.folder, lost.folder


def run(capsys, *arguments):
    call_command("prune_pictures", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_says_what_it_would_delete_and_deletes_nothing(folders, capsys):
    kept, lost = folders
    count = len(copies_in(lost))
    assert run(capsys) == [
        f"{lost}: {count} copies",
        f"1 pictures that are not in the library, with {count} copies. Nothing was deleted; --delete does it.",
    ]
    assert copies_in(lost)


def test_it_deletes_when_told_to(folders, capsys):
    kept, lost = folders
    assert run(capsys, "--delete")[-1].endswith("deleted.")
    assert (bool(copies_in(kept)), bool(copies_in(lost))) == (True, False)
    assert not FollowUp.objects.exists()


def test_an_upload_that_is_under_way_is_left_alone(folders, capsys):
    FollowUp.objects.request(FollowUp.Kind.FILES, [folders[1]], after=UPLOAD)
    run(capsys, "--delete")
    assert copies_in(folders[1])
