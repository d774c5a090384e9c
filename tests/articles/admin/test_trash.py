"""The trash on the desk: deleting leads into it, and who may delete puts back or deletes for good."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.models import Article, Image, TrashEntry
from tests.articles import cast

pytestmark = pytest.mark.django_db

TRASH = "/admin/articles/trashentry/"


def delete(client, thing):
    noun = type(thing)._meta.model_name
    return client.post(f"/admin/articles/{noun}/{thing.pk}/delete/", {"post": "yes"}, follow=True)


def act(client, action, entries, **more):
    return client.post(
        TRASH, {"action": action, "_selected_action": [entry.pk for entry in entries], **more}, follow=True
    )


def listed(client):
    return [entry.name for entry in client.get(TRASH).context["cl"].result_list]


def messages_of(page):
    return " ".join(str(message) for message in page.context["messages"])


def test_deleting_a_story_or_a_picture_leads_to_the_trash(client, awa):
    story, picture = cast.draft("Le port"), cast.image(alt="Le phare")
    assert "put back" in client.get(f"/admin/articles/article/{story.pk}/delete/").text
    for thing in (story, picture):
        assert f'href="{TRASH}"' in messages_of(delete(client, thing))
    assert listed(client) == ["Le phare", "Le port"]
    page = client.get(TRASH).text
    assert ("30 days" in page, "awa" in page) == (True, True)
    assert (Article.objects.count(), Image.objects.count()) == (0, 0)


def test_a_story_that_is_published_or_deleted_at_that_moment_is_no_error_page(client, awa, monkeypatch):
    put_in = type(TrashEntry.objects.all()).put_in

    def interrupted(then):
        def put_in_late(self, thing, by):
            then(Article.objects.get(pk=thing.pk))
            return put_in(self, thing, by)

        monkeypatch.setattr(type(TrashEntry.objects.all()), "put_in", put_in_late)

    story = cast.draft("Le port")
    interrupted(lambda story: story.publish(awa))
    assert "withdraw it instead" in messages_of(delete(client, story))
    assert Article.objects.filter(pk=story.pk).exists()
    interrupted(lambda story: story.delete())
    assert "already been deleted" in messages_of(delete(client, cast.draft("Un autre")))


def test_many_pictures_are_moved_at_once_and_one_in_use_keeps_all(client, awa):
    pictures = [cast.image(60 + number, 40) for number in range(2)]
    chosen = {"action": "delete_selected", "_selected_action": [picture.pk for picture in pictures], "post": "yes"}
    cast.draft("Le port", lead_image=pictures[0])
    client.post("/admin/articles/image/", chosen)
    assert (Image.objects.count(), TrashEntry.objects.count()) == (2, 0)
    Article.objects.all().delete()
    page = client.post("/admin/articles/image/", chosen, follow=True)
    assert (Image.objects.count(), TrashEntry.objects.count()) == (0, 2)
    said = "2 pictures are in the trash for thirty days."
    assert messages_of(page) == f'{said} <a href="{TRASH}">Undo in the trash</a>'


def test_many_pictures_are_asked_about_first_and_moved_by_those_who_may(client, awa):
    chosen = {"action": "delete_selected", "_selected_action": [cast.image().pk]}
    assert "These go to the trash." in client.post("/admin/articles/image/", chosen).text
    client.force_login(cast.reporter())
    client.post("/admin/articles/image/", chosen | {"post": "yes"})
    assert Image.objects.exists()


def test_pictures_that_a_colleague_moved_at_that_moment_are_no_error_page(client, awa, monkeypatch):
    picture, put_in = cast.image(), type(TrashEntry.objects.all()).put_in

    def put_in_late(self, thing, by):
        put_in(self, Image.objects.get(pk=thing.pk), by)
        return put_in(self, thing, by)

    monkeypatch.setattr(type(TrashEntry.objects.all()), "put_in", put_in_late)
    chosen = {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"}
    assert messages_of(client.post("/admin/articles/image/", chosen, follow=True)) == "It has already been deleted."


def test_one_press_puts_it_back_and_links_to_it(client, awa):
    story = cast.draft("Le port")
    delete(client, story)
    page = client.post(TRASH, {"put_back": TrashEntry.objects.get().pk}, follow=True)
    assert f'href="/admin/articles/article/{story.pk}/change/"' in messages_of(page)
    assert Article.objects.get() == story
    assert LogEntry.objects.filter(object_id=story.pk).first().change_message == "Put back"
    assert "no longer in the trash" in messages_of(client.post(TRASH, {"put_back": "1"}, follow=True))


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "\0", "²"])
def test_a_number_that_is_none_puts_nothing_back(client, awa, number):
    delete(client, cast.draft("Le port"))
    assert client.post(TRASH, {"put_back": number}).status_code == 302
    assert TrashEntry.objects.count() == 1


def test_deleting_for_good_asks_first(client, awa):
    delete(client, cast.draft("Le port"))
    entries = list(TrashEntry.objects.all())
    assert "cannot be undone" in act(client, "delete_for_good", entries).text
    assert TrashEntry.objects.count() == 1
    act(client, "delete_for_good", entries, confirmed="1")
    assert TrashEntry.objects.count() == 0


def test_the_action_puts_back_what_was_chosen(client, awa):
    for headline in ("Un", "Deux", "Trois"):
        delete(client, cast.draft(headline))
    act(client, "put_back_selected", TrashEntry.objects.exclude(name="Deux"))
    assert listed(client) == ["Deux"]


def test_who_may_delete_only_stories_of_their_own_sees_no_others(client, awa, django_user_model):
    moutiou = cast.reporter()
    moutiou.user_permissions.add(Permission.objects.get(codename="delete_article"))
    own, other = cast.draft("À moi", created_by=moutiou), cast.draft("À Awa", created_by=awa)
    for thing in (own, other, cast.image()):
        delete(client, thing)
    client.force_login(django_user_model.objects.get(pk=moutiou.pk))
    assert listed(client) == ["À moi"]
    for entry in TrashEntry.objects.exclude(name="À moi"):
        client.post(TRASH, {"put_back": entry.pk})
        act(client, "delete_for_good", [entry], confirmed="1")
    assert TrashEntry.objects.count() == 3


def test_a_lost_right_ends_the_trash(client, awa):
    delete(client, cast.draft("Le port"))
    awa.groups.clear()
    assert client.get(TRASH).status_code == 403
    assert client.post(TRASH, {"put_back": TrashEntry.objects.get().pk}).status_code == 403
    assert TrashEntry.objects.exists()


def test_the_text_of_a_form_that_was_open_is_handed_back(client, awa):
    story = cast.draft("Le port")
    delete(client, story)
    typed = {"headline": "Autre", "body": "<p>Texte</p>", "version": "1", "_save": "1"}
    page = client.post(f"/admin/articles/article/{story.pk}/change/", typed)
    assert (page.status_code, "Autre" in page.text) == (403, True)


def test_many_entries_cost_the_queries_of_one(client, awa, django_assert_max_num_queries):
    for number in range(5):
        TrashEntry.objects.put_in(cast.draft(str(number)), awa)
    with django_assert_max_num_queries(8):
        client.get(TRASH)
