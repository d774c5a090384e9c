"""Text that was typed and not saved: kept for its writer alone, offered on return, never in the story by itself."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Autosave
from tests.articles import cast
from tests.articles.admin.story_form import ADD, autosave, change, in_days, minutes, typed

pytestmark = pytest.mark.django_db


def post_autosave(client, story, key="k1", **fields):
    return autosave(client, story, typed(story, key=key, **fields))


def restored(client, story):
    return f"{change(story)}?typed={Autosave.objects.get().pk}"


def test_the_story_stays_as_it_is(client, awa):
    story = cast.story("En ligne")
    response = post_autosave(client, story, headline="Pas encore")
    assert set(response.json()) == {"saved"}
    story.refresh_from_db()
    assert (story.headline, story.version, story.has_changes) == ("En ligne", 2, False)
    assert Autosave.objects.get().typed["headline"] == ["Pas encore"]


def test_it_never_holds_a_time(client, awa):
    post_autosave(client, cast.draft(), publish_at=in_days(1), unpublish_at=in_days(2), anyway="1")
    assert not {"publish_at", "unpublish_at", "embargo_until", "changes_at", "anyway"} & set(
        Autosave.objects.get().typed
    )


def test_typing_on_keeps_one_row_for_each_opening_of_the_form(client, awa):
    story = cast.draft()
    for headline in ("Un", "Deux"):
        post_autosave(client, story, headline=headline)
    post_autosave(client, story, key="k2", headline="Trois")
    assert [kept.typed["headline"] for kept in Autosave.objects.order_by("pk")] == [["Deux"], ["Trois"]]


def test_it_is_offered_on_return_with_the_difference(client, awa):
    story = cast.draft("Le port ferme")
    post_autosave(client, story, headline="Le port rouvre")
    assert "is not in the story" in client.get(change(story)).text
    difference = client.get(reverse("admin:articles_article_autosaved", args=[Autosave.objects.get().pk]))
    assert "<ins>rouvre</ins>" in difference.text


def test_put_in_the_form_it_can_be_saved(client, awa):
    story = cast.draft("Le port ferme")
    post_autosave(client, story, headline="Le port rouvre", tags="Neuf")
    response = client.get(restored(client, story))
    form = response.context["adminform"].form
    assert form["headline"].value() == "Le port rouvre"
    assert response.context["key"] == "k1"
    assert Article.objects.get().headline == "Le port ferme"
    client.post(change(story), typed(story, key="k1", headline="Le port rouvre"))
    assert Article.objects.get().headline == "Le port rouvre"
    assert not Autosave.objects.exists()


def test_put_on_top_of_a_newer_version_it_is_merged(client, awa):
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, kicker="Ports"))
    story.refresh_from_db()
    post_autosave(client, story, headline="Le port rouvre", kicker="Ports")
    client.post(change(story), typed(story, key="k2", standfirst="À midi."))
    form = client.get(restored(client, story)).context["adminform"].form
    assert form["version"].value() == str(story.version)
    client.post(change(story), typed(story, key="k1", headline="Le port rouvre"))
    story.refresh_from_db()
    assert (story.headline, story.standfirst) == ("Le port rouvre", "À midi.")


def test_times_stay_in_the_form_when_text_is_put_there(client, awa):
    story = cast.draft("Le port ferme")
    story.publish_at = timezone.now() + datetime.timedelta(days=3)
    story.save()
    post_autosave(client, story, headline="Le port rouvre")
    form = client.get(restored(client, story)).context["adminform"].form
    assert form["publish_at"].value() == minutes(story.publish_at)


def test_saving_one_form_leaves_the_text_of_another(client, awa):
    story = cast.draft()
    post_autosave(client, story, key="k1", headline="Perdu ?")
    client.post(change(story), typed(story, key="k2", kicker="Ports"))
    assert Autosave.objects.get().typed["headline"] == ["Perdu ?"]


def test_it_is_discarded_on_demand(client, awa):
    story = cast.draft()
    post_autosave(client, story, headline="Autre")
    client.post(reverse("admin:articles_article_autosaved", args=[Autosave.objects.get().pk]))
    assert not Autosave.objects.exists()


def test_what_was_emptied_stays_empty(client, awa):
    story = cast.draft("Le port ferme", standfirst="À minuit.", tags=["Togo"])
    form = {name: value for name, value in typed(story, key="k1").items() if name not in ("standfirst", "tags")}
    autosave(client, story, form)  # as a browser, which sends no empty field
    form = client.get(restored(client, story)).context["adminform"].form
    assert (form["standfirst"].value() or "", form["tags"].value(), form["headline"].value()) == (
        "",
        [],
        "Le port ferme",
    )


def test_a_colleague_neither_sees_nor_ends_it(client, awa):
    story = cast.draft()
    post_autosave(client, story, headline="À moi")
    mine = Autosave.objects.get()
    client.force_login(cast.editor("koffi"))
    assert "is not in the story" not in client.get(change(story)).text
    assert client.get(f"{change(story)}?typed={mine.pk}").context["adminform"].form["headline"].value() != "À moi"
    for method in (client.get, client.post):
        assert method(reverse("admin:articles_article_autosaved", args=[mine.pk])).status_code == 404
    assert Autosave.objects.exists()


def test_a_new_story_has_one_too(client, awa):
    autosave(client, None, typed(key="k1", headline="Tout neuf"))
    kept = Autosave.objects.get()
    assert client.get(f"{ADD}?typed={kept.pk}").context["adminform"].form["headline"].value() == "Tout neuf"
    client.post(ADD, typed(key="k1", headline="Tout neuf"))
    assert not Autosave.objects.exists()


def test_it_costs_three_queries_beyond_the_login(client, awa):
    story = cast.draft()
    post_autosave(client, story)
    form = typed(story, key="k1", headline="Autre")
    with CaptureQueriesContext(connection) as captured:
        autosave(client, story, form)
    own = [q["sql"] for q in captured if "articles_" in q["sql"]]
    assert len(own) <= 3, own


@pytest.mark.parametrize("new", [True, False])
def test_kept_text_that_says_what_the_story_says_is_dropped(client, awa, new):
    story = None if new else cast.draft("Le port ferme", tags=["Togo"])
    cast.author(user=awa)
    form = {"authors": f"id:{awa.author.pk}"} if new else {}
    autosave(client, story, typed(story, key="k1", **form))
    assert "is not in the story" not in client.get(change(story) if story else ADD).text
    assert not Autosave.objects.exists()


def test_lines_end_alike_in_what_was_saved_and_what_was_kept(client, awa):
    """A form sends CRLF, the script that keeps it LF."""
    story = cast.draft("Le port ferme", authors=[cast.author(user=awa)])
    client.post(change(story), typed(story, standfirst="Un.\r\nDeux."))
    autosave(client, story, typed(cast.fresh(story), key="k1", standfirst="Un.\nDeux."))
    assert "is not in the story" not in client.get(change(story)).text


def test_kept_text_that_only_a_later_version_understands_stays(client, awa):
    story = cast.draft("Le port ferme")
    autosave(client, story, typed(story, key="k1"))
    Autosave.objects.update(typed={**Autosave.objects.get().typed, "pull_quote": ["Jamais."]})
    client.get(change(story))
    assert Autosave.objects.get().typed["pull_quote"] == ["Jamais."]


def test_a_kept_text_of_nested_marks_is_shown_as_it_would_be_saved(client, awa):
    story = cast.draft("Le port ferme")
    post_autosave(client, story, body="<p>" + "<strong>a " * 500 + "</p>")
    page = reverse("admin:articles_article_autosaved", args=[Autosave.objects.get().pk])
    assert client.get(page).text.count("<strong>") < 1000


@pytest.mark.parametrize(
    "fields", [{"note": "À relire"}, {"tags": "Neuf"}, {"headline": "L" * 999}, {"never_teased": "on"}]
)
def test_kept_text_that_says_anything_else_is_offered(client, awa, fields):
    story = cast.draft("Le port ferme")
    post_autosave(client, story, **fields)
    assert "is not in the story" in client.get(change(story)).text


def test_who_may_only_read_the_story_by_now_finds_their_own_text(client, moutiou):
    story = cast.draft("Le port ferme", created_by=moutiou)
    post_autosave(client, story, headline="Le port rouvre")
    story.publish(cast.editor())
    form = client.get(change(story)).text
    assert "See the difference" in form
    assert "Put it in the form" not in form
    difference = client.get(reverse("admin:articles_article_autosaved", args=[Autosave.objects.get().pk])).text
    assert "<ins>rouvre</ins>" in difference
    assert "Put it in the form" not in difference


@pytest.mark.parametrize("typed_number", ["x", "0", "99", "9" * 30, "-1"])
def test_nonsense_opens_the_form_as_it_is(client, awa, typed_number):
    assert client.get(f"{change(cast.draft())}?typed={typed_number}").status_code == 200


def test_anything_may_be_typed(client, awa):
    form = {"key": "k" * 500, "headline": "\0" * 3, "body": "<" * 10_000}
    assert autosave(client, cast.draft(), form).status_code == 200


@pytest.mark.parametrize("body", ["", "{", "1", "[1]", "[[1, 2]]", '[["a"]]', '{"a": "b"}', '[["a", null]]', "\ud800"])
def test_what_no_form_sends_is_refused(client, awa, body):
    address = reverse("admin:articles_article_autosave", args=[cast.draft().pk])
    response = client.post(address, body.encode(errors="surrogatepass"), content_type="application/json")
    assert response.status_code == 400
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("texts", [1, 2, 5])
def test_all_texts_that_were_not_saved_stand_in_one_box(client, awa, texts):
    story = cast.draft("Le port ferme")
    for number in range(texts):
        autosave(client, story, typed(story, headline=f"Titre {number}", key=f"a{number}"))
    page = client.get(change(story)).text
    assert page.count('class="kept-text"') == 1
    assert page.count("Put it in the form") == texts
    assert (f"{texts} texts that you typed are not in the story" in page) == (texts > 1)


def test_what_was_typed_into_an_abandoned_new_story_is_discarded_from_the_form(client, awa):
    autosave(client, None, typed(key="k1", headline="Le port"))
    kept = Autosave.objects.get()
    address = reverse("admin:articles_article_autosaved", args=[kept.pk])
    page = client.get(ADD).text
    assert f'form="discard-kept" formaction="{address}"' in page
    assert '<form id="discard-kept" method="post">' in page
    assert client.post(address).headers["Location"] == ADD
    assert "discard-kept" not in client.get(ADD).text
