from django.db import migrations

# The index of words tells the period of each entry too (articles/search/spans.py): so the newest stories that hold
# common words are found without reading which others hold them.
SPANS = ", ".join(f"(moment >> {bits}) * 8 + {level}" for level, bits in enumerate((42, 46, 50, 54, 58)))
NAME = "articles_search_document"
MAKE = "CREATE INDEX {name} ON articles_searchentry USING gin ({columns}) WITH (fastupdate = off)"


def index(columns):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET LOCAL statement_timeout = 0", params=None)  # minutes in a large archive
            # The old one goes last: readers search meanwhile.
            schema_editor.execute(MAKE.format(name=f"{NAME}_new", columns=columns), params=None)
            schema_editor.execute(f"DROP INDEX {NAME}", params=None)
            schema_editor.execute(f"ALTER INDEX {NAME}_new RENAME TO {NAME}", params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_image_proposals"),
    ]

    operations = [
        migrations.RunPython(index(f"document, (ARRAY[{SPANS}])"), index("document")),
    ]
