import pytest

from articles.models import DistinctTags, Tag

pytestmark = pytest.mark.django_db


def test_tags_are_told_apart_once_whoever_is_named_first(koffi):
    one, two = map(Tag.objects.create_named, ("Gambie", "Zambie"))
    said = DistinctTags.objects.remember(two, one, koffi)
    assert DistinctTags.objects.remember(one, two, None) == said
    assert (said.first, said.second, said.by) == (one, two, koffi)
    assert DistinctTags.objects.pairs() == {(one.pk, two.pk)}
