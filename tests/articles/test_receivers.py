"""What follows from a change, wherever it was made."""

import pytest
from django.db import models

from articles.models import FollowUp, ImageProposal, SearchEntry
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_stored_story_is_found_and_its_pictures_are_in_use():
    picture = cast.image()
    body = f'<p>Lomé</p><figure><img data-image="{picture.pk}" alt="Le port"></figure>'
    story = cast.story("Le port de Lomé", body=body)
    assert SearchEntry.objects.filter(article=story).exists()
    assert list(story.body_images.all()) == [picture]


def test_advice_about_the_newest_text_is_noted_and_not_about_one_that_was_kept():
    awa = cast.editor()
    story = cast.draft("Le port de Lomé")
    with_gap, without = ({**story.newest_content, "body": f"<p>{text}</p>"} for text in ("TK", "Lomé"))
    story.save_draft(awa, Edit(with_gap))
    noted = set(story.advice_points.values_list("rule", flat=True))
    story.keep_unsaved(awa, Edit(without))
    assert set(story.advice_points.values_list("rule", flat=True)) == noted
    story.save_draft(awa, Edit(without))
    assert noted - set(story.advice_points.values_list("rule", flat=True))


def test_related_stories_are_requested_once_a_story_was_public():
    story = cast.draft("Le port de Lomé")
    requests = FollowUp.objects.filter(kind=FollowUp.Kind.RELATED, key=str(story.pk))
    story.save_draft(story.created_by, Edit())
    assert not requests.exists()
    story.publish(cast.editor())
    assert requests.exists()


def test_a_picture_is_found_by_what_it_says_now():
    picture = cast.image(alt="Le port de Lomé")
    picture.alt = "Une grue"
    picture.save()
    assert {str(term) for term in picture.terms.all()} == {"une", "grue"}


def test_a_picture_in_use_is_not_deleted():
    picture = cast.image()
    cast.draft(lead_image=picture)
    with pytest.raises(models.ProtectedError):
        picture.delete()


def test_the_files_of_a_deleted_picture_follow():
    picture = cast.image()
    folder = picture.folder
    picture.delete()
    assert FollowUp.objects.filter(kind=FollowUp.Kind.FILES, key=folder).exists()


def test_the_file_that_waited_beside_a_deleted_picture_goes_and_one_that_was_decided_on_does_not():
    picture = cast.image()
    for name, state in (("open", ImageProposal.State.OPEN), ("taken", ImageProposal.State.ACCEPTED)):
        picture.proposals.create(proposed={"file": f"{name}.webp"}, before={}, state=state)
    picture.proposals.all().delete()
    assert [work.key for work in FollowUp.objects.filter(kind=FollowUp.Kind.FILES)] == ["open"]
