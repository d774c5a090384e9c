"""A picture is deleted at the moment at which a change with it is saved: one of the two is refused in words."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError

from articles.models import Article, Image
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.models.test_tag_verbs_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]


def in_turn(first, second):
    """Begin the second while the transaction of the first is open; return what each raised."""
    done, goes_on = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                first()
                done.set()
                goes_on.wait(5)
        finally:
            done.set()

    def follow():
        done.wait(5)
        threading.Timer(0.3, goes_on.set).start()
        second()

    return at_once(hold, follow)


def edit_of(story, image, place):
    if place == "lead":
        return Edit({**story.newest_content, "lead_image": [image.pk, str(image)]}, story.version)
    figure = f'<figure class="picture"><img data-image="{image.pk}" alt=""></figure>'
    return Edit({**story.newest_content, "body": f"{figure}<p>Texte.</p>"}, story.version)


STORIES = {"live": cast.story, "draft": cast.draft}


@pytest.mark.parametrize("place", ["lead", "body"])
@pytest.mark.parametrize("state", STORIES)
def test_a_picture_stays_that_a_change_has_just_named(state, place):
    awa, image, story = cast.editor(), cast.image(), STORIES[state]()
    edit = edit_of(story, image, place)
    raised = in_turn(lambda: story.save_draft(awa, edit), image.delete)
    assert [type(error) for error in raised] == [type(None), ProtectedError]
    assert Image.objects.get().uses() == [story]


@pytest.mark.parametrize("state", STORIES)
def test_a_change_with_a_picture_that_has_just_been_deleted_is_refused(state):
    awa, image, story = cast.editor(), cast.image(), STORIES[state]()
    edit = edit_of(story, image, "lead")
    raised = in_turn(lambda: Image.objects.get().delete(), lambda: story.save_draft(awa, edit))
    assert [type(error) for error in raised] == [type(None), ValidationError]
    connection.check_constraints()
    assert Article.objects.get().newest_content["lead_image"] is None
