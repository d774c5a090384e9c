"""Everything a newsroom publishes, one file for each noun: models and their QuerySets."""

from articles.models.advice_point import AdvicePoint
from articles.models.article import Article, ArticleQuerySet
from articles.models.author import Author
from articles.models.author_merge import AuthorMerge
from articles.models.autosave import Autosave
from articles.models.byline import Byline
from articles.models.change_log import ChangeLog
from articles.models.distinct_tags import DistinctTags
from articles.models.follow_up import FollowUp
from articles.models.form_browser import FormBrowser
from articles.models.former_address import FormerAddress
from articles.models.image import Image
from articles.models.image_proposal import ImageProposal
from articles.models.image_term import ImageTerm
from articles.models.keyword import Keyword
from articles.models.merged_tag import MergedTag
from articles.models.moved_link import MovedLink
from articles.models.presence import Presence
from articles.models.related_choice import RelatedChoice
from articles.models.related_list import RelatedList
from articles.models.revision import Revision
from articles.models.role import Role
from articles.models.saved_form import SavedForm
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.share_link import ShareLink
from articles.models.stuck_changes import StuckChanges
from articles.models.tag import Tag, TagAlias
from articles.models.tag_change import TagChange
from articles.models.tag_proposal import TagProposal
from articles.models.tagged_article import TaggedArticle
from articles.models.translation import Translation
from articles.models.trash import TrashEntry
from articles.models.visit import Visit
from articles.models.word_counts import WordCounts

__all__ = [
    "AdvicePoint",
    "Article",
    "ArticleQuerySet",
    "Author",
    "AuthorMerge",
    "Autosave",
    "Byline",
    "ChangeLog",
    "FollowUp",
    "FormBrowser",
    "FormerAddress",
    "Image",
    "ImageProposal",
    "ImageTerm",
    "Visit",
    "MergedTag",
    "MovedLink",
    "Presence",
    "RelatedChoice",
    "RelatedList",
    "Revision",
    "Role",
    "SavedForm",
    "SearchEntry",
    "Section",
    "ShareLink",
    "StuckChanges",
    "Tag",
    "TagAlias",
    "TagChange",
    "TagProposal",
    "TaggedArticle",
    "Translation",
    "TrashEntry",
    "DistinctTags",
    "Keyword",
    "WordCounts",
]
