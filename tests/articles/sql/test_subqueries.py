"""A QuerySet's SQL as a part of another statement."""

import pytest
from django.db import connection

from articles.models import Author
from articles.sql.subqueries import sql_of
from tests.articles import cast


@pytest.mark.django_db
def test_values_are_handed_over_beside_the_statement():
    awa = cast.author()
    statement, parameters = sql_of(Author.objects.filter(slug=awa.slug).order_by().values("pk"))
    assert awa.slug not in statement
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement}) AS found", parameters)  # noqa: S608
        assert cursor.fetchone() == (1,)
