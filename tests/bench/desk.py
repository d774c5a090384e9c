"""A desk that publishes and corrects stories: `python -m tests.bench.desk`, with a DATABASE_URL.

For each line that it reads, `publish` or `correct`, it changes a story through the importer's door, and then says where
the change shows, as JSON. A process of its own, as Django knows one database a process.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.archive import Archive, as_line

SEED = 3  # another than that of the archive, and of the editors


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.importers import json_lines
    from articles.importers.items import ImportedStory
    from articles.importers.stories import StoryImporter
    from articles.models import Article, Section

    archive = Archive(10**6, SEED)
    stories = entries(archive)
    story = next(stories)
    source = json_lines.read_json_lines(as_line(archive.meta()), [])
    sections = {section.slug: section for section in Section.objects.filter(slug__in=source.names)}
    importer = StoryImporter(next(iter(sections.values())), sections)
    for line in sys.stdin:
        if line.strip() == "publish":
            story = next(stories)
        else:
            story["title"] = f"{story['title']}, corrected"
        [item] = json_lines.read_json_lines(as_line(archive.meta()), [as_line(story)]).entries
        assert isinstance(item, ImportedStory), item
        importer.write(item)
        found = Article.objects.get(source_id=item.source_id)
        print(json.dumps({"path": found.get_absolute_url(), "text": item.headline}), flush=True)


def entries(archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield stories that are published at the moment at which they are taken."""
    for number in range(archive.size):
        now = datetime.datetime.now(datetime.UTC).isoformat()
        yield archive.story(number) | {"id": f"desk-{now}", "published": now}


if __name__ == "__main__":
    main()
