"""The counters from which new rows get their ids: loaddata sets them by the rows that it loaded.

Ids of deleted rows are still named: a version of a story names its tags, people, pictures and related stories, the log
of tags the rows that an undo brings back. A new row with such an id would be taken for the old one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, models

from articles.models import content as contents
from articles.models.article import Article
from articles.models.author import Author
from articles.models.choices import model_of_choice
from articles.models.image import Image
from articles.models.merged_tag import MergedTag
from articles.models.moved_link import MovedLink
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.tag import Tag
from articles.models.tag_change import TagChange
from articles.models.trash import TrashEntry

NamedRow = tuple[type[models.Model], int]  # a table and an id in it
MAX_ROWS = 2**31  # of a table: a larger id was typed into a text by hand


def skip_named_ids() -> None:
    """Let no new row get an id that a version, a log, a change of tags or the trash names. Reads every version once."""
    last: dict[type[models.Model], int] = defaultdict(int)
    for named in (_in_versions(), _in_changes_of_tags(), _in_the_log(), _in_the_trash()):
        for model, pk in named:
            last[model] = max(last[model], pk if pk < MAX_ROWS else 0)
    for model, pk in last.items():
        _skip(model, pk)


def _in_versions() -> Iterator[NamedRow]:
    for content in Revision.objects.values_list("stored", flat=True).iterator():
        for name in contents.SINGLE_CHOICES:
            if pair := content.get(name):
                yield model_of_choice(name), pair[0]
        lists = {"authors": Author, "tags": Tag} | dict.fromkeys(contents.RELATED_PLACES, Article)
        yield from ((model, pk) for name, model in lists.items() for pk, *_words in content.get(name) or ())
        yield from ((Image, pk) for pk in contents.picture_ids(content))


def _in_changes_of_tags() -> Iterator[NamedRow]:
    yield from ((Tag, pk) for pk in MergedTag.objects.values_list("pk", flat=True))
    for tag, record in TagChange.objects.values_list("tag_id", "record").iterator():
        yield Tag, tag
        for table, *sides in record.get("rows", ()):
            yield from ((apps.get_model("articles", table), row["id"]) for row in sides if row)
    for model, name in ((Tag, "tag_id"), (Article, "article_id")):
        yield model, MovedLink.objects.aggregate(last=models.Max(name))["last"] or 0


def _in_the_log() -> Iterator[NamedRow]:
    entries = LogEntry.objects.order_by().values_list("content_type__model", "object_id").distinct()
    by_name = {model._meta.model_name: model for model in (Article, Author, Image, Section, Tag)}
    for name, pk in entries.filter(content_type__app_label="articles", content_type__model__in=by_name).iterator():
        yield by_name[name], int(str(pk))


def _in_the_trash() -> Iterator[NamedRow]:
    for kind, number in TrashEntry.objects.values_list("kind", "number").iterator():
        yield apps.get_model("articles", kind), number


def _skip(model: type[models.Model], last: int) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            newest = model._base_manager.aggregate(newest=models.Max("pk"))["newest"] or 1
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, max(last, newest)])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s AND seq < %s", [last, table, last])
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE NOT EXISTS"
            " (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
            [table, last, table],
        )
