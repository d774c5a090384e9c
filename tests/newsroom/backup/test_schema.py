"""Whether a backup fits this version is a matter of the migrations of our own apps."""

import pytest

from newsroom.backup.schema import applied_migrations, known_migrations


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_knows_every_migration_of_ours_and_no_other():
    assert "articles.0001_initial" in known_migrations()
    assert {"articles", "newsroom"} == {name.partition(".")[0] for name in known_migrations()}
    assert [name for name in applied_migrations() if "later" not in name] == known_migrations()
