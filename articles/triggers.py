"""The database's triggers, as data: they keep the edition and the search index true, whatever code writes a row.

`migrate` creates those that are missing. Before it changes tables of the newsroom, it drops those that would stand in
the way: to change a column, SQLite rebuilds the table, which fails when the trigger of another table names it, and
drops those of its own. On PostgreSQL the function of a trigger fails when a column that it names, or one without a
default, has come or gone, and its column keeps its type. A migration that fails leaves them dropped: `check --database`
and /health/ name them, and the next `migrate` creates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction

from articles.models import SearchEntry

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
    "relatedlist": "",
    "section": "",
    "tag": "{row}.description <> '' OR {row}.story_count > 0",
    "tagalias": "",
    "taggedarticle": PUBLIC,
}
# What is new here is shown nowhere until a row of another table points to it.
SHOWN_LATER = {"author", "image"}
ROWS = {"INSERT": ["new"], "UPDATE": ["old", "new"], "DELETE": ["old"]}
EDITION = "articles_edition"  # the table, and what the names of its triggers start with
SEARCH = SearchEntry._meta.db_table

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
    in_place = _names_in_place()
    return [trigger.name for trigger in all_triggers() if trigger.name not in in_place]


def create_missing_triggers(**_kwargs: Any) -> None:
    """Create what the database lacks, once all tables are there, and drop what it has of another version.

    A post_migrate receiver. Pages that were stored while a trigger was missing are rendered again, and search finds
    what was saved meanwhile.
    """
    in_place, wanted = _names_in_place(), all_triggers()
    needed = [trigger for trigger in wanted if trigger.name not in in_place]
    outdated = in_place - {trigger.name for trigger in wanted}
    tables = connection.introspection.table_names() if needed or outdated else []
    if not {EDITION, *(trigger.table for trigger in wanted)} <= set(tables):
        return
    turn = SQLITE_TURN if connection.vendor == "sqlite" else POSTGRESQL_TURN
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(outdated)
        for sql in [*(trigger.sql for trigger in needed), *turn.split(";\n")]:
            cursor.execute(sql)
        if any(trigger.table == SEARCH for trigger in needed):
            SearchEntry.objects.mend()


def drop_triggers(plan: list[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Drop what a change of the newsroom's tables would trip over: a pre_migrate receiver.

    On SQLite, those of the search go with their table alone: to build its index again takes long.
    """
    if any(migration.app_label == "articles" for migration, _is_backwards in plan):
        names = _names_in_place()
        _drop(name for name in names if connection.vendor == "postgresql" or not name.startswith("articles_search_"))


def _names_in_place() -> set[str]:
    """Return the names of the newsroom's triggers in the database, of this version and of others."""
    with connection.cursor() as cursor:
        cursor.execute(IN_PLACE[connection.vendor])
        return {name for [name] in cursor.fetchall() if name.startswith("articles_")}


def _drop(names: Iterable[str]) -> None:
    drop = "DROP TRIGGER {}" if connection.vendor == "sqlite" else "DROP FUNCTION {} CASCADE"
    with transaction.atomic(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(drop.format(name))


def all_triggers() -> list[Trigger]:
    """Return every trigger that the database of this connection should have."""
    if connection.vendor == "sqlite":
        search = [Trigger(f"articles_search_{event}", SEARCH, sql) for event, sql in SQLITE_SEARCH.items()]
    else:
        search = [Trigger("articles_search_document", SEARCH, POSTGRESQL_SEARCH)]
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
