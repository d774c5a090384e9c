"""A compiled query answers as its QuerySet does."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.sql.compiled_query import CompiledQuery, param
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def query():
    return CompiledQuery(
        lambda: Article.objects.visible(param("at")).in_language(param("language")).with_teaser_parts()
    )


def test_it_answers_for_each_value(query):
    english, french = cast.story("Le port ferme"), cast.story("La bourse ouvre", language="fr")
    now = timezone.now()
    assert query.fetch(at=now, language="en") == [english]
    assert query.fetch(at=now, language="fr") == [french]
    assert query.fetch(at=english.publish_at - timezone.timedelta(days=9), language="en") == []


def test_objects_are_those_of_the_queryset(query):
    story = cast.story("100 % d’accents : Côte d’Ivoire", lead_image=cast.image())
    [found] = query.fetch(at=timezone.now(), language="en")
    [same] = Article.objects.filter(pk=story.pk).with_teaser_parts()
    assert found.get_deferred_fields() == same.get_deferred_fields()
    for name in ("headline", "publish_at", "address_date", "section.other_names", "lead_image.renditions"):
        one, other = found, same
        for part in name.split("."):
            one, other = getattr(one, part), getattr(other, part)
        assert one == other


def test_it_is_one_query(query, django_assert_num_queries):
    query.fetch(at=timezone.now(), language="en")
    with django_assert_num_queries(1):
        query.fetch(at=timezone.now(), language="fr")


def test_nothing_of_an_answer_is_kept(query):
    story = cast.story("Le port ferme")
    [first] = query.fetch(at=timezone.now(), language="en")
    type(story.section).objects.update(name="Ports")
    [second] = query.fetch(at=timezone.now(), language="en")
    assert first is not second
    assert second.section.name == "Ports"


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_readers_do_not_notice_a_migration(query):
    story = cast.story("Le port ferme")
    query.fetch(at=timezone.now(), language="en")
    for length in (300, 200):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE articles_article ALTER headline TYPE varchar({length})")
        assert query.fetch(at=timezone.now(), language="en") == [story]
