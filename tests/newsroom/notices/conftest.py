"""The people whom events concern: two editors, a reporter who writes, and the story that is theirs."""

import pytest

from articles.models import FollowUp
from newsroom.models import Notice
from tests.articles import cast


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def koffi():
    return cast.editor("koffi")


@pytest.fixture
def moutiou():
    return cast.reporter()


@pytest.fixture
def story(moutiou):
    """Return the reporter's draft."""
    return cast.draft("Le port", created_by=moutiou)


@pytest.fixture
def told():
    """Return a function that returns who is told what: (user name, kind) of each notice, once all is done."""

    def tell():
        FollowUp.objects.work_off()
        return sorted(Notice.objects.values_list("person__username", "event__kind"))

    return tell
