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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("koné", ["Adèle Koné", "Awa Kone"]),
        ("KONE awa", ["Awa Kone"]),
        ("adè", ["Adèle Koné"]),
        ("adè koné", []),  # a beginning counts at the end of the text alone
        ("ad", []),
        ("li", ["Li"]),
        ("dele", []),
        ("عائشة", ["عائشة"]),
        ("%", []),
        ("_", []),
        ("a" * 5000, []),
        ("awa " * 300, ["Awa Kone"]),
    ],
)
def test_authors_are_found_by_the_words_of_their_name(text, wanted):
    Author.objects.for_names(["Adèle Koné", "Awa Kone", "Li", "عائشة"])
    assert [str(author) for author in Author.objects.named(text)] == wanted


def test_an_author_whose_slug_is_another_is_found_by_the_whole_name():
    cast.author("Awa Diop", "a-d")
    assert [str(author) for author in Author.objects.named("Awa Diop")] == ["Awa Diop"]
