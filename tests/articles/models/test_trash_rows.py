"""Rows come back from the trash as they were, without what has gone meanwhile."""

import pytest

from articles.models import Article, Image, Revision, Tag, TrashEntry
from articles.models.related_choice import RelatedChoice
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_story_comes_back_without_what_has_gone(awa):
    picture = cast.image()
    body = f'<p>Le port.</p><figure data-image="{picture.pk}"></figure>'
    story = cast.draft("Le port", authors=[cast.author()], tags=["Port", "Togo"], lead_image=picture, body=body)
    cast.story("Ailleurs").set_related("long", [story], awa)
    entry = TrashEntry.objects.put_in(story, awa)
    port, togo = Tag.objects.order_by("name")
    other = Tag.objects.create_named("Afrique")
    other.merge([togo], None)
    port.retire(None)
    Article.objects.filter(headline="Ailleurs").delete()
    Image.objects.all().delete()
    back = cast.fresh(entry.put_back(awa))
    assert back.tags_in_order == [other]
    assert back.lead_image is None
    assert "data-image" not in back.body
    assert not RelatedChoice.objects.filter(story=back).exists()
    assert back.authors_in_order


def test_a_name_that_an_import_has_taken_meanwhile_stays_there(awa):
    story = cast.draft("Le port", source_id="afp-1")
    entry = TrashEntry.objects.put_in(story, awa)
    cast.draft("De nouveau", source_id="afp-1")
    assert entry.put_back(awa).source_id is None


def test_revisions_keep_their_order(awa):
    story = cast.draft(created_by=awa)
    story.save_draft(awa, cast.typed(story, kicker="Lomé"))
    story.submit(awa)
    events = [revision.event for revision in Revision.objects.filter(article=story.pk).order_by("pk")]
    back = TrashEntry.objects.put_in(story, awa).put_back(awa)
    assert [revision.event for revision in back.revisions.order_by("pk")] == events
