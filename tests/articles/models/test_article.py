import pytest
from django.db import IntegrityError, transaction

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_the_database_refuses_a_published_story_without_time():
    story = cast.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(status="published")


def test_the_address_is_the_one_of_the_url_map(settings):
    story = cast.story(language="fr")
    assert story.get_absolute_url() == f"/fr/{story.address_date:%Y/%m/%d}/{story.slug}/"
