"""No page of the desk tells a person of a story that they may not see, whatever of their own points to it."""

import re
import uuid

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.http import QueryDict

from articles.admin.stories import saved_forms
from articles.management.planting import plant_canaries
from articles.models import (
    Article,
    Autosave,
    Image,
    ImageProposal,
    Presence,
    RelatedChoice,
    Revision,
    SavedForm,
    ShareLink,
    Tag,
    Visit,
)
from articles.models.content import Edit
from articles.roles import ROLES
from newsroom.models import Notice, StoryEvent, User
from tests.articles import cast
from tests.articles.admin.desk_crawl import Crawl
from tests.articles.admin.story_form import typed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.long]  # it asks who may, no database

# Of a story, not of the tags, people and pictures in it: those are there for everybody at the desk.
OF_A_STORY = re.compile(
    "(headline|slug|kicker|standfirst|dateline|body|note|former slug|lead caption|caption in the body|"
    "compact teaser|long teaser) of (a|waiting|scheduled) "
)


def deputy():
    """Return somebody who may do whatever any role may do, except open the stories of colleagues."""
    user = User.objects.create_user("adjointe", is_staff=True)
    names = {name for role in ROLES.values() for name in role} - {"view_any_article", "change_any_article"}
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=names))
    return user


def without_role():
    """Return somebody whose role ended, and whose login did not."""
    return User.objects.create_user("ancienne", is_staff=True)


def own_rows(person, own, hidden):
    """Create every row of a person's own that can point to a story, as from before they lost the right."""
    RelatedChoice.objects.bulk_create(
        RelatedChoice(article=own, story=story, place=place, position=number)
        for number, (story, place) in enumerate(zip(hidden, RelatedChoice.Place.values * len(hidden), strict=False))
    )
    for story in hidden:
        Presence.objects.record(story.pk, person, unsaved=True)
        event = StoryEvent.objects.record(StoryEvent.Kind.SENT_BACK, story.pk, note=f"Note: {story.headline}")
        Notice.objects.create(event=event, person=person)
        Visit.objects.mark(story, person)
        LogEntry.objects.log_actions(person.pk, [story], CHANGE, "Saved", single_object=True)
        Image.objects.filter(pk=story.lead_image_id).update(uploaded_by=person)
    for story in hidden[::3]:  # scheduled, and withdrawn: what these make pages of costs most
        content = story.newest_content
        Revision.objects.record(story, content, Revision.Event.SAVED, by=person, note=f"Note: {story.headline}")
        story.keep_unsaved(person, Edit({**content, "standfirst": "Autre"}, story.version))
        ShareLink.objects.create_with_token(story, "Ada", 7, person)
        for related in (None, own, story):
            key = uuid.uuid4().hex
            words = {"version": ["1"], "key": [key], "pinned_long": [f"id:{story.pk}"], "headline": ["Autre titre"]}
            Autosave.objects.create(user=person, article=related, key=key, typed=words, pressed="save")
        image = story.lead_image
        ImageProposal.objects.create(image=image, proposed_by=person, proposed={"alt": "x"}, before={"alt": image.alt})
    tags = Tag.objects.filter(taggings__content_object__in=hidden).distinct()
    tags[0].merge([tags[1]], None)


def forms(person, own, hidden):
    """Return what somebody sends who guesses: nothing, a form that names hidden stories, a form sent before."""
    named = [f"id:{story.pk}" for story in hidden]
    guessed = typed(own, headline="Un autre titre", pinned_compact=named, never_here=named)
    moves = [{**guessed, "move": f"{move}:{hidden[0].pk}", "part": "1"} for move in ("pin-long", "unpin", "allow")]
    again = []
    for story in hidden[::3]:
        key = uuid.uuid4().hex
        sent = QueryDict(mutable=True)
        sent.update({"headline": "Encore", "key": key, "_save": "1"})
        SavedForm.objects.create(user=person, key=key, article=story, version=1, posted=saved_forms._digest(sent))
        again.append(sent)
    lists = [{"action": "publish", "_selected_action": [story.pk for story in hidden], "confirmed": "1"}]
    return [{}, guessed, *moves, *lists, *again]


def words_in(pages, canaries):
    """Return where hidden words appear that the request did not contain itself: {request: places}."""
    words = {word: place for word, place in canaries.hidden.items() if OF_A_STORY.match(place)}
    any_word = re.compile("|".join(words))
    for request, text in pages:
        if found := set(any_word.findall(text.lower())) - set(any_word.findall(request.lower())):
            yield request, sorted({words[word] for word in found})


@pytest.fixture
def canaries(settings):
    settings.LANGUAGES = [("en", "English")]
    return plant_canaries()


@pytest.mark.parametrize("role", [cast.reporter, deputy, without_role])
def test_no_page_of_the_desk_tells_of_a_story_that_one_may_not_see(canaries, role):
    person = role()
    hidden = list(Article.objects.exclude(pk__in=Article.objects.visible()).order_by("pk"))
    own = cast.draft("Le port", created_by=person)
    own_rows(person, own, hidden)
    crawl = Crawl(person, own, sent=forms(person, own, hidden), searched=canaries.common)
    assert dict(words_in(crawl.pages(), canaries)) == {}
    assert not [request for request, status in crawl.opened.items() if status >= 500]
    assert crawl.opened["GET /admin/"] == 200  # still signed in


def test_the_crawl_sees_what_an_editor_may_see(canaries):
    crawl = Crawl(cast.editor(), cast.draft("Le port"), sent=[], searched=canaries.common)
    assert next(words_in(crawl.pages(), canaries))
