from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles.models import Image
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return cast.image(900, 600)


def run_command(*arguments):
    out = StringIO()
    call_command("renditions", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_every_copy_is_made_again(image):
    count = len(image.stored_copies())
    assert f"1 pictures: {count} copies made" in run_command()


def test_only_missing_copies_are_made_when_asked(image):
    default_storage.delete(f"{image.folder}/natural-480.webp")
    assert "1 copies made" in run_command("--missing")
    assert "natural-480.webp" in image.stored_copies()


def test_pages_learn_of_new_copies(image):
    Image.objects.update(renditions={})
    run_command("--missing")
    assert Image.objects.get().renditions == image.renditions


def test_copies_of_former_focal_points_go(image):
    image.focal_x = 0
    image.make_copies()
    image.save()
    count = len([name for name in image.stored_copies() if "50-50" in name])
    assert f"{count} of former focal points deleted" in run_command("--missing")


def test_a_lost_master_is_named_and_the_others_go_on(image):
    other = cast.image(300, 200)
    default_storage.delete(image.file.name)
    default_storage.delete(f"{other.folder}/natural-300.webp")
    with pytest.raises(CommandError, match="1 pictures could not be read"):
        run_command()
    assert "natural-300.webp" in other.stored_copies()


def test_progress_is_told_when_asked(image):
    assert f"1/1 {image.file.name}" in run_command("--verbosity=2")
