import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Revision
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def story():
    """Return a story with thirty versions, the ten oldest of which are a hundred days old."""
    story = cast.draft("Le port ferme")
    for number in range(30):
        age = datetime.timedelta(days=100 if number < 10 else 10)
        Revision.objects.create(
            article=story,
            stored=story.newest_content,
            event="saved",
            version=number + 2,
            fields=["body"],
            saved_at=timezone.now() - age,
        )
    return story


def prune_revisions(*arguments):
    out = io.StringIO()
    call_command("prune_revisions", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ([], 10),
        (["--days", "200"], 0),
        (["--keep", "25"], 5),
        (["--days", "5", "--keep", "1"], 29),
    ],
)
def test_old_versions_go_but_for_the_newest(story, arguments, count):
    assert prune_revisions(*arguments, "--dry-run") == f"{count} versions would be deleted."
    assert story.revisions.count() == 30
    assert prune_revisions(*arguments) == f"{count} versions deleted."
    assert story.revisions.count() == 30 - count
    assert prune_revisions(*arguments) == "0 versions deleted."


def test_it_says_how_far_it_is_when_asked():
    assert prune_revisions("--verbosity", "2") == "10 so far\n10 versions deleted."


@pytest.mark.parametrize("arguments", [["--keep", "0"], ["--days", "-1"], ["--days", "x"]])
def test_what_makes_no_sense_is_refused(story, arguments):
    with pytest.raises(CommandError):
        prune_revisions(*arguments)
    assert story.revisions.count() == 30
