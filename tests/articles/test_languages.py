import datetime

from django.utils import translation

from articles.languages import links_to_languages
from articles.models import Article


def links(translations=()):
    with translation.override("fr"):
        return links_to_languages(translations)


def test_the_other_languages_lead_to_their_front_pages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("ar", "Arabic")]
    assert links() == (("en", "English", "/"), ("ar", "العربيّة", "/ar/"))


def test_a_language_that_has_the_story_leads_to_it(settings):
    story = Article(language="en", slug="x", address_date=datetime.date(2026, 1, 2))
    assert links([story]) == (("en", "English", "/2026/01/02/x/"),)


def test_a_site_of_one_language_links_to_none(settings):
    settings.LANGUAGES = [("fr", "French")]
    assert links() == ()
