import pytest

from articles.models import Author, Image, Tag
from articles.models.page_parts import AUTHOR_COLUMNS, IMAGE_COLUMNS, TAG_COLUMNS


@pytest.mark.parametrize(("model", "names"), [(Author, AUTHOR_COLUMNS), (Tag, TAG_COLUMNS), (Image, IMAGE_COLUMNS)])
def test_rows_name_their_columns_in_the_order_of_the_fields(model, names):
    assert [field.attname for field in model._meta.concrete_fields if field.attname in names] == [*names]
