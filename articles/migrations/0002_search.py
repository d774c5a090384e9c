"""The index of the search, and the compression of long texts: what Django's models cannot express for two databases."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Func

# An index that holds no text of its own, kept in step by triggers (articles/triggers.py).
# https://www.sqlite.org/fts5.html#external_content_tables
SQLITE_INDEX = """CREATE VIRTUAL TABLE articles_search USING fts5(
    words, content='articles_searchentry', content_rowid='moment', prefix='3 4',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '_'")"""

# The index of words also tells the period of each entry (articles/search/spans.py): the newest stories that hold
# common words are found without reading which others hold them.
SPANS = ", ".join(f"(moment >> {bits}) * 8 + {level}" for level, bits in enumerate((42, 46, 50, 54, 58)))
POSTGRESQL_INDEX = GinIndex(
    F("document"), Func(template=f"ARRAY[{SPANS}]"), name="articles_search_document", fastupdate=False
)
# As small as with pglz in a fraction of the time. Some servers are built without it.
COMPRESSION = """DO $$ BEGIN
    ALTER TABLE articles_article ALTER body SET COMPRESSION lz4;
    ALTER TABLE articles_searchentry ALTER words SET COMPRESSION lz4, ALTER document SET COMPRESSION lz4;
    EXCEPTION WHEN feature_not_supported THEN NULL; END $$"""


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_INDEX, params=None)
    else:
        schema_editor.add_index(apps.get_model("articles", "SearchEntry"), POSTGRESQL_INDEX)
        schema_editor.execute(COMPRESSION, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS articles_search_{event}", params=None)
        schema_editor.execute("DROP TABLE articles_search", params=None)
    else:
        schema_editor.remove_index(apps.get_model("articles", "SearchEntry"), POSTGRESQL_INDEX)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
