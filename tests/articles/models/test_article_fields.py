import datetime

import pytest
from django.utils import timezone

from articles.models import Article


@pytest.mark.parametrize(("hours", "was_public"), [(-1, True), (1, False), (None, False)])
def test_a_story_was_public_once_its_first_time_has_come(hours, was_public):
    moment = hours and timezone.now() + datetime.timedelta(hours=hours)
    assert Article(first_published_at=moment).was_public is was_public


def test_a_story_without_a_headline_has_a_name_on_the_desk():
    assert str(Article()) == "(no headline yet)"


def test_a_new_story_is_in_the_first_language_of_the_site(settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]
    assert Article().language == "fr"
