"""Paths that are put together by hand lead where `reverse` does."""

import pytest
from django.urls import reverse
from django.utils import translation

from articles.models import Author, Section, Tag


@pytest.mark.parametrize("language", ["en", "fr", None])
@pytest.mark.parametrize(
    "noun", [Author(slug="awa"), Section(slug="ports"), Tag(slug="lome")], ids=lambda noun: noun.slug
)
def test_a_path_is_that_of_the_url_map_in_each_language(noun, language):
    with translation.override(language):
        assert noun.get_absolute_url() == reverse(noun._meta.model_name, args=[noun.slug])
