"""The database's triggers, as data: they keep the edition and the search index true, whatever code writes a row.

`migrate` creates those that are missing. Before it changes tables, it drops those of the edition: to change a column,
SQLite rebuilds the table, which drops its triggers, and fails when the trigger of another table names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction

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
EDITION = "articles_edition"  # the table, and what the names of its triggers start with

# One row alone: a dump of PostgreSQL brings many, and two of them would get the same number.
SQLITE_TURN = """UPDATE articles_edition SET turn = turn + 1, turned_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
        WHERE turn = (SELECT MAX(turn) FROM articles_edition);
    INSERT INTO articles_edition (turn, turned_at)
        SELECT strftime('%s', 'now'), strftime('%Y-%m-%d %H:%M:%f', 'now')
        WHERE NOT EXISTS (SELECT 1 FROM articles_edition);"""
SQLITE_EDITION = "CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {turn} END"
# https://www.sqlite.org/fts5.html#external_content_tables
SQLITE_SEARCH = {
    "insert": """CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_searchentry BEGIN
        INSERT INTO articles_search(rowid, words) VALUES (new.moment, new.words); END""",
    "delete": """CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_searchentry BEGIN
        INSERT INTO articles_search(articles_search, rowid, words) VALUES ('delete', old.moment, old.words); END""",
    "update": """CREATE TRIGGER articles_search_update AFTER UPDATE ON articles_searchentry BEGIN
        INSERT INTO articles_search(articles_search, rowid, words) VALUES ('delete', old.moment, old.words);
        INSERT INTO articles_search(rowid, words) VALUES (new.moment, new.words); END""",
}

POSTGRESQL_TURN = (
    "INSERT INTO articles_edition (turn, turned_at) VALUES (txid_current(), now()) ON CONFLICT DO NOTHING;"
)
POSTGRESQL_EDITION = """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {condition} THEN {turn} END IF;
        RETURN NULL; END $$;
    DROP TRIGGER IF EXISTS {name} ON {table};
    CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"""
# Terms are taken as they are, by their place, so that PostgreSQL's own parser and locale play no part. A tsvector
# counts places up to 16,383. A bulk load brings the document along; every other row gets it here.
POSTGRESQL_SEARCH = """CREATE OR REPLACE FUNCTION articles_search_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND new.document IS NOT NULL THEN RETURN new; END IF;
        SELECT coalesce(string_agg(quote_literal(term) || ':' || least(place, 16383), ' '), '')::tsvector
        INTO new.document FROM unnest(string_to_array(new.words, ' ')) WITH ORDINALITY AS t(term, place);
        RETURN new; END $$;
    DROP TRIGGER IF EXISTS articles_search_document ON articles_searchentry;
    CREATE TRIGGER articles_search_document BEFORE INSERT OR UPDATE OF words ON articles_searchentry
        FOR EACH ROW EXECUTE FUNCTION articles_search_document()"""

IN_PLACE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)""",
}


class Trigger(NamedTuple):
    name: str
    table: str
    sql: str


def missing_triggers() -> list[str]:
    """Return the names of the triggers that the database lacks or has switched off. One query of its catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(IN_PLACE[connection.vendor])
        in_place = {name for [name] in cursor.fetchall()}
    return [trigger.name for trigger in all_triggers() if trigger.name not in in_place]


def create_missing_triggers(**_kwargs: Any) -> None:
    """Create what the database lacks, once all tables are there: a post_migrate receiver.

    Pages that were stored while they were missing are rendered again.
    """
    names, tables = set(missing_triggers()), set(connection.introspection.table_names())
    needed = [trigger for trigger in all_triggers() if trigger.name in names]
    if not needed or not tables >= {EDITION, *(trigger.table for trigger in all_triggers())}:
        return
    turn = SQLITE_TURN if connection.vendor == "sqlite" else POSTGRESQL_TURN
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in [*(trigger.sql for trigger in needed), *turn.split(";\n")]:
            cursor.execute(sql)


def drop_edition_triggers(plan: list[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Drop what a change of tables would trip over: a pre_migrate receiver."""
    if not plan or not (connection.vendor == "sqlite" or any(is_backwards for _migration, is_backwards in plan)):
        return
    drop = "DROP TRIGGER IF EXISTS {}" if connection.vendor == "sqlite" else "DROP FUNCTION IF EXISTS {} CASCADE"
    with connection.cursor() as cursor:
        for trigger in all_triggers():
            if trigger.name.startswith(EDITION):
                cursor.execute(drop.format(trigger.name))


def all_triggers() -> list[Trigger]:
    """Return every trigger that the database of this connection should have."""
    if connection.vendor == "sqlite":
        search = [
            Trigger(f"articles_search_{event}", "articles_searchentry", sql) for event, sql in SQLITE_SEARCH.items()
        ]
    else:
        search = [Trigger("articles_search_document", "articles_searchentry", POSTGRESQL_SEARCH)]
    return [*search, *_edition_triggers(connection.vendor)]


def _edition_triggers(vendor: str) -> Iterator[Trigger]:
    for noun, shown in SHOWN.items():
        events = [event for event in ROWS if event != "INSERT" or noun not in SHOWN_LATER]
        if vendor == "sqlite":
            yield from (_sqlite_trigger(noun, event, shown) for event in events)
        else:
            yield _postgresql_trigger(noun, events, shown)


def _sqlite_trigger(noun: str, event: str, shown: str) -> Trigger:
    name, table = f"{EDITION}_{noun}_{event}", f"articles_{noun}"
    when = f"WHEN {_any_row(shown, event)}" if shown else ""
    sql = SQLITE_EDITION.format(name=name, event=event, table=table, when=when, turn=SQLITE_TURN)
    return Trigger(name, table, sql)


def _postgresql_trigger(noun: str, events: list[str], shown: str) -> Trigger:
    """One for all events: of rows that are not there, the condition is unknown."""
    name, table = f"{EDITION}_{noun}", f"articles_{noun}"
    condition = _any_row(shown, "UPDATE") if shown else "true"
    sql = POSTGRESQL_EDITION.format(
        name=name, table=table, events=" OR ".join(events), condition=condition, turn=POSTGRESQL_TURN
    )
    return Trigger(name, table, sql)


def _any_row(shown: str, event: str) -> str:
    return " OR ".join(f"({shown.format(row=row)})" for row in ROWS[event])
