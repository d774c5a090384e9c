import pytest

from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["language", "label", "slug", "q", "o", "p", "status"])
@pytest.mark.parametrize("noun", ["article", "tag", "image", "author", "section"])
def test_no_list_of_the_desk_asks_the_database_for_one(client, noun, name):
    client.force_login(cast.editor())
    assert client.get(f"/admin/articles/{noun}/?{name}=a%00").status_code == 400
