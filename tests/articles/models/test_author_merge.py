"""Two records of one person become one, with all that names them, and two again."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Author, AuthorMerge, FormerAddress
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def moutiou():
    return cast.author()


@pytest.fixture
def double():
    return cast.author("M. Adjibi Nourou", "m-adjibi-nourou")


def merge(author, merged):
    change = AuthorMerge.objects.merge(author, merged, None)
    author.refresh_from_db()
    merged.refresh_from_db()
    return change


def signed_by(author):
    return set(author.bylines.values_list("article", flat=True))


def authors_of(story):
    return [byline.author.name for byline in cast.fresh(story).authors_in_order]


def test_the_plan_counts_and_changes_nothing(moutiou, double):
    cast.story("un", authors=[double])
    cast.story("deux", authors=[double, moutiou])
    plan = AuthorMerge.objects.plan(moutiou, double)
    assert (plan.moved, plan.shared, plan.addresses) == (1, 1, ["/author/m-adjibi-nourou/"])
    assert len(signed_by(double)) == 2


def test_stories_change_their_author(client, moutiou, double):
    story = cast.story(authors=[double])
    merge(moutiou, double)
    assert authors_of(story) == ["Moutiou Adjibi Nourou"]
    assert story.headline in client.get("/author/moutiou-adjibi-nourou/").text


def test_a_story_that_both_signed_names_the_person_once(moutiou, double):
    story = cast.story(authors=[double, moutiou])
    merge(moutiou, double)
    assert authors_of(story) == ["Moutiou Adjibi Nourou"]


def test_the_old_address_leads_to_the_new_one(client, moutiou, double):
    cast.story(authors=[double])
    FormerAddress.objects.record("/author/mad/", double)
    merge(moutiou, double)
    for path in ("/author/m-adjibi-nourou/", "/author/mad/"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (301, "/author/moutiou-adjibi-nourou/")


def test_an_old_version_that_names_the_merged_one_means_the_other(moutiou, double):
    story = cast.draft(authors=[double])
    old = story.newest_content
    merge(moutiou, double)
    story = cast.fresh(story)
    story.submit(None, cast.typed(story, authors=old["authors"]))
    assert authors_of(story) == ["Moutiou Adjibi Nourou"]


def test_an_import_that_names_the_merged_one_means_the_other(moutiou, double):
    merge(moutiou, double)
    assert Author.objects.for_names(["M. Adjibi Nourou"]) == [moutiou]


def test_an_account_goes_over_to_who_has_none(moutiou, double):
    double.user = cast.reporter()
    double.save()
    change = merge(moutiou, double)
    assert (moutiou.user.username, double.user) == ("moutiou", None)
    change.undo()
    assert Author.objects.get(user__username="moutiou") == double


def test_an_account_of_ones_own_stays(moutiou, double):
    moutiou.user, double.user = cast.reporter(), cast.editor()
    moutiou.save()
    double.save()
    merge(moutiou, double)
    assert (moutiou.user.username, double.user.username) == ("moutiou", "awa")


def test_an_undo_gives_back_what_was_moved_and_what_was_shared(client, moutiou, double):
    own, shared, other = (
        cast.story("un", authors=[double]),
        cast.story("deux", authors=[moutiou, double]),
        cast.story("trois", authors=[moutiou]),
    )
    change = merge(moutiou, double)
    assert change.undo() == 2
    assert signed_by(double) == {own.pk, shared.pk}
    assert signed_by(moutiou) == {shared.pk, other.pk}
    assert authors_of(shared) == ["Moutiou Adjibi Nourou", "M. Adjibi Nourou"]
    assert client.get("/author/m-adjibi-nourou/").status_code == 200


def test_an_undo_leaves_a_story_that_was_signed_otherwise_since(moutiou, double):
    story = cast.story(authors=[double])
    change = merge(moutiou, double)
    cast.fresh(story).set_authors([cast.author("Awa", "awa")])
    assert change.undo() == 0
    assert authors_of(story) == ["Awa"]


def test_nobody_is_merged_twice_or_with_themselves(moutiou, double):
    merge(moutiou, double)
    for author, merged in ((moutiou, double), (double, moutiou), (moutiou, moutiou)):
        with pytest.raises(ValidationError):
            AuthorMerge.objects.merge(author, merged, None)


def test_a_chain_is_undone_from_its_end(moutiou, double):
    third = cast.author("M. A. N.", "man")
    story = cast.story(authors=[third])
    first, second = merge(double, third), merge(moutiou, double)
    with pytest.raises(ValidationError, match="later merge"):
        first.undo()
    second.undo()
    AuthorMerge.objects.get(pk=first.pk).undo()
    assert authors_of(story) == ["M. A. N."]


def test_a_merge_is_undone_once_and_for_thirty_days(moutiou, double):
    change = merge(moutiou, double)
    change.undo()
    with pytest.raises(ValidationError, match="no longer"):
        change.undo()
    late = merge(moutiou, double)
    AuthorMerge.objects.filter(pk=late.pk).update(at=timezone.now() - datetime.timedelta(days=31))
    with pytest.raises(ValidationError, match="no longer"):
        late.undo()


def test_many_stories_cost_the_queries_of_one(moutiou, double):
    counts = []
    for number in (1, 12):
        for one in range(number):
            cast.story(f"{number} {one}", authors=[double])
        with CaptureQueriesContext(connection) as queries:
            merge(moutiou, double).undo()
        counts.append(len(queries))
    assert counts[0] == counts[1]
