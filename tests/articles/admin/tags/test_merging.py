"""The page that merges tags: which one stays, what will happen, and the merge, once."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry

from articles.log_messages import read_log_message
from articles.models import Article, Tag, TagChange
from tests.articles import cast
from tests.articles.admin.tag_desk import get_page, ids, merge, run_action, undo

pytestmark = pytest.mark.django_db

MERGE = "/admin/articles/tag/merge/"
LIST = "/admin/articles/tag/"


def tags(*names):
    return [Tag.objects.create_named(name) for name in names]


def post_merge(client, target, *chosen):
    return client.post(MERGE, {"tags": ids(*chosen), "target": target.pk}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_leads_there_with_the_chosen_tags(client, koffi):
    chosen = tags("Un", "Deux")
    assert client.post(LIST, run_action("merge_selected", *chosen)).headers["Location"] == merge(*chosen)


def test_the_most_used_tag_stays_unless_another_is_chosen(client, koffi):
    cast.story(tags=["Deux"])
    one, two, three = *tags("Un"), Tag.objects.resolve("Deux"), *tags("Trois")
    assert client.get(merge(one, two, three)).context["plan"].target == two
    assert client.get(merge(one, two, three, target=one.pk)).context["plan"].target == one


def test_of_tags_with_as_many_stories_the_first_stays(client, koffi):
    one, two = tags("Un", "Deux")
    assert client.get(merge(two, one)).context["plan"].target == two


@pytest.mark.parametrize("text", ["BVMAC", "bvmac ", "Bourse régionale", "{pk}", "id:{pk}"])
def test_a_tag_that_is_typed_by_name_spelling_or_id_stays(client, koffi, text):
    bourse, bvmac = tags("Bourse", "BVMAC")
    bvmac.aliases.create(name="Bourse régionale")
    plan = client.get(merge(bourse, into=text.format(pk=bvmac.pk))).context["plan"]
    assert (plan.target, [source.tag for source in plan.sources]) == (bvmac, [bourse])


def test_a_typed_name_that_no_tag_has_is_told(client, koffi):
    (bourse,) = tags("Bourse")
    response = client.get(merge(bourse, into="<b>Rien"))
    assert "There is no tag “&lt;b&gt;Rien”." in response.text
    assert response.context["plan"] is None


def test_the_page_says_what_will_happen_and_does_nothing(client, koffi):
    bourse, bvmac = tags("Bourse", "BVMAC")
    bourse.aliases.create(name="Marché")
    cast.story("Une", tags=["Bourse"])
    cast.story("Deux", tags=["Bourse", "BVMAC"])
    cast.draft("Trois", tags=["Bourse"])
    cast.story("Quatre", tags=["Bourse"], hours_ago=-5)
    text = client.get(merge(bourse, bvmac, target=bvmac.pk)).text
    assert "3 stories change their tag." in text
    assert "1 more already has “BVMAC”." in text
    assert "2 published, 1 scheduled, 1 draft" in text
    assert "Bourse, Marché" in text
    assert "/tag/marche/" in text
    assert Tag.objects.count() == 2


def test_a_merge_moves_the_stories_and_says_how_many_and_how_to_undo_it(client, koffi):
    story = cast.story("Une", tags=["Bourse"])
    bourse, (bvmac,) = Tag.objects.get(), tags("BVMAC")
    response = post_merge(client, bvmac, bourse, bvmac)
    assert response.redirect_chain == [(get_page(bvmac), 302)]
    (message,) = messages(response)
    assert "“Bourse” merged into “BVMAC”: 1 story." in message
    assert undo(TagChange.objects.get()) in message
    assert [tag.name for tag in Article.objects.get(pk=story.pk).tags_in_order] == ["BVMAC"]


def test_a_merge_is_in_the_admins_log(client, koffi):
    bourse, bvmac = tags("Bourse", "BVMAC")
    post_merge(client, bvmac, bourse, bvmac)
    gone, kept = LogEntry.objects.order_by("pk")
    assert (gone.object_repr, gone.action_flag, gone.user) == ("Bourse", DELETION, koffi)
    assert (kept.object_repr, read_log_message(kept.change_message)) == ("BVMAC", "“Bourse” merged into “BVMAC”")


def test_a_second_click_merges_nothing_more(client, koffi):
    bourse, bvmac = tags("Bourse", "BVMAC")
    post_merge(client, bvmac, bourse, bvmac)
    response = post_merge(client, bvmac, bourse, bvmac)
    assert messages(response) == ["“Bourse” has since been merged into “BVMAC”."]
    assert TagChange.objects.count() == 1


def test_a_source_that_went_elsewhere_meanwhile_is_told_and_not_guessed(client, koffi):
    one, two, three, four = tags("Un", "Deux", "Trois", "Quatre")
    four.merge([one], None)
    response = post_merge(client, three, one, two, three)
    assert "“Un” has since been merged into “Quatre”." in messages(response)
    assert [tag.name for tag in Tag.objects.order_by("pk")] == ["Trois", "Quatre"]


def test_a_target_that_is_gone_is_told_and_nothing_is_merged(client, koffi):
    one, two, three = tags("Un", "Deux", "Trois")
    three.retire(None)
    response = post_merge(client, three, one, two, three)
    assert "1 selected tag no longer exists." in messages(response)
    assert Tag.objects.count() == 2
    response = client.get(merge(one, two, target=three.pk))
    assert "The tag that was to stay no longer exists" in response.text


@pytest.mark.parametrize("query", ["", "tags=", "tags=x,²,-1", f"tags={'9' * 30}", "tags=999", "tags=1&target=x"])
def test_nonsense_is_no_failure(client, koffi, query):
    for send in (client.get, client.post):
        assert send(f"{MERGE}?{query}").status_code in (200, 302)
    sent = dict(part.split("=") for part in query.split("&") if part)
    assert client.post(MERGE, sent | {"into": "\0"}).status_code == 302


def test_an_editor_may_not(client, awa):
    bourse, bvmac = tags("Bourse", "BVMAC")
    assert client.get(merge(bourse, bvmac)).status_code == 403
    assert client.post(MERGE, {"tags": ids(bourse, bvmac), "target": bvmac.pk}).status_code == 403
    assert "merge_selected" not in client.get(LIST).text
    assert "See what a merge would do" not in client.get(get_page(bourse)).text


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_many_tags(client, koffi, count, django_assert_num_queries):
    chosen = tags("But", *(f"Mot {number}" for number in range(count)))
    cast.story(tags=[tag.name for tag in chosen[1:]])
    with django_assert_num_queries(12):
        client.get(merge(*chosen, target=chosen[0].pk))
