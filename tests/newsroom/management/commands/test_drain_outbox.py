"""The command that tells people what happened, in place of the server."""

import pytest
from django.core.management import CommandError, call_command

from newsroom.models import Notice
from tests.articles import cast

pytestmark = pytest.mark.django_db


def submit():
    moutiou = cast.reporter()
    cast.draft("Le port", created_by=moutiou).submit(moutiou)


def test_it_tells_what_nobody_has_told(capsys):
    cast.editor()
    submit()
    call_command("drain_outbox")
    assert capsys.readouterr().out == "1 done.\n"
    assert Notice.objects.get().person.username == "awa"


@pytest.mark.parametrize("typed", ["0", "-1", "x"])
def test_it_looks_again_after_a_time(typed):
    with pytest.raises(CommandError):
        call_command("drain_outbox", "--every", typed)
