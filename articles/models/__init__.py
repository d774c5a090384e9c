"""Everything a newsroom publishes, one file a noun. Import from here."""

from articles.models.article import Article, ArticleQuerySet, StaleStory
from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.former_address import FormerAddress, plain_path
from articles.models.image import Image
from articles.models.related_choice import RelatedChoice
from articles.models.search_entry import SearchEntry, facet, moment_at
from articles.models.section import Section
from articles.models.tag import Tag, TagAlias
from articles.models.tagged_article import TaggedArticle

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Author",
    "Byline",
    "FormerAddress",
    "Image",
    "RelatedChoice",
    "SearchEntry",
    "Section",
    "StaleStory",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "facet",
    "moment_at",
    "plain_path",
]
