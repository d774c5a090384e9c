"""What was done to tags, and the page that undoes it."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.log_messages import read_log_message
from articles.models import Article, Tag, TagAlias, TagChange
from tests.articles import cast
from tests.articles.admin.tag_desk import get_page, undo

pytestmark = pytest.mark.django_db

CHANGES = "/admin/articles/tag/changes/"


def tags(*names):
    return [Tag.objects.create_named(name) for name in names]


def merged(*names):
    """Merge the first of these tags into the last: each is on a story, and the first on another one too."""
    stories = [cast.story(f"Histoire {name}", tags=[name]) for name in names]
    stories.append(cast.story("Encore", tags=[names[0]]))
    *sources, target = [Tag.objects.resolve(name) for name in names]
    return target.merge(sources, None), stories


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("", "No tag was renamed, merged or deleted yet."), ("?kind=merged", "No change of this kind")],
)
def test_an_empty_history_says_what_would_appear(client, koffi, query, sentence):
    assert sentence in client.get(f"{CHANGES}{query}").text


def test_the_page_says_what_an_undo_will_do_and_does_nothing(client, koffi):
    change, _stories = merged("Bourse", "BVMAC")
    text = client.get(undo(change)).text
    assert "“Bourse”: separate tags again. 2 stories get their tags back." in text
    assert Tag.objects.count() == 1


def test_an_undo_gives_the_stories_back_and_says_how_many(client, koffi):
    change, stories = merged("Bourse", "BVMAC")
    response = client.post(undo(change), follow=True)
    back = TagChange.objects.get(kind="undone")
    assert response.redirect_chain == [(undo(back), 302)]
    assert "Done for 2 stories." in response.text
    assert [tag.name for tag in Article.objects.get(pk=stories[0].pk).tags_in_order] == ["Bourse"]
    entry = LogEntry.objects.get(content_type__model="tag")
    assert read_log_message(entry.change_message) == "Undone: “Bourse” merged into “BVMAC”"


def test_what_was_left_out_is_named_before_and_after(client, koffi):
    change, stories = merged("Bourse", "BVMAC")
    stories[0].set_tags([])
    Article.objects.filter(pk=stories[2].pk).delete()
    before = client.get(undo(change))
    assert (list(before.context["left_out"]), before.context["left_out_count"]) == ([stories[0]], 2)
    after = client.post(undo(change), follow=True)
    assert (list(after.context["left_out"]), after.context["left_out_count"]) == ([stories[0]], 2)
    assert f"/admin/articles/article/{stories[0].pk}/change/" in after.text


def test_at_most_twenty_stories_are_named(client, koffi, monkeypatch):
    monkeypatch.setattr("articles.admin.tags.history.MAX_LEFT_OUT_SHOWN", 1)
    change, stories = merged("Bourse", "BVMAC")
    for story in stories:
        story.set_tags([])
    response = client.get(undo(change))
    assert (len(response.context["left_out"]), response.context["left_out_count"]) == (1, 2)


def test_a_spelling_that_is_anothers_by_now_is_named(client, koffi):
    bourse, bvmac, other = tags("Bourse", "BVMAC", "Autre")
    bourse.aliases.create(name="DSX")
    change = bvmac.merge([bourse], None)
    TagAlias.objects.filter(name="DSX").update(tag=other)
    assert "left unchanged: DSX" in client.post(undo(change), follow=True).text


@pytest.mark.parametrize(
    ("change", "consequence"),
    [
        (lambda tag, other: tag.rename(None, "Coton bio"), "The tag is called “Coton” again, at /tag/coton/."),
        (lambda tag, other: tag.merge([other], None), "“Fibre”: separate tags again."),
        (lambda tag, other: tag.retire(None), "“Coton” is a tag again."),
        (
            lambda tag, other: tag.rename(None, "Coton bio", "bio").undo(None).change,
            "called “Coton bio” again, at /tag/bio/",
        ),
        (lambda tag, other: tag.merge([other], None).undo(None).change, "merged into “Coton” again"),
        (lambda tag, other: tag.retire(None).undo(None).change, "“Coton” is deleted again"),
    ],
)
def test_each_kind_is_told_and_undone(client, koffi, change, consequence):
    made = change(*tags("Coton", "Fibre"))
    assert consequence in client.get(undo(made)).text
    client.post(undo(made))
    assert made.is_undone


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tag, other: tag.rename(None, "Coton bio"), "“Coton” renamed to “Coton bio”"),
        (lambda tag, other: tag.rename(None, "Bio", "bio"), "“Coton” renamed to “Bio”, at /tag/bio/"),
        (lambda tag, other: tag.rename(None, "Coton", "bio"), "“Coton” moved from /tag/coton/ to /tag/bio/"),
        (lambda tag, other: tag.merge([other], None), "“Fibre” merged into “Coton”"),
        (lambda tag, other: tag.retire(None), "“Coton” deleted"),
        (lambda tag, other: tag.retire(None).undo(None).change, "Undone: “Coton” deleted"),
        (
            lambda tag, other: tag.merge([other], None).undo(None).change.undo(None).change,
            "Redone: “Fibre” merged into “Coton”",
        ),
        (
            lambda tag, other: tag.merge([other], None).undo(None).change.undo(None).change.undo(None).change,
            "Undone: “Fibre” merged into “Coton”",
        ),
    ],
)
def test_every_change_is_listed_in_words_also_of_tags_that_are_gone(client, koffi, change, words):
    change(*tags("Coton", "Fibre"))
    assert client.get(CHANGES).context["entries"][0].words == words


def test_the_list_costs_the_same_however_long(client, koffi, django_assert_num_queries):
    client.get(CHANGES)
    (coton,) = tags("Coton")
    for number in range(20):
        coton.rename(koffi, f"Coton {number}").undo(koffi)
    with django_assert_num_queries(7):
        client.get(CHANGES)


def test_a_deletion_lists_the_addresses_that_are_gone(client, koffi):
    (coton,) = tags("Coton")
    change = coton.retire(koffi)
    assert '<code>/tag/coton/</code> <span class="about">410</span>' in client.get(undo(change)).text


def test_what_cannot_be_undone_says_why(client, koffi):
    (coton,) = tags("Coton")
    change = coton.rename(None, "Le coton")
    change.undo(None)
    assert "This has already been undone." in client.get(undo(change)).text
    assert "This has already been undone." in client.post(undo(change), follow=True).text
    old = coton.rename(None, "Cotons")
    TagChange.objects.filter(pk=old.pk).update(at=timezone.now() - datetime.timedelta(days=31))
    assert "too long ago" in client.get(undo(old)).text


def test_a_tag_whose_name_is_anothers_by_now_is_told(client, koffi):
    change, _stories = merged("Bourse", "BVMAC")
    TagAlias.objects.all().delete()
    Tag.objects.create_named("Bourse")
    assert "now leads to “Bourse”" in client.post(undo(change), follow=True).text
    assert not change.is_undone


def test_a_deletion_that_is_done_again_is_in_the_admins_log(client, koffi):
    (coton,) = tags("Coton")
    client.post(undo(coton.retire(None).undo(None).change))
    entry = LogEntry.objects.get()
    assert (entry.object_repr, read_log_message(entry.change_message)) == ("Coton", "Redone: “Coton” deleted")


def test_an_editor_undoes_a_rename_and_no_merge(client, awa):
    coton, fibre = tags("Coton", "Fibre")
    change = coton.rename(None, "Le coton")
    merge = coton.merge([fibre], None)
    for send in (client.get, client.post):
        assert send(undo(merge)).status_code == 403
    assert client.get(undo(change)).status_code == 200


def test_a_change_that_is_not_there_is_not_found(client, koffi):
    assert client.get("/admin/articles/tag/undo/9/").status_code == 404


def test_the_page_of_a_tag_leads_to_all_changes(client, koffi):
    (coton,) = tags("Coton")
    assert CHANGES in client.get(get_page(coton)).text


def test_deleted_tags_are_listed_by_themselves(client, koffi):
    coton, or_ = tags("Coton", "Or")
    coton.rename(koffi, "Coton bio")
    or_.retire(koffi)
    assert "Coton" in client.get(CHANGES).text
    deleted = client.get(CHANGES, {"kind": "retired"}).text
    assert ("“Or” deleted" in deleted, "Coton" in deleted) == (True, False)
    assert "Coton" in client.get(CHANGES, {"kind": "nonsense"}).text
