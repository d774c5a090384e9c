import pytest

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_tag_page_lists_newest_first():
    old = cast.story("Ancienne", tags=["BVMAC"], hours_ago=5)
    new = cast.story("Nouvelle", tags=["BVMAC"])
    tag = old.tags_in_order[0]
    assert list(Article.objects.visible().tagged(tag, "en")) == [new, old]
    assert not Article.objects.visible().tagged(tag, "fr").exists()
