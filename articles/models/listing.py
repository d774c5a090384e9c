"""What a link to a story repeats of it, so that one index serves a tag's or an author's page.

Without these columns, the newest twenty stories of a tag on 300,000 of them would mean reading all of its
links, then sorting. `Article.update_listings()` keeps the copies true.
"""

from __future__ import annotations

from django.db import models


class Listing(models.Model):
    # Not a boolean: SQLite uses an index for “status = …”, not for the bare column that Django writes for True.
    status = models.CharField(max_length=20, default="draft", editable=False)
    publish_at = models.DateTimeField(null=True, editable=False)
    language = models.CharField(max_length=10, default="", editable=False)

    class Meta:
        abstract = True
