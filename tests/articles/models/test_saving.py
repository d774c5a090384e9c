"""What every save does, whatever the verb: versions, limits and what is gone meanwhile."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models.article import StaleStory
from tests.articles import cast
from tests.articles.cast import fresh, typed
from tests.articles.models.waiting import VERBS, with_waiting

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_an_unchanged_save_is_none(live, awa):
    assert live.save_draft(awa, typed(live)) is False
    assert fresh(live).version == live.version
    assert LogEntry.objects.filter(user=awa).count() == 0


@pytest.mark.parametrize("verb", ["save_draft", "publish_changes"])
def test_a_stale_save_writes_nothing(live, awa, verb):
    old = fresh(live)
    live.save_draft(awa, typed(live, headline="Le port rouvre"))
    count = live.revisions.count()
    with pytest.raises(StaleStory):
        getattr(old, verb)(awa, typed(old, headline="Autre"))
    assert (fresh(live).newest_content["headline"], live.revisions.count()) == ("Le port rouvre", count)


@pytest.mark.parametrize("state", ["draft", "live"])
def test_a_save_costs_at_most_thirteen_queries(awa, state):
    story = getattr(cast, "draft" if state == "draft" else "story")("Un", authors=[cast.author()], tags=["Togo", "Or"])
    story.save_draft(awa, typed(story, headline="Deux"))
    story = fresh(story)
    awa.has_perm("articles.change_article")
    edit = typed(story, headline="Trois", body="<p>Tout autre chose.</p>")
    with CaptureQueriesContext(connection) as queries:
        story.save_draft(awa, edit)
    assert len(queries) <= 13, "\n".join(query["sql"][:90] for query in queries)


@pytest.mark.parametrize("verb", ["withdraw", "publish_changes"])
def test_a_text_that_is_too_long_for_its_column_is_refused_in_words(live, awa, verb):
    story = with_waiting(live, awa, headline="x" * 201)
    with pytest.raises(ValidationError) as refused:
        VERBS[verb](story, awa)
    assert refused.value.message_dict == {
        "headline": ["Headline: at most 200 characters fit. Shorten it in the story’s form."]
    }
    assert (fresh(live).headline, fresh(live).status) == ("Le port ferme", "published")


def test_a_picture_that_was_deleted_meanwhile_is_refused_by_name(live, awa):
    with pytest.raises(ValidationError) as refused:
        live.save_draft(awa, typed(live, lead_image=[10**9, "Disparue"]))
    assert refused.value.message_dict == {"lead_image": ["This picture has been deleted: choose another one."]}


GONE = '<p>Le port.</p><figure class="picture"><img data-image="1000000000" alt=""></figure>'


def test_a_picture_in_the_text_that_was_deleted_meanwhile_is_refused_by_name(live, awa):
    with pytest.raises(ValidationError) as refused:
        live.save_draft(awa, typed(live, body=GONE))
    words = "A picture in the text has been deleted: remove it, or choose another one."
    assert refused.value.message_dict == {"body": [words]}
    assert not fresh(live).has_changes


def test_a_text_that_lost_its_picture_long_ago_can_still_be_corrected(live, awa):
    type(live).objects.filter(pk=live.pk).update(body=GONE)
    assert fresh(live).save_draft(awa, typed(fresh(live), body=GONE.replace("port", "quai")))


def test_a_version_is_restored_without_the_pictures_that_are_gone(live, awa):
    image = cast.image()
    live.save_draft(awa, typed(live, body=GONE.replace("1000000000", str(image.pk))))
    old = fresh(live).waiting
    live = fresh(live)
    live.save_draft(awa, typed(live, body="<p>Sans image.</p>"))
    type(image).objects.filter(pk=image.pk).delete()
    fresh(live).restore(old, awa)
    assert fresh(live).newest_content["body"] == "<p>Le port.</p>"
