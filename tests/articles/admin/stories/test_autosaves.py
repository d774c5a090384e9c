"""Text that was typed and not saved: kept for its writer alone, offered on return, never in the story by itself."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Autosave
from articles.models.content import Edit
from newsroom.models import User
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


def open_form(client, story=None):
    """Return the inputs by which a form that is opened now proves whose it is."""
    shown = client.get(change(story) if story else ADD).context
    return {"key": shown["key"], "whose": shown["whose"]}


def end_login():
    """End the session without a sign-out, as time does."""
    Session.objects.all().delete()


def sent_too_late(client, person, story=None, **fields):
    """Post the form after the session has ended; then the same person signs in again."""
    form = typed(story, **open_form(client, story), **fields)
    end_login()
    response = client.post(change(story) if story else ADD, form, follow=True)
    client.force_login(person)
    return response


def test_after_the_login_has_ended_the_save_waits_behind_the_next(client, awa):
    story = cast.draft("Le port ferme")
    response = sent_too_late(client, awa, story, headline="Le port rouvre")
    assert "Sign in, and what you typed will be saved" in response.text
    assert Article.objects.get().headline == "Le port ferme"
    assert client.get(change(story)).status_code == 302
    assert "is saved." in client.get(change(story)).text
    assert Article.objects.get().headline == "Le port rouvre"
    assert not Autosave.objects.exists()


def test_a_new_story_waits_behind_the_login_too(client, awa):
    sent_too_late(client, awa, headline="Tout neuf")
    client.get(ADD)
    assert Article.objects.get().headline == "Tout neuf"


def test_a_save_behind_the_login_meets_what_a_colleague_saved_meanwhile(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, headline="Le port rouvre")
    story.save_draft(cast.editor("koffi"), Edit({**story.newest_content, "headline": "Le port dort"}))
    response = client.get(change(story))
    assert (response.status_code, response.context["clashes"][0].key) == (409, "headline")
    assert story.revisions.get(event="kept").content["headline"] == "Le port rouvre"


def test_a_save_behind_the_login_that_the_story_refuses_comes_back_in_the_form(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, headline="L" * 999)
    response = client.get(change(story))
    assert response.context["errors"]
    assert client.get(change(story)).context["errors"] == []


def test_nothing_is_published_behind_a_login(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, verb="publish", headline="Le port rouvre")
    client.get(change(story))
    assert "press it again" in client.get(change(story)).text
    story.refresh_from_db()
    assert (story.status, story.headline) == ("draft", "Le port rouvre")


def test_after_an_hour_what_was_sent_too_late_is_only_offered(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, headline="Le port rouvre")
    Autosave.objects.update(saved_at=timezone.now() - datetime.timedelta(minutes=61))
    assert "is not in the story" in client.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


def test_what_was_sent_too_late_is_saved_for_nobody_else(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, headline="Le port rouvre")
    client.force_login(cast.editor("koffi"))
    client.get(change(story))
    assert Article.objects.get().headline == "Le port ferme"


def test_times_stay_as_they_are_when_a_save_waits_behind_the_login(client, awa):
    story = cast.draft("Le port ferme")
    story.publish_at = timezone.now() + datetime.timedelta(days=3)
    story.save()
    sent_too_late(client, awa, story, headline="Le port rouvre", publish_at=in_days(9))
    client.get(change(story))
    assert Article.objects.get().headline == "Le port rouvre"
    assert Article.objects.get().publish_at == story.publish_at


def test_a_new_login_in_another_tab_loses_nothing(awa):
    story, browser = cast.draft("Le port ferme"), Client(enforce_csrf_checks=True)
    browser.force_login(awa)
    form = typed(story, headline="Le port rouvre", **open_form(browser, story))
    browser.force_login(awa)
    response = browser.post(change(story), form | {"csrfmiddlewaretoken": "of-the-last-login"})
    assert response["Location"] == change(story)
    assert browser.get(change(story)).status_code == 302
    assert Article.objects.get().headline == "Le port rouvre"


def test_a_form_from_elsewhere_is_refused(awa):
    story, browser = cast.draft("Le port ferme"), Client(enforce_csrf_checks=True)
    browser.force_login(awa)
    for address in (change(story), "/admin/articles/tag/add/"):
        assert browser.post(address, typed(story, headline="Faux", whose="x")).status_code == 403
    assert not Autosave.objects.exists()


def test_times_stay_in_the_form_when_text_is_put_there(client, awa):
    story = cast.draft("Le port ferme")
    story.publish_at = timezone.now() + datetime.timedelta(days=3)
    story.save()
    post_autosave(client, story, headline="Le port rouvre")
    form = client.get(restored(client, story)).context["adminform"].form
    assert form["publish_at"].value() == minutes(story.publish_at)


def test_a_sign_out_ends_what_open_forms_save_by_themselves(client, awa):
    story = cast.draft("Le port ferme")
    form = typed(story, headline="Le port rouvre", **open_form(client, story))
    client.post("/admin/logout/")
    assert "waiting for you in the form" in client.post(change(story), form, follow=True).text
    client.force_login(awa)
    assert "is not in the story" in client.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


def test_what_another_browser_sends_is_offered_and_never_saved(client, awa):
    story = cast.draft("Le port ferme")
    form = typed(story, headline="Le port brûle", **open_form(client, story))
    Client().post(change(story), form)
    assert "is not in the story" in client.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


def test_what_another_browser_sends_replaces_nothing(client, awa):
    story = cast.draft("Le port ferme")
    form = typed(story, **open_form(client, story))
    autosave(client, story, form | {"headline": "Le port rouvre"})
    for headline in ("Faux", "Le port brûle"):
        Client().post(change(story), form | {"headline": headline})
    assert [kept.typed["headline"] for kept in Autosave.objects.order_by("pk")] == [
        ["Le port rouvre"],
        ["Le port brûle"],
    ]
    apart = Autosave.objects.latest("pk")
    shown = client.get(f"{change(story)}?typed={apart.pk}").context
    assert shown["key"] == apart.key
    client.post(change(story), typed(story, key=apart.key, headline="Le port brûle"))
    assert Autosave.objects.get().typed["headline"] == ["Le port rouvre"]


def test_what_was_sent_too_late_is_saved_in_the_browser_that_sent_it_alone(client, awa):
    story, other = cast.draft("Le port ferme"), Client()
    form = typed(story, headline="Le port rouvre", **open_form(client, story))
    end_login()
    client.post(change(story), form)
    other.force_login(awa)
    for _look in range(2):  # the second look comes with the cookie of this browser
        assert "is not in the story" in other.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"
    client.force_login(awa)
    client.get(change(story))
    assert Article.objects.get().headline == "Le port rouvre"


def test_what_waits_for_the_next_login_is_only_offered_after_a_sign_out(client, awa):
    story = cast.draft("Le port ferme")
    sent_too_late(client, awa, story, headline="Le port rouvre")
    copied = client.cookies["form_owner"].value
    client.post("/admin/logout/")
    client.force_login(awa)
    client.cookies["form_owner"] = copied
    assert "is not in the story" in client.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


def test_a_copied_cookie_is_good_for_nothing_after_the_sign_out(client, awa):
    story, thief = cast.draft("Le port ferme"), Client()
    form = typed(story, headline="Le port brûle", **open_form(client, story))
    thief.cookies["form_owner"] = client.cookies["form_owner"].value
    client.post("/admin/logout/")
    thief.post(change(story), form)
    assert Autosave.objects.get().pressed == ""


def test_what_a_colleague_sends_from_the_same_browser_is_never_saved(awa):
    story, browser = cast.draft("Le port ferme"), Client(enforce_csrf_checks=True)
    browser.force_login(awa)
    form = typed(story, headline="Le port brûle", **open_form(browser, story))
    end_login()
    browser.force_login(cast.editor("koffi"))
    browser.post(change(story), form | {"csrfmiddlewaretoken": "of-the-last-login"})
    end_login()
    browser.force_login(awa)
    assert "is not in the story" in browser.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


@pytest.mark.parametrize("forged", ["", "x", "1", "1:x:y", "9" * 30, "é:1:2", ":::"])
def test_without_a_good_signature_nothing_is_kept(client, awa, forged):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_login()
    assert client.post(change(story), form | {"whose": forged}).status_code == 302
    assert not Autosave.objects.exists()


def test_a_signature_is_good_for_one_opening_of_one_form(client, awa):
    story, other = cast.draft("Un"), cast.draft("Deux")
    form = typed(story, **open_form(client, story))
    end_login()
    for address, changed in [(change(other), {}), (ADD, {}), (change(story), {"key": "k2"})]:
        client.post(address, form | changed)
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    "happens",
    [
        lambda user: user.set_password("un-autre-mot"),
        lambda user: setattr(user, "is_active", False),
        lambda user: setattr(user, "is_staff", False),
        lambda user: user.groups.clear(),
    ],
    ids=["new password", "locked out", "no longer staff", "no longer a writer"],
)
def test_a_signature_ends_with_the_rights_of_the_person(client, awa, happens):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_login()
    happens(awa)
    awa.save()
    client.post(change(story), form)
    assert not Autosave.objects.exists()


def test_text_for_a_story_that_the_person_may_not_change_comes_back_and_is_not_kept(client, moutiou):
    mine = cast.draft("Le mien", created_by=moutiou)
    form = typed(mine, headline="Le port rouvre", **open_form(client, mine))
    mine.publish(cast.editor(), edit=Edit({**mine.newest_content, "headline": "Autrement"}))
    end_login()
    response = client.post(change(mine), form)
    assert response.status_code == 403
    assert "Le port rouvre" in response.text
    assert "Autrement" not in response.text
    assert not Autosave.objects.exists()


def test_an_old_signature_keeps_nothing(client, awa, monkeypatch):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_login()
    later = timezone.now() + datetime.timedelta(days=15)
    monkeypatch.setattr("time.time", lambda: later.timestamp())
    client.post(change(story), form)
    assert not Autosave.objects.exists()


def test_a_person_who_is_gone_loses_nothing_but_the_text(client, awa):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_login()
    User.objects.filter(pk=awa.pk).delete()
    assert client.post(change(story), form).status_code == 302


@pytest.mark.parametrize("new", [True, False])
def test_kept_text_that_says_what_the_story_says_is_dropped(client, awa, new):
    story = None if new else cast.draft("Le port ferme", tags=["Togo"])
    cast.author(user=awa)
    form = {"authors": f"id:{awa.author.pk}"} if new else {}
    autosave(client, story, typed(story, key="k1", **form))
    assert "is not in the story" not in client.get(change(story) if story else ADD).text
    assert not Autosave.objects.exists()


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
