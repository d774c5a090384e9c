"""Everything about related stories: what stories have in common, which of them a story's page points to, and why."""

from articles.related.reasons import Reason, SharedTraits
from articles.related.rejected import RejectedStory
from articles.related.zones import ZONE_SIZES, RelatedZones, Teaser, explain_related, find_related

__all__ = [
    "ZONE_SIZES",
    "Reason",
    "RejectedStory",
    "RelatedZones",
    "SharedTraits",
    "Teaser",
    "explain_related",
    "find_related",
]
