import pytest
from django.urls import reverse

from articles.models import FormerAddress
from tests.articles import cast

pytestmark = pytest.mark.django_db


def rename(client, section, slug):
    section.refresh_from_db()
    url = reverse("admin:articles_section_change", args=[section.pk])
    fields = {"name": section.name, "slug": slug, "position": 0, "in_menu": "on", "name_fr": "Banque"}
    assert client.post(url, fields).status_code == 302


@pytest.fixture
def desk(client):
    client.force_login(cast.editor())
    return client


def test_a_changed_slug_leaves_a_redirect(desk):
    section = cast.section()
    rename(desk, section, "banks")
    assert FormerAddress.objects.target_of("/section/finance/").target == section


def test_there_and_back_leaves_no_loop(desk):
    section = cast.section()
    rename(desk, section, "banks")
    rename(desk, section, "finance")
    assert [row.path for row in FormerAddress.objects.all()] == ["/section/banks/"]


def test_a_section_has_a_name_in_each_language(desk):
    section = cast.section()
    rename(desk, section, "finance")
    section.refresh_from_db()
    assert section.other_names == {"fr": "Banque"}


def test_a_desk_in_french_keeps_the_same_address(desk):
    section = cast.section()
    desk.cookies["django_language"] = "fr"
    rename(desk, section, "banks")
    assert [row.path for row in FormerAddress.objects.all()] == ["/section/finance/"]
