"""A newsroom whose tags have stories, aliases and former addresses, and all that a change of tags may touch."""

from articles.models import FormerAddress, Tag, TagAlias, TaggedArticle
from tests.articles import cast


def create_tags(*names):
    return [Tag.objects.create_named(name) for name in names]


def tags_on(story):
    return [tag.name for tag in cast.fresh(story).tags_in_order]


def state():
    """Return all that a change of tags may touch."""
    return {
        "links": sorted(TaggedArticle.objects.values_list("content_object", "tag", "position", "status", "publish_at")),
        "tags": sorted(
            Tag.objects.values_list(
                "pk", "name", "key", "slug", "description", "created_at", "story_count", "last_used_at"
            ),
            key=str,
        ),
        "aliases": sorted(TagAlias.objects.values_list("key", "slug", "tag")),
        "addresses": sorted(FormerAddress.objects.values_list("path", "tag"), key=str),
    }


def tagged_newsroom():
    """Create tags with stories, another spelling, a former address and a description."""
    stories = [
        cast.story("Une", tags=["Or", "Bourse de Douala", "BVMAC"]),
        cast.story("Deux", tags=["Bourse de Douala", "Or", "Bourse"]),
        cast.story("Trois", tags=["Bourse"], hours_ago=-5),
        cast.draft("Quatre", tags=["BVMAC"]),
    ]
    bourse = Tag.objects.resolve("Bourse de Douala")
    bourse.aliases.create(name="DSX")
    bourse.rename(None, "Bourse de Douala", "dsx-douala")
    Tag.objects.filter(pk=bourse.pk).update(description="Une place financière.")
    return stories, Tag.objects.resolve("BVMAC"), [bourse, Tag.objects.resolve("Bourse")]
