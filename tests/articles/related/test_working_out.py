import datetime

import pytest
from django.utils import timezone

from articles.lexicon import Lexicon
from articles.management.relating import relate_stories
from articles.models import Article, FollowUp, Keyword, RelatedList, Tag, TagAlias, WordCounts
from articles.models.content import Edit
from articles.models.related_list import Match
from articles.models.word_counts import STORIES_COUNTED
from articles.related import matching, working_out
from articles.related.scoring import MENTIONED, idf
from articles.sql import postings
from tests.articles import cast

pytestmark = pytest.mark.django_db

DAM = "<p>Les turbines du barrage de Soubré tournent de nouveau.</p>"
PORT = "<p>Le port de Lomé attend des conteneurs et des grues.</p>"


@pytest.fixture(autouse=True)
def others():
    """Create enough stories for a word in two of them to say something."""
    stories = [cast.story(f"Dépêche {number}", body=f"<p>Sujet {number}.</p>", hours_ago=300) for number in range(9)]
    working_out.work_out([story.pk for story in stories])


def public(headline, body, **fields):
    story = cast.story(headline, body=body, **fields)
    working_out.work_out([story.pk])
    return story


def matches(story):
    return {one[0] for one in RelatedList.objects.get(pk=story.pk).matches}


def test_both_stories_know_each_other_whichever_came_first():
    dam, again = public("Le barrage de Soubré", DAM), public("Soubré, le barrage", DAM)
    assert again.pk in matches(dam)
    assert dam.pk in matches(again)


def test_publishing_works_it_out_once_the_save_is_final(django_capture_on_commit_callbacks):
    dam = public("Le barrage de Soubré", DAM)
    with django_capture_on_commit_callbacks(execute=True):
        new = cast.story("Soubré, le barrage", body=DAM)
    assert dam.pk in matches(new)


def test_a_failure_is_logged_and_undoes_nothing(django_capture_on_commit_callbacks, monkeypatch, caplog):
    monkeypatch.setattr(working_out.profiles, "index_stories", lambda ids: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        story = cast.story("Soubré, le barrage", body=DAM)
    assert Article.objects.visible().filter(pk=story.pk).exists()
    assert "work_out" in caplog.text


def test_a_draft_leaves_no_trace(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = cast.draft("Le barrage de Soubré", body=DAM)
    assert not Keyword.objects.filter(article=draft).exists()
    assert not RelatedList.objects.filter(article=draft).exists()


def test_another_text_makes_other_relatives(django_capture_on_commit_callbacks):
    dam, port = public("Le barrage de Soubré", DAM), public("Le port de Lomé", PORT)
    story = public("Soubré, le barrage", DAM)
    with django_capture_on_commit_callbacks(execute=True):
        content = story.newest_content | {"headline": "Des grues au port", "body": PORT}
        story.publish_changes(cast.editor(), Edit(content))
    assert (dam.pk in matches(story), port.pk in matches(story)) == (False, True)
    assert (story.pk in matches(dam), story.pk in matches(port)) == (False, True)


def test_other_tags_make_other_relatives(django_capture_on_commit_callbacks):
    one, other = public("Une", "<p>Rien.</p>", tags=["BVMAC"]), public("Autre", "<p>Ailleurs.</p>", tags=["Douala"])
    assert other.pk not in matches(one)
    with django_capture_on_commit_callbacks(execute=True):
        Article.objects.get(pk=other.pk).retag(cast.editor(), add=[Tag.objects.get(name="BVMAC")], remove=[])
    assert (matches(one), matches(other)) == ({other.pk}, {one.pk})


def test_tags_that_no_other_story_has_keep_none_away():
    alone = [f"Mot {number}" for number in range(matching.MAX_SEARCHED_TAGS)]
    one, other = (
        public("Une", "<p>Rien.</p>", tags=[*alone, "BVMAC"]),
        public("Autre", "<p>Ailleurs.</p>", tags=["BVMAC"]),
    )
    RelatedList.objects.all().delete()
    working_out.work_out([one.pk])
    assert matches(one) == {other.pk}


def in_common(story, other):
    entries = RelatedList.objects.get(pk=story.pk).matches
    return next((Match(*one) for one in entries if one[0] == other.pk), None)


def test_a_word_leads_to_the_stories_that_it_tells_most_of_however_old(monkeypatch):
    monkeypatch.setattr(postings, "LIMIT", 1)
    dam = public("Soubré", "<p>Soubré.</p>", hours_ago=200)
    public("La visite du ministre", "<p>Il passe par Soubré puis Divo, Lakota, Gagnoa et Oumé.</p>")
    new = public("Soubré demain", "<p>Attente.</p>")
    assert matches(new) == {dam.pk}


def test_a_story_seeks_by_more_words_than_it_is_found_by(monkeypatch):
    monkeypatch.setattr(Lexicon.telling, "__defaults__", (1,))
    known = {"stories": STORIES_COUNTED, "counts": {"turbines": 3, "barrage": 3}, "counted_at": timezone.now()}
    WordCounts.objects.update_or_create(language="en", defaults=known)
    turbines = public("Turbines, turbines", "<p>Le barrage.</p>")
    assert [word.word for word in Keyword.objects.filter(article=turbines)] == ["turbines"]
    assert turbines.pk in matches(public("Barrage, barrage", "<p>Les turbines.</p>"))


def test_a_tag_that_the_other_only_mentions_counts_half():
    tagged, other = public("Une bourse", "<p>Rien.</p>", tags=["BVMAC"]), public("La BVMAC double", "<p>Enfin.</p>")
    half = round(MENTIONED * idf(1, 11), 3)
    assert in_common(other, tagged).mentioned == in_common(tagged, other).mentioned == {"BVMAC": half}
    assert in_common(other, tagged).weight == half


@pytest.mark.parametrize(("name", "is_found"), [("B.A.D", 0), ("C.E.M.A.C.", 0), ("n°5 Nord", 0), ("BVMAC", 1)])
def test_who_is_saved_last_does_not_decide_what_is_a_mention(name, is_found):
    tagged = public("Une réunion à Douala", "<p>Une réunion.</p>", tags=[name])
    other = public(f"{name} : une réunion à Douala", "<p>A bad one.</p>")
    for last in (tagged, other):
        working_out.work_out([last.pk])
        ways = [in_common(other, tagged), in_common(tagged, other)]
        assert [len(one.mentioned) for one in ways] == [is_found, is_found]


def test_a_tag_is_mentioned_by_any_of_its_spellings_and_not_in_passing():
    tagged = public("Une", "<p>Rien.</p>", tags=["Franc CFA"])
    TagAlias.objects.create(name="FCFA", tag=Tag.objects.get(name="Franc CFA"))
    twice = public("Deux", "<p>Le FCFA baisse. Le FCFA monte.</p>")
    once = public("Trois", "<p>Cela vaut cent FCFA.</p>")
    assert in_common(twice, tagged).mentioned.keys() == {"Franc CFA"}
    assert in_common(once, tagged) is None
    working_out.work_out([tagged.pk])
    assert in_common(tagged, twice).mentioned.keys() == {"Franc CFA"}


def test_a_tag_that_is_given_counts_whole_and_not_half_too(django_capture_on_commit_callbacks):
    tagged, other = public("Une", "<p>Rien.</p>", tags=["BVMAC"]), public("La BVMAC double", "<p>Ailleurs.</p>")
    with django_capture_on_commit_callbacks(execute=True):
        Article.objects.get(pk=other.pk).retag(cast.editor(), add=[Tag.objects.get(name="BVMAC")], remove=[])
    shared = in_common(tagged, other)
    assert (shared.mentioned, shared.tags) == ({}, [Tag.objects.get(name="BVMAC").pk])


def test_a_withdrawn_story_is_found_by_no_new_one(django_capture_on_commit_callbacks):
    dam = public("Le barrage de Soubré", DAM)
    with django_capture_on_commit_callbacks(execute=True):
        dam.withdraw(cast.editor())
    assert not Keyword.objects.filter(article=dam).exists()
    assert dam.pk not in matches(public("Soubré, le barrage", DAM))


def test_languages_do_not_mix():
    dam = public("Le barrage de Soubré", DAM)
    assert dam.pk not in matches(public("Soubré, le barrage", DAM, language="fr"))


def test_a_list_keeps_the_best(monkeypatch):
    monkeypatch.setattr(working_out, "MAX_MATCHES", 2)
    old = public("Le barrage de Soubré", DAM)
    newer = [public(f"Soubré, le barrage {number}", DAM, hours_ago=60 - number) for number in range(3)]
    assert len(matches(old)) == 2
    assert matches(old) <= {story.pk for story in newer}


@pytest.mark.parametrize(("count", "steps"), [(1, 1), (50, 3)])
def test_working_out_costs_five_queries_more_for_each_step_of_neighbours(count, steps, django_assert_max_num_queries):
    for number in range(count):
        cast.story(f"Le barrage de Soubré {number}", body=DAM, tags=["Soubré"])
    working_out.work_out(RelatedList.objects.missing())
    story = cast.story("Soubré, le barrage", body=DAM, tags=["Soubré"])
    WordCounts.objects.recount("en")
    with django_assert_max_num_queries(26 + 5 * steps):  # savepoints of the test included
        working_out.work_out([story.pk])


def test_many_are_found_before_the_first_is_compared():
    stories = [cast.story(f"Le barrage de Soubré, {number}", body=DAM) for number in range(3)]
    missing = RelatedList.objects.missing()
    assert set(missing) == {story.pk for story in stories}
    assert list(relate_stories(missing)) == [3, 6]
    assert RelatedList.objects.missing() == []
    assert matches(stories[0]) == {story.pk for story in stories[1:]}


@pytest.fixture
def archive(monkeypatch):
    """Return stories that were loaded in bulk, of which the server works out one at once."""
    monkeypatch.setattr(working_out, "ARCHIVE_STEP", 1)
    monkeypatch.setattr(working_out, "ARCHIVE_PAUSE", datetime.timedelta())
    stories = [cast.story(f"Le barrage de Soubré, {number}", body=DAM) for number in range(3)]
    FollowUp.objects.all().delete()
    return stories


def test_an_archive_is_worked_out_in_steps(archive):
    working_out.request_archive()
    steps = []
    while rows := FollowUp.objects.claim():
        assert [row.work() for row in rows] == [True]
        steps.append(len(RelatedList.objects.missing()))
    assert steps == [2, 1, 0, 0]
    assert matches(archive[0]) == {story.pk for story in archive[1:]}


def test_a_story_that_fails_does_not_stop_an_archive(archive, monkeypatch, caplog):
    really = working_out.work_out

    def fail(ids):
        if archive[1].pk in ids:
            raise ValueError("bad")
        return really(ids)

    monkeypatch.setattr(working_out, "work_out", fail)
    working_out.request_archive()
    FollowUp.objects.work_off()
    assert RelatedList.objects.missing() == [archive[1].pk]
    assert f"story {archive[1].pk} cannot be worked out" in caplog.text


def test_what_is_saved_while_an_archive_is_worked_out_comes_between_its_steps(archive, monkeypatch):
    monkeypatch.setattr(working_out, "ARCHIVE_PAUSE", datetime.timedelta(seconds=1))
    working_out.request_archive()
    FollowUp.objects.work_off()
    assert len(RelatedList.objects.missing()) == 2
    FollowUp.objects.request(FollowUp.Kind.RELATED, [archive[0].pk])
    FollowUp.objects.work_off()
    assert archive[0].pk not in RelatedList.objects.missing()


def test_an_empty_newsroom_has_no_archive():
    Article.objects.all().delete()
    working_out.request_archive()
    assert not FollowUp.objects.filter(kind=FollowUp.Kind.ARCHIVE).exists()
