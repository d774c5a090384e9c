"""The vocabulary by command: out, and in again with and without --dry-run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Tag

pytestmark = pytest.mark.django_db


def import_tags(name, *arguments):
    out, problems = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=problems)
    return out.getvalue(), problems.getvalue()


@pytest.fixture
def sheet(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "tags.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def test_a_dry_run_says_what_would_happen_and_does_nothing(sheet):
    out, _problems = import_tags("import_tags", sheet("name;aliases\nSénégal;Teranga\n"), "--dry-run")
    assert out.splitlines() == [
        "line 2, Sénégal: new, new alias: “Teranga”",
        "Dry run: 1 new, 0 changed, 0 unchanged, 0 left out",
    ]
    assert not Tag.objects.exists()


def test_good_lines_come_in_and_bad_ones_are_told(sheet):
    out, problems = import_tags("import_tags", sheet("name\nSénégal\nSENEGAL\n"))
    assert out == "1 new, 0 changed, 0 unchanged, 1 left out\n"
    assert problems == "line 3, SENEGAL: “Sénégal” is already on line 2.\n"


def test_what_is_not_utf_8_is_refused(sheet):
    with pytest.raises(CommandError, match="UTF-8"):
        import_tags("import_tags", sheet("name\nSénégal\n", "cp1252"))


def test_what_export_writes_import_reads(sheet):
    Tag.objects.create_named("Côte d’Ivoire").aliases.create(name="RCI")
    out, _problems = import_tags("export_tags")
    assert import_tags("import_tags", sheet(out))[0] == "0 new, 0 changed, 1 unchanged, 0 left out\n"
