"""Rows that have, or lack, a row of another table."""

import pytest
from django.db.models import OuterRef

from articles.models import Author
from articles.sql.row_lookups import has_row
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_what_has_a_row_and_what_has_none_is_everything():
    image = cast.image()
    with_photo, without = cast.author("Awa", "awa", photo=image), cast.author("Koffi", "koffi")
    condition = has_row(type(image).objects.filter(pk=OuterRef("photo")))
    assert [*Author.objects.filter(condition)] == [with_photo]
    assert [*Author.objects.exclude(condition)] == [without]
