"""manage.py restore says what came back, and what a folder lacks that is no backup."""

import pytest
from django.core.management import CommandError, call_command

from articles.models.image_copies import delete_files
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_came_back_is_said(tmp_path, capsys):
    image = cast.image()
    call_command("backup", tmp_path / "backup")
    delete_files(image.folder)
    call_command("restore", tmp_path / "backup", overwrite=True)
    said = capsys.readouterr().out
    for words in ("copied and checked", "picture files restored, 0 were there", "The newsroom is restored."):
        assert words in said


def test_a_folder_that_is_no_backup_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="does not hold a complete backup"):
        call_command("restore", tmp_path)
