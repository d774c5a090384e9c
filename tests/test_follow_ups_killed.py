"""Kill -9 between a save and what follows from it: a server that runs, or the next one, does it."""

import signal
import subprocess
import sys
import time

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import FollowUp, RelatedList
from articles.models.image_copies import copies_in
from tests.articles import cast
from tests.servers import ROOT, environment, own_database, started

pytestmark = pytest.mark.long
SETUP = """
import os, signal, sys, django
django.setup()
from articles.models import Article, FollowUp, Image, follow_up
def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
"""
PUBLISHES = """
Article.objects.get(pk=int(sys.argv[1])).publish(None)
"""
BEFORE_THE_WORK = SETUP + "type(FollowUp.objects.all()).work_off = die" + PUBLISHES
AMID_THE_WORK = SETUP + "follow_up.workers['related'] = die" + PUBLISHES
AMID_AN_UPLOAD = (
    SETUP
    + """
from tests.articles.renditions.pictures import jpeg
from io import BytesIO
Image.save = die
Image.objects.ingest(BytesIO(jpeg(70, 50)))
"""
)


@pytest.fixture
def url(tmp_path, settings, django_db_setup, django_db_blocker):
    settings.MEDIA_ROOT = tmp_path / "media"
    with django_db_blocker.unblock(), own_database(tmp_path) as url:
        yield url


def test_the_next_server_does_what_a_killed_process_left(url, tmp_path):
    for number in range(9):
        cast.story(f"Dépêche {number}", body=f"<p>Sujet {number}.</p>", hours_ago=300)
    old = cast.story("Le barrage de Soubré", body="<p>Les turbines de Soubré tournent.</p>")
    drafts = [cast.draft(f"Soubré, le barrage {number}", body=old.body) for number in range(2)]

    def run(program, *arguments):
        command = [sys.executable, "-c", program, *map(str, arguments)]
        killed = subprocess.run(command, cwd=ROOT, env=environment(url, tmp_path), stderr=subprocess.PIPE)
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    run(BEFORE_THE_WORK, drafts[0].pk)
    run(AMID_THE_WORK, drafts[1].pk)
    run(AMID_AN_UPLOAD)
    folder = FollowUp.objects.get(kind="files").key
    assert default_storage.exists(f"{folder}.jpg")
    kinds = FollowUp.objects.order_by("kind").values_list("kind", flat=True)
    assert [*kinds] == ["event", "event", "files", "related", "related"]
    FollowUp.objects.update(due_at=timezone.now(), claimed_until=None)  # as if the time of each had come
    with started(url, tmp_path):
        deadline = time.monotonic() + 30
        while FollowUp.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    assert list(FollowUp.objects.values_list("kind", "key", "error")) == []
    new = {draft.pk for draft in drafts}
    assert new <= {entry[0] for entry in RelatedList.objects.get(pk=old.pk).matches}
    assert old.pk in {entry[0] for entry in RelatedList.objects.get(pk=drafts[0].pk).matches}
    assert (copies_in(folder), default_storage.exists(f"{folder}.jpg")) == (set(), False)
