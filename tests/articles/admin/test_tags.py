import pytest
from django.urls import reverse

from articles.models import Tag, TagAlias
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(cast.tag_staff())
    return client


@pytest.mark.parametrize("text", ["cote d'ivoire", "IVOIRE", "rci", "Côte-d’Ivoire"])
def test_a_tag_is_found_by_any_spelling(desk, text):
    tag = Tag.objects.named("Côte d’Ivoire")
    TagAlias.objects.create(name="RCI", tag=tag)
    Tag.objects.named("Sénégal")
    found = desk.get(reverse("admin:articles_tag_changelist"), {"q": text}).context["cl"].result_list
    assert list(found) == [tag]


@pytest.mark.parametrize("name", ["cote d ivoire", "RCI"])
def test_another_spelling_is_not_a_second_tag(desk, name):
    TagAlias.objects.create(name="RCI", tag=Tag.objects.named("Côte d’Ivoire"))
    page = desk.post(reverse("admin:articles_tag_add"), {"name": name, "slug": "", "description": ""} | inline())
    assert "is already the tag “Côte d’Ivoire”" in page.text


def test_a_name_whose_key_has_no_room_is_refused(desk):
    page = desk.post(reverse("admin:articles_tag_add"), {"name": "œ" * 100, "slug": "", "description": ""} | inline())
    assert "This name is too long" in page.text


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_max_num_queries):
    for number in range(count):
        TagAlias.objects.create(name=f"alias {number}", tag=Tag.objects.named(f"tag {number}"))
    with django_assert_max_num_queries(8):
        desk.get(reverse("admin:articles_tag_changelist"))


def inline():
    return {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
