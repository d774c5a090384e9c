"""A prepared question answers as its QuerySet does, and remembers nothing that has changed."""

import gc
import weakref
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.related import related, working_out
from articles.sql.prepared import Prepared, _PostgreSQL, made_of, param
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return Prepared(lambda: Article.objects.visible(param("at")).in_language(param("language")).with_teaser_parts())


@pytest.fixture
def keeping():
    return Prepared(lambda: Article.objects.filter(slug=param("slug")).with_teaser_parts(), keeps=10)


def test_it_answers_for_each_value(question):
    english, french = cast.story("Le port ferme"), cast.story("La bourse ouvre", language="fr")
    now = timezone.now()
    assert question.ask(at=now, language="en") == [english]
    assert question.ask(at=now, language="fr") == [french]
    assert question.ask(at=english.publish_at - timezone.timedelta(days=9), language="en") == []


def test_objects_are_those_of_the_queryset(question):
    story = cast.story("100 % d’accents : Côte d’Ivoire", lead_image=cast.image())
    [found] = question.ask(at=timezone.now(), language="en")
    [same] = Article.objects.filter(pk=story.pk).with_teaser_parts()
    assert found.get_deferred_fields() == same.get_deferred_fields()
    for name in ("headline", "publish_at", "address_date", "section.other_names", "lead_image.renditions"):
        one, other = found, same
        for part in name.split("."):
            one, other = getattr(one, part), getattr(other, part)
        assert one == other


def test_a_question_is_one_query(question, django_assert_num_queries):
    question.ask(at=timezone.now(), language="en")
    with django_assert_num_queries(1):
        question.ask(at=timezone.now(), language="fr")


def test_what_is_kept_is_the_same_object_until_its_row_changes(keeping):
    story = cast.story("Le port ferme")
    [first] = keeping.ask(slug=story.slug)
    assert keeping.ask(slug=story.slug)[0] is first
    Article.objects.filter(pk=story.pk).update(headline="Le port rouvre")
    [second] = keeping.ask(slug=story.slug)
    assert (first.headline, second.headline) == ("Le port ferme", "Le port rouvre")


def test_what_is_kept_changes_with_what_is_joined_to_it(keeping):
    story = cast.story("Le port ferme")
    keeping.ask(slug=story.slug)
    type(story.section).objects.update(name="Ports")
    assert keeping.ask(slug=story.slug)[0].section.name == "Ports"


def test_what_is_made_of_a_kept_object_is_made_once(keeping):
    cast.story("Le port ferme", slug="port")
    calls = []
    for _ in range(2):
        [story] = keeping.ask(slug="port")
        made_of(story, "words", lambda: calls.append("kept"))
        made_of(Article.objects.get(), "words", lambda: calls.append("not kept"))
    assert sorted(calls) == ["kept", "not kept", "not kept"]


def test_of_one_object_no_endless_variants_are_kept(keeping):
    cast.story("Le port ferme", slug="port")
    [story] = keeping.ask(slug="port")
    for number in range(500):
        made_of(story, number, object)
    assert len(story.made) <= 20


def test_what_others_take_the_place_of_goes_without_a_search_for_garbage():
    port, crane = (
        cast.story(text, slug=slug, authors=[cast.author()], tags=["Lomé"])
        for text, slug in [("Le port ferme", "port"), ("La grue tombe", "crane")]
    )
    working_out.work_out([port.pk, crane.pk])
    question = Prepared(lambda: Article.objects.filter(slug=param("slug")).with_page_parts(), keeps=1)
    question.ask(slug="crane")
    gc.disable()
    try:
        [story] = question.ask(slug="port")
        assert (story.related_list.tags, len(story.authors_in_order)) == ([port.tags.get().pk], 1)
        related(story)
        kept = weakref.ref(story)
        del story
        assert kept()
        question.ask(slug="crane")
        assert kept() is None
    finally:
        gc.enable()


@pytest.fixture
def own():
    """A question that nobody else asks, so that nobody prepared it."""
    return Prepared(lambda: Article.objects.exclude(slug=f"x-{uuid4()}").filter(language=param("language")))


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_pooler_that_forgets_what_was_prepared_is_noticed(own, monkeypatch):
    story = cast.story("Le port ferme")
    monkeypatch.setattr(_PostgreSQL, "is_refused", False)
    assert own.ask(language="en") == [story]
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {own._form().prepared.name}")
    assert own.ask(language="en") == [story]
    assert _PostgreSQL.is_refused


@pytest.mark.only_on("postgresql")
def test_postgresql_prepares_once(own):
    def statements():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return cursor.fetchone()[0]

    before = statements()
    for language in ("en", "fr"):
        own.ask(language=language)
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
    own.ask(language="en")
    for length in (300, 200):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE articles_article ALTER headline TYPE varchar({length})")
        assert own.ask(language="en") == [story]


@pytest.mark.only_on("postgresql")
def test_values_may_travel_apart_from_the_text(own, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"server_side_binding": True})
    assert own._form().prepared is None
