"""The desk: Django's admin in newsroom words, one file a noun."""

from articles.admin import articles, authors, images, logins, sections, site, tags

__all__ = ["articles", "authors", "images", "logins", "sections", "site", "tags"]
