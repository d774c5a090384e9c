import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.models import FormerAddress, Tag, TagAlias, TagChange
from tests.articles import cast
from tests.articles.models.tag_newsroom import create_tags, state, tagged_newsroom

pytestmark = pytest.mark.django_db


CHANGES = {
    "rename": lambda target, sources: sources[0].rename(None, "DSX", "dsx"),
    "merge": lambda target, sources: target.merge(sources, None),
    "retire": lambda target, sources: sources[0].retire(None, remove_from_stories=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_undo_gives_everything_back(change):
    _stories, target, sources = tagged_newsroom()
    before = state()
    undone = CHANGES[change](target, sources).undo(None)
    assert state() == before
    assert (undone.left_out, undone.lost) == ([], [])


@pytest.mark.parametrize("change", CHANGES)
def test_an_undo_is_undone_and_that_undone_again(change):
    _stories, target, sources = tagged_newsroom()
    before = state()
    done = CHANGES[change](target, sources)
    after = state()
    again = done.undo(None).change.undo(None)
    assert state() == after
    again.change.undo(None)
    assert state() == before


def test_an_address_that_a_rename_gave_still_answers_after_the_undo(client):
    (tag,) = cast.story(tags=["Un"]).tags_in_order
    tag.rename(None, "Deux", "deux").undo(None)
    assert client.get("/tag/un/").status_code == 200
    assert client.get("/tag/deux/feed/").headers["Location"] == "/tag/un/feed/"


@pytest.mark.parametrize("leads_to", [None, "Or"])
def test_an_undo_leaves_the_former_address_that_stood_where_the_rename_made_an_alias(leads_to):
    tagged_newsroom()
    tag = Tag.objects.create(name="Marché", slug="marche-financier")
    FormerAddress.objects.create(path="/tag/marche/", tag=leads_to and Tag.objects.resolve(leads_to))
    before = state()
    change = tag.rename(None, "Place")
    assert TagAlias.objects.get(tag=tag).path == "/tag/marche/"
    again = change.undo(None).change
    assert state() == before
    again.undo(None).change.undo(None)
    assert state() == before


def test_a_merge_into_what_was_merged_itself_is_not_undone_first():
    one, two, three = create_tags("Un", "Deux", "Trois")
    first = two.merge([one], None)
    second = three.merge([two], None)
    with pytest.raises(ValidationError, match="first undo its merge or deletion"):
        first.undo(None)
    second.undo(None)
    first.undo(None)
    assert {tag.name for tag in Tag.objects.all()} == {"Un", "Deux", "Trois"}


def test_a_rename_that_another_followed_is_not_undone_first():
    (tag,) = create_tags("Un")
    first = tag.rename(None, "Deux")
    tag.rename(None, "Trois")
    with pytest.raises(ValidationError, match="since been changed again"):
        first.undo(None)


def test_nothing_is_undone_twice():
    one, target = create_tags("Un", "But")
    change = target.merge([one], None)
    change.undo(None)
    with pytest.raises(ValidationError, match="already been undone"):
        change.undo(None)


@pytest.mark.parametrize(("days", "allowed"), [(29, True), (31, False)])
def test_thirty_days_are_given(days, allowed):
    one, target = create_tags("Un", "But")
    change = target.merge([one], None)
    change.at = timezone.now() - datetime.timedelta(days=days)
    change.save()
    if allowed:
        change.undo(None)
        assert Tag.objects.count() == 2
    else:
        with pytest.raises(ValidationError, match="too long ago"):
            change.undo(None)


def test_who_may_not_merge_may_not_undo_one(koffi, awa):
    one, target = create_tags("Un", "But")
    change = target.merge([one], koffi)
    with pytest.raises(PermissionDenied):
        change.undo(awa)
    undone = change.undo(koffi)
    with pytest.raises(PermissionDenied):
        undone.change.undo(awa)


def test_the_history_of_a_tag_is_newest_first(koffi):
    one, target = create_tags("Un", "But")
    target.rename(koffi, "Cible")
    change = target.merge([one], koffi)
    change.undo(koffi)
    history = TagChange.objects.about(target).newest_first()
    assert [(entry.kind, entry.by) for entry in history] == [
        ("undone", koffi),
        ("merged", koffi),
        ("renamed", koffi),
    ]
