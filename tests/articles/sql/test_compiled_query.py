"""A compiled query answers as its QuerySet does."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.sql.compiled_query import CompiledQuery, _PostgreSQL, param
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


@pytest.fixture
def own():
    """Return a query that nobody else runs, so that it is not compiled yet."""
    return CompiledQuery(lambda: Article.objects.exclude(slug=f"x-{uuid4()}").filter(language=param("language")))


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_pooler_that_forgets_what_was_prepared_is_noticed(own, monkeypatch):
    story = cast.story("Le port ferme")
    monkeypatch.setattr(_PostgreSQL, "is_refused", False)
    assert own.fetch(language="en") == [story]
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {own._compiled().prepared.name}")
    assert own.fetch(language="en") == [story]
    assert _PostgreSQL.is_refused


@pytest.mark.only_on("postgresql")
def test_postgresql_prepares_once(own):
    def statements():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return cursor.fetchone()[0]

    before = statements()
    for language in ("en", "fr"):
        own.fetch(language=language)
    assert statements() == before + 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_postgresql_plans_once_what_takes_longer_to_plan_than_to_answer(client):
    cast.story("Le port ferme", section=cast.section())
    connection.close()
    for _time in range(3):
        client.get("/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(custom_plans), min(generic_plans) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0, 3)


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_readers_do_not_notice_a_migration(own, monkeypatch):
    story = cast.story("Le port ferme")
    monkeypatch.setattr(_PostgreSQL, "is_refused", False)
    own.fetch(language="en")
    for length in (300, 200):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE articles_article ALTER headline TYPE varchar({length})")
        assert own.fetch(language="en") == [story]


@pytest.mark.only_on("postgresql")
def test_values_may_travel_apart_from_the_text(own, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"server_side_binding": True})
    assert own._compiled().prepared is None
