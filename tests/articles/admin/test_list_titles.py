"""Each list of the desk is headed by what it lists, as its link in the masthead is."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("articles/article", "Stories"),
        ("articles/image", "Pictures"),
        ("articles/section", "Sections"),
        ("articles/tag", "Tags"),
        ("newsroom/user", "People"),
    ],
)
def test_a_list_is_headed_by_what_it_lists(admin_client, path, name):
    page = admin_client.get(f"/admin/{path}/").text
    assert f"<h1>{name}</h1>" in page
    assert f"<title>{name} – " in page


def test_a_story_begins_with_the_same_words_everywhere(admin_client):
    for path in ("/admin/", "/admin/articles/article/"):
        assert "New story</a>" in admin_client.get(path).text
