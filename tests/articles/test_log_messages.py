"""What the log says is in the language of its reader, whoever did it."""

import pytest
from django.utils import translation

from articles.log_messages import log_message, read_log_message
from articles.models.publication import with_overridden_rules


@pytest.fixture
def in_french():
    with translation.override("fr"):
        yield


def test_a_message_without_words_is_translated(in_french):
    assert read_log_message("Submitted for review") == "Envoyé en relecture"


def test_words_stay_as_they_are(in_french):
    stored = log_message("Shared with %(name)s", {"name": "Editor % {x}"})
    assert read_log_message(stored) == "Partagé avec Editor % {x}"


def test_parts_are_translated_too(in_french):
    stored = log_message("%(what)s: %(name)s", {"name": "Editor"}, {"what": ["Editor", "Reporter"]})
    assert read_log_message(stored) == "Éditeur, Journaliste: Editor"


def test_what_was_overridden_follows_what_was_done(in_french):
    assert with_overridden_rules("Published", []) == "Published"


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("", ""),
        ('[{"changed": {"fields": ["Sections"]}}]', "Changed Sections."),
        ("100 % sûr, écrit avant", "100 % sûr, écrit avant"),
    ],
)
def test_the_log_of_django_and_of_former_versions_is_read_as_well(stored, said):
    assert read_log_message(stored) == said
