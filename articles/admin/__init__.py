"""The desk: Django's admin in newsroom words, one file a noun."""

from articles.admin import articles, authors, sections, site, tags

__all__ = ["articles", "authors", "sections", "site", "tags"]
