"""manage.py backup says where the backup is, and why there is none."""

import pytest
from django.core.management import CommandError, call_command

from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_folder_is_named_with_every_picture_that_is_missing(tmp_path, capsys):
    image = cast.image()
    image.file.storage.delete(image.file.name)
    call_command("backup", tmp_path / "backup")
    out, err = capsys.readouterr()
    assert f"The backup is in {tmp_path / 'backup'}." in out
    assert f"{image.file.name} is missing" in err


def test_a_place_that_is_no_new_folder_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(CommandError, match="choose a new folder"):
        call_command("backup", tmp_path / "file")
