import pytest

from articles.models import Author
from tests.articles import cast

pytestmark = pytest.mark.django_db

BAD = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "ftp://x.org/", "/x"]


@pytest.mark.parametrize("address", BAD)
def test_only_web_pages_are_linked_whatever_the_database_holds(address):
    author = cast.author()
    Author.objects.update(website=address, mastodon="https://mastodon.example/@awa")
    author.refresh_from_db()
    assert author.links == [("Mastodon", "https://mastodon.example/@awa")]
