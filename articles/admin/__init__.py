"""The desk: Django's admin with the newsroom's own pages. Importing this registers every page."""

from articles.admin import authors, sections, site, trash
from articles.admin.pictures.admin import ImageAdmin
from articles.admin.stories.admin import ArticleAdmin
from articles.admin.tags.admin import TagAdmin

__all__ = ["ArticleAdmin", "ImageAdmin", "TagAdmin", "authors", "sections", "site", "trash"]
