"""The database's triggers, as data: they keep the change log and the search index true, whatever code writes a row.

`migrate` creates those that are missing or not as this version has them. Before it changes tables of the newsroom, it
drops those that would stand in the way: to change a column, SQLite rebuilds the table, which fails when the trigger of
another table names it, and drops those of its own. On PostgreSQL the function of a trigger fails when a column that it
names, or one without a default, has come or gone, and its column keeps its type. A migration that fails leaves them
dropped: `check --database` and /health/ name them, and the next `migrate` creates them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from articles import keys
from articles.keys import KeySQL
from articles.models import ChangeLog, SearchEntry, Tag
from articles.models.change_log import BULK_LOAD
from articles.sql.triggers import (
    DELETE,
    INSERT,
    ROWS_OF_EVENT,
    UPDATE,
    Trigger,
    any_differs,
    columns_of_table,
    create_triggers,
    drop_named_triggers,
    triggers_in_place,
)

PREFIX = "articles_"  # of the names of all of them
CHANGES = "articles_changes"  # of the names of the change log's triggers
SEARCH = SearchEntry._meta.db_table

# Conditions for rows that public pages show
IS_PUBLIC = "{row}.status IN ('published', 'withdrawn')"
IS_OF_PUBLIC_STORY = (
    "EXISTS (SELECT 1 FROM articles_article a WHERE a.id = {row}.article_id AND a.status IN ('published', 'withdrawn'))"
)

# True unless this transaction has logged already that everything changes, as a bulk load does
IS_LOGGED = f"NOT EXISTS (SELECT 1 FROM articles_changelog WHERE key = '{keys.EVERYTHING}' AND txid = {{}})"  # noqa: S608
TXID = {"sqlite": str(BULK_LOAD), "postgresql": "txid_current()"}

# Columns of a story. One that is not named here counts for lists, teasers and its own page alike.
DESK_COLUMNS = {"version", "saved_at", "waiting_id", "due_id", "created_by_id", "created_at", "source_id"}
PAGE_COLUMNS = {
    *("body", "word_count", "lead_caption", "dateline", "due_at", "embargo_until", "changed_at"),
    "withdrawal_reason",
}
TEASER_COLUMNS = {
    *("headline", "slug", "address_date", "kicker", "standfirst", "lead_image_id", "first_published_at"),
    *("compact_teaser", "long_teaser", "compact_text", "long_text"),
}
# What sitemaps say of it, and what makes it public at its address
ADDRESS_COLUMNS = {
    *("status", "publish_at", "unpublish_at", "language", "slug", "address_date", "changed_at", "headline"),
}


@dataclass(frozen=True)
class KeyRule:
    """The keys that changes of a table's rows write into the change log."""

    name: str
    table: str
    keys: tuple[KeySQL, ...]
    events: tuple[str, ...] = (INSERT, UPDATE, DELETE)
    shown: str = ""  # a condition that {row}, the old or the new one, fulfils when pages show it; "" for all rows
    ignored: frozenset[str] = frozenset()  # an UPDATE of these columns alone changes nothing
    watched: frozenset[str] = frozenset()  # an UPDATE of others than these changes nothing; empty for all


def _row(noun: str, *others: str) -> tuple[KeySQL, ...]:
    return (KeySQL(f"'{noun}-' || {{row}}.id"), *(KeySQL(f"'{key}'") for key in others))


TRIGGER_RULES = (
    KeyRule("page", "articles_article", keys.STORY_PAGE, (UPDATE,), IS_PUBLIC, frozenset(DESK_COLUMNS)),
    KeyRule(
        "story",
        "articles_article",
        keys.KEYS_OF_STORY,
        (UPDATE, DELETE),
        IS_PUBLIC,
        frozenset(DESK_COLUMNS | PAGE_COLUMNS),
    ),
    KeyRule("updated", "articles_article", keys.STORY_UPDATED, (UPDATE,), IS_PUBLIC, watched=frozenset({"changed_at"})),
    KeyRule(
        "lists",
        "articles_article",
        keys.STORY_LISTS,
        shown=IS_PUBLIC,
        ignored=frozenset(DESK_COLUMNS | PAGE_COLUMNS | TEASER_COLUMNS),
    ),
    KeyRule("sitemap", "articles_article", keys.STORY_ADDRESS, shown=IS_PUBLIC, watched=frozenset(ADDRESS_COLUMNS)),
    KeyRule("byline", "articles_byline", keys.BYLINE, shown=IS_PUBLIC),
    KeyRule("tagging", "articles_taggedarticle", keys.TAGGING, shown=IS_PUBLIC),
    KeyRule("picture", "articles_article_body_images", keys.PART_OF_STORY, shown=IS_OF_PUBLIC_STORY),
    KeyRule("choice", "articles_relatedchoice", keys.PART_OF_STORY, shown=IS_OF_PUBLIC_STORY),
    KeyRule("related", "articles_relatedlist", keys.PART_OF_STORY),
    # A new row here is shown nowhere until a row of another table points to it.
    KeyRule("author", "articles_author", _row("author", keys.AUTHOR_LIST), (UPDATE, DELETE)),
    KeyRule("image", "articles_image", _row("image"), (UPDATE, DELETE)),
    KeyRule("section", "articles_section", _row("section", keys.SITE), ignored=frozenset({"story_count"})),
    KeyRule("counts", "articles_section", (KeySQL("'section-counts'"),), (UPDATE,), watched=frozenset({"story_count"})),
    KeyRule(
        "tag",
        "articles_tag",
        _row("tag", keys.TAG_LIST),
        shown="{row}.description <> '' OR {row}.story_count > 0",
        ignored=frozenset({"story_count", "last_used_at"}),
    ),
    KeyRule(
        "tag_counts",
        "articles_tag",
        (KeySQL(f"'{keys.TAG_COUNTS}'"),),
        (UPDATE,),
        f"{{row}}.story_count < {Tag.MIN_INDEXED_STORIES}",
        watched=frozenset({"story_count"}),
    ),
    # By these, addresses lead somewhere else, or no longer do.
    KeyRule("author_slug", "articles_author", (keys.SLUG,), (INSERT, UPDATE), watched=frozenset({"slug"})),
    KeyRule("tag_slug", "articles_tag", (keys.SLUG,), (INSERT, UPDATE), watched=frozenset({"slug"})),
    KeyRule("alias", "articles_tagalias", (KeySQL("'tag-' || {row}.tag_id"),)),
    KeyRule("address", "articles_formeraddress", (KeySQL(f"'{keys.ADDRESSES}'"),)),
)

# On SQLite a key has one row, that of its last change.
SQLITE_CHANGES = """CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN
        DELETE FROM articles_changelog WHERE key IN ({keys});
        INSERT INTO articles_changelog (txid, key, changed_at)
        SELECT 0, key, strftime('%Y-%m-%d %H:%M:%f', 'now') FROM (SELECT NULL AS key UNION {keys})
        WHERE key IS NOT NULL; END"""
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

# The plan that a session made while the log was short is kept while it grows: it has to use the index from the start.
POSTGRESQL_CHANGES = """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off AS $$ BEGIN
        IF {condition} THEN
            INSERT INTO articles_changelog (txid, key, changed_at)
            SELECT txid_current(), key, now() FROM ({keys}) AS changed (key) WHERE key IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM articles_changelog log WHERE log.key = changed.key AND log.txid = txid_current());
        END IF;
        RETURN NULL; END $$;
    DROP TRIGGER IF EXISTS {name} ON {table};
    CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"""
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


def missing_triggers() -> list[str]:
    """Return the names of the triggers that the database lacks, has switched off, or has of another version."""
    in_place = triggers_in_place(PREFIX)
    return [trigger.name for trigger in all_triggers() if not trigger.is_among(in_place)]


def create_missing_triggers(**_kwargs: Any) -> None:
    """Create what the database lacks, once all tables are there, and drop what it has of another version.

    A post_migrate receiver. Pages that were stored while a trigger was missing are rendered again, and search finds
    what was saved meanwhile.
    """
    in_place, wanted = triggers_in_place(PREFIX), all_triggers()
    needed = [trigger for trigger in wanted if not trigger.is_among(in_place)]
    outdated = in_place.keys() - {trigger.name for trigger in wanted if trigger not in needed}
    tables = set(connection.introspection.table_names())
    if not {ChangeLog._meta.db_table, *(trigger.table for trigger in wanted)} <= tables:
        return
    if not (needed or outdated):
        if not ChangeLog.objects.exists():  # as after `flush`, which fires no trigger on PostgreSQL
            ChangeLog.objects.add_everything()
        return
    with transaction.atomic():
        drop_named_triggers(outdated)
        create_triggers(needed)
        ChangeLog.objects.add_everything()
        if any(trigger.table == SEARCH for trigger in needed):
            SearchEntry.objects.repair_index()


def drop_triggers(plan: list[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Drop what a change of the newsroom's tables would trip over: a pre_migrate receiver.

    On SQLite, those of the search go with their table alone: to build its index again takes long.
    """
    if any(migration.app_label == "articles" for migration, _is_backwards in plan):
        names = triggers_in_place(PREFIX)
        stays = f"{PREFIX}search_" if connection.vendor == "sqlite" else None
        drop_named_triggers(name for name in names if not (stays and name.startswith(stays)))


def all_triggers() -> list[Trigger]:
    """Return every trigger that the database of this connection should have."""
    if connection.vendor == "sqlite":
        search = [Trigger(f"articles_search_{event}", SEARCH, sql) for event, sql in SQLITE_SEARCH.items()]
    else:
        search = [Trigger("articles_search_document", SEARCH, POSTGRESQL_SEARCH)]
    return [*search, *_change_triggers(connection.vendor)]


def _change_triggers(vendor: str) -> Iterator[Trigger]:
    form = SQLITE_CHANGES if vendor == "sqlite" else POSTGRESQL_CHANGES
    columns = {table: columns_of_table(table) for table in {rule.table for rule in TRIGGER_RULES if rule.ignored}}
    for rule in TRIGGER_RULES:
        for event in rule.events:
            name = f"{CHANGES}_{rule.name}_{event.lower()}"
            rows = ROWS_OF_EVENT[event]
            selects = [select for row in rows for key in rule.keys for select in key.selects(vendor, row)]
            condition = _condition(rule, event, columns.get(rule.table, []))
            sql = form.format(
                name=name, table=rule.table, event=event, condition=condition, keys=" UNION ".join(selects)
            )
            yield Trigger(name, rule.table, sql)


def _condition(rule: KeyRule, event: str, columns: list[str]) -> str:
    shown = " OR ".join(f"({rule.shown.format(row=row)})" for row in ROWS_OF_EVENT[event]) if rule.shown else "true"
    logged = IS_LOGGED.format(TXID[connection.vendor])
    if event != UPDATE or not (rule.ignored or rule.watched):
        return f"({shown}) AND {logged}"
    counting = [name for name in sorted(rule.watched) or columns if name not in rule.ignored]
    return f"({shown}) AND ({any_differs(counting)}) AND {logged}"
