import datetime

from django.template import Context, Template
from django.utils import translation

from articles.models import Article


def links(**context):
    with translation.override("fr"):
        return Template("{% load languages %}{% languages translations %}").render(Context(context))


def test_the_other_languages_lead_to_their_front_pages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("ar", "Arabic")]
    text = links()
    assert '<a href="/" lang="en" hreflang="en">English</a>' in text
    assert '<a href="/ar/" lang="ar" hreflang="ar">العربيّة</a>' in text
    assert 'hreflang="fr"' not in text


def test_a_language_that_has_the_story_leads_to_it(settings):
    story = Article(language="en", slug="x", address_date=datetime.date(2026, 1, 2))
    assert 'href="/2026/01/02/x/"' in links(translations=[story])


def test_a_site_of_one_language_links_to_none(settings):
    settings.LANGUAGES = [("fr", "French")]
    assert links().strip() == ""
