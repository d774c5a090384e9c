from django.db import migrations, models

# Whose rows public pages show: a table, and which of its rows ("" for all; {row} is the old or the new one).
PUBLIC = "{row}.status IN ('published', 'withdrawn')"
SHOWN = {
    "article": PUBLIC,
    "author": "",
    "byline": PUBLIC,
    "formeraddress": "",
    "image": "",
    "relatedchoice": "EXISTS (SELECT 1 FROM articles_article a WHERE a.id = {row}.article_id"
    " AND a.status IN ('published', 'withdrawn'))",
    "relatives": "",
    "section": "",
    "tag": "{row}.description <> '' OR {row}.story_count > 0",
    "tagalias": "",
    "taggedarticle": PUBLIC,
}
# What is new here is shown nowhere until a row of another table points to it.
SHOWN_LATER = {"author", "image"}
ROWS = {"INSERT": ["new"], "UPDATE": ["old", "new"], "DELETE": ["old"]}

SQLITE = """CREATE TRIGGER {name}_{event} AFTER {event} ON {table} {when} BEGIN
    UPDATE articles_edition SET turn = turn + 1, turned_at = strftime('%Y-%m-%d %H:%M:%f', 'now');
    INSERT INTO articles_edition (turn, turned_at)
        SELECT strftime('%s', 'now'), strftime('%Y-%m-%d %H:%M:%f', 'now')
        WHERE NOT EXISTS (SELECT 1 FROM articles_edition); END"""

FUNCTION = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {condition} THEN
        INSERT INTO articles_edition (turn, turned_at) VALUES (txid_current(), now()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL; END $$"""
TRIGGER = "CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def statements(vendor):
    for noun, shown in SHOWN.items():
        name, table = f"articles_edition_{noun}", f"articles_{noun}"
        events = [event for event in ROWS if event != "INSERT" or noun not in SHOWN_LATER]
        if vendor == "sqlite":
            for event in events:
                condition = " OR ".join(f"({shown.format(row=row)})" for row in ROWS[event])
                when = f"WHEN {condition}" if shown else ""
                yield SQLITE.format(name=name, event=event, table=table, when=when)
        else:
            condition = " OR ".join(f"({shown.format(row=row)})" for row in ROWS["UPDATE"]) if shown else "true"
            yield FUNCTION.format(name=name, condition=condition)
            yield TRIGGER.format(name=name, table=table, events=" OR ".join(events))


def make_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    for noun in SHOWN:
        if schema_editor.connection.vendor == "sqlite":
            for event in ROWS:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS articles_edition_{noun}_{event}", params=None)
        else:
            schema_editor.execute(f"DROP FUNCTION articles_edition_{noun} CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_relatives"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("turn", models.BigIntegerField(primary_key=True, serialize=False)),
                ("turned_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
