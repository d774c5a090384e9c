import pytest

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_what_somebody_paid_for_is_told_from_the_rest():
    ours, paid = cast.story("Récit"), cast.story("Publireportage", label=Article.Label.SPONSORED)
    assert (ours.is_paid, paid.is_paid) == (False, True)
    assert list(Article.objects.unpaid()) == [ours]


def test_a_tag_page_lists_newest_first():
    old = cast.story("Ancienne", tags=["BVMAC"], hours_ago=5)
    new = cast.story("Nouvelle", tags=["BVMAC"])
    tag = old.tags_in_order[0]
    assert list(Article.objects.visible().tagged(tag, "en")) == [new, old]
    assert not Article.objects.visible().tagged(tag, "fr").exists()
