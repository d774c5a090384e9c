from django.db import migrations

# Long texts: as small as with pglz in a fraction of the time. Some servers are built without it.
COMPRESSION = """DO $$ BEGIN
    ALTER TABLE articles_article ALTER body SET COMPRESSION {method};
    ALTER TABLE articles_searchentry ALTER words SET COMPRESSION {method}, ALTER document SET COMPRESSION {method};
    EXCEPTION WHEN feature_not_supported THEN NULL; END $$"""


def execute(*statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_edition"),
    ]

    operations = [
        migrations.RunPython(
            execute(COMPRESSION.format(method="lz4")),
            execute(COMPRESSION.format(method="default")),
        ),
    ]
