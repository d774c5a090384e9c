"""Text that was sent after the login had ended: kept for whoever opened the form, saved once they are back."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from articles.models import Article, Autosave
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.story_form import ADD, autosave, change, in_days, pairs, typed

pytestmark = pytest.mark.django_db


def open_form(client, story=None):
    """Return the inputs by which a form that is opened now proves whose it is."""
    shown = client.get(change(story) if story else ADD).context
    return {"key": shown["key"], "whose": shown["whose"]}


def end_session():
    """End the session without a sign-out, as time does."""
    Session.objects.all().delete()


def sent_too_late(client, person, story=None, **fields):
    """Post the form after the session has ended; then the same person signs in again."""
    form = typed(story, **open_form(client, story), **fields)
    end_session()
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
    response = browser.post(change(story), form | {"csrfmiddlewaretoken": "of-the-last-session"})
    assert response["Location"] == change(story)
    assert browser.get(change(story)).status_code == 302
    assert Article.objects.get().headline == "Le port rouvre"


def test_a_form_from_elsewhere_is_refused(awa):
    story, browser = cast.draft("Le port ferme"), Client(enforce_csrf_checks=True)
    browser.force_login(awa)
    for address in (change(story), "/admin/articles/tag/add/"):
        assert browser.post(address, typed(story, headline="Faux", whose="x")).status_code == 403
    assert not Autosave.objects.exists()


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
    end_session()
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
    end_session()
    browser.force_login(cast.editor("koffi"))
    browser.post(change(story), form | {"csrfmiddlewaretoken": "of-the-last-session"})
    end_session()
    browser.force_login(awa)
    assert "is not in the story" in browser.get(change(story)).text
    assert Article.objects.get().headline == "Le port ferme"


@pytest.mark.parametrize("forged", ["", "x", "1", "1:x:y", "9" * 30, "é:1:2", ":::"])
def test_without_a_good_signature_nothing_is_kept(client, awa, forged):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_session()
    assert client.post(change(story), form | {"whose": forged}).status_code == 302
    assert not Autosave.objects.exists()


def test_a_signature_is_good_for_one_opening_of_one_form(client, awa):
    story, other = cast.draft("Un"), cast.draft("Deux")
    form = typed(story, **open_form(client, story))
    end_session()
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
    end_session()
    happens(awa)
    awa.save()
    client.post(change(story), form)
    assert not Autosave.objects.exists()


def test_text_for_a_story_that_the_person_may_not_change_comes_back_and_is_not_kept(client, moutiou):
    mine = cast.draft("Le mien", created_by=moutiou)
    form = typed(mine, headline="Le port rouvre", **open_form(client, mine))
    mine.publish(cast.editor(), edit=Edit({**mine.newest_content, "headline": "Autrement"}))
    end_session()
    response = client.post(change(mine), form)
    assert response.status_code == 403
    assert "Le port rouvre" in response.text
    assert "Autrement" not in response.text
    assert not Autosave.objects.exists()


def test_an_old_signature_keeps_nothing(client, awa, monkeypatch):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_session()
    later = timezone.now() + datetime.timedelta(days=15)
    monkeypatch.setattr("time.time", lambda: later.timestamp())
    client.post(change(story), form)
    assert not Autosave.objects.exists()


def test_a_person_who_is_gone_loses_nothing_but_the_text(client, awa):
    story = cast.draft()
    form = typed(story, **open_form(client, story))
    end_session()
    User.objects.filter(pk=awa.pk).delete()
    assert client.post(change(story), form).status_code == 302


# Somebody else has signed in since the form was opened


def sent_by_a_colleague(client, story, **fields):
    form = typed(story, **open_form(client, story), **fields)
    client.force_login(cast.editor("koffi"))
    return form


def test_a_form_is_not_saved_as_a_colleagues(client, awa):
    story = cast.draft("Le port ferme")
    form = sent_by_a_colleague(client, story, headline="Le port rouvre", verb="publish")
    response = client.post(change(story), form, follow=True)
    assert "kept for them and was not saved" in response.text
    assert "is not in the story" not in response.text
    story.refresh_from_db()
    assert (story.status, story.headline) == ("draft", "Le port ferme")
    assert Autosave.objects.get().user == awa


def test_the_form_of_a_new_story_is_not_saved_as_a_colleagues(client, awa):
    client.post(ADD, sent_by_a_colleague(client, None, headline="Tout neuf"))
    assert not Article.objects.exists()
    assert Autosave.objects.get().user == awa


def test_a_colleagues_form_that_proves_nothing_comes_back_with_its_text(client, awa):
    story = cast.draft("Le port ferme")
    form = sent_by_a_colleague(client, story, headline="Le port rouvre") | {"key": "another"}
    response = client.post(change(story), form)
    assert response.status_code == 403
    assert "Le port rouvre" in response.text
    assert not Autosave.objects.exists()


def test_what_is_typed_is_not_kept_as_a_colleagues(client, awa):
    story = cast.draft("Le port ferme")
    client.force_login(cast.editor("koffi"))
    address = f"/admin/articles/article/{story.pk}/autosave/"
    fields = pairs(typed(story, headline="Le port rouvre", key="a1"))
    headers = {"X-Form-Owner": str(awa.pk)}
    assert client.post(address, fields, content_type="application/json", headers=headers).status_code == 409
    assert not Autosave.objects.exists()
