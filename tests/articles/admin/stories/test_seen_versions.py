"""An action on several stories knows which version of each its person saw."""

import pytest
from django.test import RequestFactory

from articles.admin.stories.seen_versions import changed_message, is_as_seen, version_input
from articles.models import Article

STORY = Article(pk=7, version=3)


def request_with(**sent):
    return RequestFactory().post("/", sent)


def test_the_row_sends_the_version_that_it_shows():
    assert version_input(STORY) == '<input type="hidden" name="version-7" value="3">'


@pytest.mark.parametrize(
    ("sent", "is_seen"),
    [({"version-7": "3"}, True), ({"version-7": "2"}, False), ({}, False), ({"version-8": "3"}, False)],
    ids=["the newest", "an older one", "none", "another story's"],
)
def test_a_story_is_as_seen_in_its_newest_version_alone(sent, is_seen):
    assert is_as_seen(request_with(**sent), STORY) == is_seen


@pytest.mark.parametrize("sent", ["x", "9" * 5000, "-3", "٣"])
def test_nonsense_is_no_version(sent):
    assert not is_as_seen(request_with(**{"version-7": sent}), STORY)


def test_the_message_leads_to_the_story_and_runs_nothing():
    message = changed_message(STORY, "<b>Le port")
    assert '<a href="/admin/articles/article/7/change/">&lt;b&gt;Le port</a>' in message
