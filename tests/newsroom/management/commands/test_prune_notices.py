"""Old notices go, newer ones stay."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import FollowUp
from newsroom.models import Notice, StoryEvent
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_what_is_older_is_deleted(capsys):
    awa, moutiou = cast.editor(), cast.reporter()
    for word in ("Un", "Deux"):
        cast.draft(word, created_by=moutiou).submit(moutiou)
    FollowUp.objects.work_off()
    StoryEvent.objects.filter(story__headline="Un").update(at=timezone.now() - timezone.timedelta(days=91))
    call_command("prune_notices", "--dry-run")
    assert Notice.objects.count() == 2
    call_command("prune_notices")
    assert [notice.event.story.headline for notice in Notice.objects.filter(person=awa)] == ["Deux"]
    assert capsys.readouterr().out == "1 events would be deleted.\n1 events deleted.\n"
