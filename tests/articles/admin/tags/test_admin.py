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
    tag = Tag.objects.create_named("Côte d’Ivoire")
    TagAlias.objects.create(name="RCI", tag=tag)
    Tag.objects.create_named("Sénégal")
    found = desk.get(reverse("admin:articles_tag_changelist"), {"q": text}).context["cl"].result_list
    assert list(found) == [tag]


@pytest.mark.parametrize("name", ["cote d ivoire", "RCI"])
def test_another_spelling_is_not_a_second_tag(desk, name):
    TagAlias.objects.create(name="RCI", tag=Tag.objects.create_named("Côte d’Ivoire"))
    page = desk.post(reverse("admin:articles_tag_add"), {"name": name, "slug": "", "description": ""} | inline())
    assert "is already the tag “Côte d’Ivoire”" in page.text


def test_a_name_whose_key_has_no_room_is_refused(desk):
    page = desk.post(reverse("admin:articles_tag_add"), {"name": "œ" * 100, "slug": "", "description": ""} | inline())
    assert "This name is too long" in page.text


def test_spellings_get_addresses_of_their_own(desk):
    Tag.objects.create_named("Bénin")
    tag = save(desk, Tag.objects.create_named("Mali"), "Bénin +", "🎉", "République du Mali")
    slugs = list(tag.aliases.order_by("pk").values_list("slug", flat=True))
    assert slugs[0] == "benin-2"
    assert slugs[1].isascii()
    assert slugs[2] == "republique-du-mali"


def test_an_emptied_address_is_made_again(desk):
    mali = Tag.objects.create_named("Mali")
    desk.post(reverse("admin:articles_tag_change", args=[mali.pk]), form(mali) | {"slug": ""})
    assert Tag.objects.get().slug == "mali"


def test_a_spelling_leads_to_one_tag(desk):
    TagAlias.objects.create(name="RCI", tag=Tag.objects.create_named("Côte d’Ivoire"))
    mali = Tag.objects.create_named("Mali")
    page = desk.post(reverse("admin:articles_tag_change", args=[mali.pk]), form(mali, "rci !"))
    assert "already leads to “Côte d’Ivoire”" in page.text


def test_a_spelling_stands_once_in_a_form(desk):
    mali = Tag.objects.create_named("Mali")
    page = desk.post(reverse("admin:articles_tag_change", args=[mali.pk]), form(mali, "Mali ba", "Mali-Ba !"))
    assert "is listed twice" in page.text


def test_the_address_of_another_tags_spelling_is_taken(desk):
    TagAlias.objects.create(name="RCI", tag=Tag.objects.create_named("Côte d’Ivoire"))
    mali = Tag.objects.create_named("Mali")
    page = desk.post(reverse("admin:articles_tag_change", args=[mali.pk]), form(mali) | {"slug": "rci"})
    assert "leads to “Côte d’Ivoire”" in page.text


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_max_num_queries):
    for number in range(count):
        TagAlias.objects.create(name=f"alias {number}", tag=Tag.objects.create_named(f"tag {number}"))
    with django_assert_max_num_queries(10):
        desk.get(reverse("admin:articles_tag_changelist"))


def save(desk, tag, *aliases):
    assert desk.post(reverse("admin:articles_tag_change", args=[tag.pk]), form(tag, *aliases)).status_code == 302
    return tag


def form(tag, *aliases):
    names = {f"aliases-{number}-name": name for number, name in enumerate(aliases)}
    return (
        {"name": tag.name, "slug": tag.slug, "description": ""}
        | inline()
        | names
        | {"aliases-TOTAL_FORMS": len(aliases)}
    )


def inline():
    return {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}


def test_the_address_of_a_deleted_tag_is_gone_until_another_takes_it(desk, client):
    tag = Tag.objects.create_named("BVMAC")
    desk.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})
    assert client.get("/tag/bvmac/").status_code == 410
    assert client.get("/fr/tag/bvmac/").status_code == 410
    cast.story("Une", tags=["BVMAC"])
    assert client.get("/tag/bvmac/").status_code == 200


def test_every_field_of_the_spellings_has_a_name(desk):
    page = desk.get(reverse("admin:articles_tag_add"))
    assert page.text.count('aria-label="Name"') == 2  # the empty row, and the one that a script copies


def test_the_search_box_has_a_label_and_a_way_back(desk):
    page = desk.get(reverse("admin:articles_tag_changelist"), {"q": "port"})
    assert '<label for="searchbar">Search</label>' in page.text
    assert '<a href="?">Show all</a>' in page.text
