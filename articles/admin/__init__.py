"""The desk: Django's admin in newsroom words, one file a noun."""

from articles.admin import authors, sections, tags

__all__ = ["authors", "sections", "tags"]
