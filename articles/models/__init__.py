"""Everything a newsroom publishes, one file a noun. Import from here."""

from articles.models.article import Article, ArticleQuerySet, StaleStory
from articles.models.article_queryset import SIGNED_KEPT, TEASERS_KEPT
from articles.models.author import Author
from articles.models.autosave import Autosave
from articles.models.by_month import bounds_of
from articles.models.byline import Byline
from articles.models.content import (
    LISTS,
    RELATED,
    TEXTS,
    Choices,
    Content,
    Edit,
    changed_fields,
    named,
    named_choices,
    named_today,
    same,
    tidied,
    well_formed,
)
from articles.models.copying import copy_in, new_ids
from articles.models.edition import Edition
from articles.models.follow_up import FollowUp, work_waits
from articles.models.form_browser import LIFETIME as BROWSER_LIFETIME
from articles.models.form_browser import FormBrowser
from articles.models.former_address import FormerAddress, plain_path
from articles.models.id_counters import skip_named_ids
from articles.models.id_ranges import filled_ranges, in_range, range_of
from articles.models.image import IMAGE_CROP, IMAGE_WORDS, Image, copies_in
from articles.models.image_proposal import ImageProposal, may_decide
from articles.models.keyset import Place
from articles.models.look import Look
from articles.models.merged_tag import MergedTag
from articles.models.moved_link import MovedLink
from articles.models.outbox import OutboxEntry
from articles.models.picture_files import unneeded_folders
from articles.models.prepared import Prepared, made_of, param, params
from articles.models.presence import Presence
from articles.models.related_choice import RelatedChoice
from articles.models.relatives import Relatives, despite_failures
from articles.models.revision import Revision
from articles.models.role import Role
from articles.models.saved_form import SavedForm
from articles.models.search_entry import BREAK, SearchEntry, document, facet, moment_at, time_at
from articles.models.section import Section
from articles.models.share_link import ShareLink
from articles.models.stuck_changes import StuckChanges
from articles.models.tag import Tag, TagAlias, last_use, taken_by
from articles.models.tag_change import TagChange, Undone
from articles.models.tag_company import always_together
from articles.models.tag_verbs import SourcePlan
from articles.models.tagged_article import TaggedArticle
from articles.models.tags_apart import TagsApart
from articles.models.telling_word import TellingWord
from articles.models.unseen import as_seen_by, keep_unseen, unseen_stories
from articles.models.word_counts import WordCounts

__all__ = [
    "BROWSER_LIFETIME",
    "BREAK",
    "IMAGE_CROP",
    "LISTS",
    "RELATED",
    "SIGNED_KEPT",
    "TEASERS_KEPT",
    "TEXTS",
    "IMAGE_WORDS",
    "Article",
    "ArticleQuerySet",
    "Author",
    "Autosave",
    "Byline",
    "Choices",
    "Content",
    "Edit",
    "Edition",
    "FollowUp",
    "FormBrowser",
    "FormerAddress",
    "Image",
    "ImageProposal",
    "Look",
    "MergedTag",
    "MovedLink",
    "OutboxEntry",
    "Place",
    "Prepared",
    "Presence",
    "RelatedChoice",
    "Relatives",
    "Revision",
    "Role",
    "SavedForm",
    "SearchEntry",
    "Section",
    "ShareLink",
    "SourcePlan",
    "StaleStory",
    "StuckChanges",
    "Tag",
    "TagAlias",
    "TagChange",
    "TaggedArticle",
    "TagsApart",
    "TellingWord",
    "Undone",
    "WordCounts",
    "always_together",
    "as_seen_by",
    "bounds_of",
    "changed_fields",
    "copies_in",
    "copy_in",
    "despite_failures",
    "document",
    "facet",
    "filled_ranges",
    "in_range",
    "keep_unseen",
    "last_use",
    "made_of",
    "may_decide",
    "moment_at",
    "named",
    "named_choices",
    "named_today",
    "new_ids",
    "param",
    "params",
    "plain_path",
    "range_of",
    "same",
    "skip_named_ids",
    "taken_by",
    "tidied",
    "well_formed",
    "time_at",
    "unneeded_folders",
    "unseen_stories",
    "work_waits",
]
