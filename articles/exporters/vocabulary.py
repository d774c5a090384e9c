"""The tags as a CSV file, which a spreadsheet opens and the import takes back."""

from __future__ import annotations

import csv
from collections import defaultdict
from io import StringIO

from articles.models import Tag, TagAlias
from articles.spreadsheets import VOCABULARY_COLUMNS, escape_formula, join_names

BOM = "\ufeff"  # without it, Excel takes UTF-8 for another encoding


def vocabulary_csv(delimiter: str = ",") -> str:
    """Return a header and a line for each tag, ordered by key. Two queries."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for tag, _key, name in sorted(TagAlias.objects.order_by().values_list("tag", "key", "name")):
        aliases[tag].append(name)
    file = StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(VOCABULARY_COLUMNS)
    tags = Tag.objects.order_by("key").values_list("pk", "name", "slug", "description", "story_count")
    for pk, name, slug, description, count in tags:
        writer.writerow([*map(escape_formula, (name, slug, description, join_names(aliases[pk]))), count])
    return BOM + file.getvalue()
