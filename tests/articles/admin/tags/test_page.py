"""A tag's page on the desk: its form, and what stands below."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import FormerAddress, Tag, TagAlias, TagChange
from tests.articles import cast
from tests.articles.admin.tag_desk import form, get_page, merge, stored, undo

pytestmark = pytest.mark.django_db


def tags(*names):
    return [Tag.objects.create_named(name) for name in names]


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_an_empty_list_says_what_would_appear(client, koffi):
    (tag,) = tags("Bourse")
    assert "Tags that stories have together with this one appear here." in client.get(get_page(tag)).text


@pytest.mark.parametrize("reads", [cast.editor, cast.tag_staff])
def test_its_stories_have_their_times_with_the_zone(client, reads):
    client.force_login(reads("akua"))
    (tag,) = cast.story("Le port ferme", tags=["Bourse"]).tags_in_order
    about = client.get(get_page(tag)).text.partition('id="its-stories"')[2]
    assert "WAT" in about.partition("</section>")[0]


# Renaming


def test_a_new_name_leaves_the_address_and_is_in_the_history(client, koffi):
    (tag,) = tags("Bourse de Douala")
    client.post(get_page(tag), form(tag, name="BVMAC"))
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("BVMAC", "bourse-de-douala")
    assert (TagChange.objects.get().kind, TagChange.objects.get().by) == ("renamed", koffi)
    assert LogEntry.objects.get().object_repr == "BVMAC"


def test_a_new_address_leads_on_from_the_old_one(client, koffi):
    (tag,) = cast.story(tags=["Bourse"]).tags_in_order
    client.post(get_page(tag), form(tag, slug="bvmac"))
    assert client.get("/tag/bourse/").headers["Location"] == "/tag/bvmac/"


def test_a_description_alone_is_no_rename(client, koffi):
    (tag,) = tags("Bourse")
    client.post(get_page(tag), form(tag, description="Une place."))
    tag.refresh_from_db()
    assert tag.description == "Une place."
    assert not TagChange.objects.exists()


def test_its_own_spelling_becomes_its_name(client, koffi):
    (tag,) = tags("Franc CFA")
    tag.aliases.create(name="FCFA")
    assert client.post(get_page(tag), stored(tag, name="FCFA")).status_code == 302
    assert Tag.objects.get().name == "FCFA"
    assert [alias.name for alias in TagAlias.objects.all()] == ["Franc CFA"]


@pytest.mark.parametrize("name", ["Sénégal", "SENEGAL", "pays de la Téranga"])
def test_the_name_of_another_tag_offers_the_merge(client, koffi, name):
    senegal, mali = tags("Sénégal", "Mali")
    senegal.aliases.create(name="Pays de la Téranga")
    text = client.post(get_page(mali), form(mali, name=name)).text
    assert "is already the tag “Sénégal”" in text
    assert merge(mali, senegal, target=senegal.pk).replace("&", "&amp;") in text
    assert Tag.objects.count() == 2


def test_who_may_not_merge_is_led_to_the_other_tag(client, awa):
    senegal, mali = tags("Sénégal", "Mali")
    text = client.post(get_page(mali), form(mali, name="Sénégal")).text
    assert f'<a href="{get_page(senegal)}">Open that tag</a>' in text
    assert "/merge/" not in text


def test_a_retired_address_that_is_used_again_warns(client, koffi):
    mali, togo = tags("Mali", "Togo")
    mali.retire(None)
    response = client.post(get_page(togo), form(togo, slug="mali"), follow=True)
    assert any("/tag/mali/ is no longer available" in message for message in messages(response))


def test_a_new_tag_at_a_retired_address_warns(client, koffi):
    (mali,) = tags("Mali")
    mali.retire(None)
    response = client.post("/admin/articles/tag/add/", form(Tag(name="Mali")), follow=True)
    assert any("/tag/mali/ is no longer available" in message for message in messages(response))
    assert not FormerAddress.objects.exists()


def test_a_tag_that_a_colleague_renames_first_is_told(client, koffi, monkeypatch):
    """The colleague renames it between the check of the name and the save."""
    mali, _senegal = tags("Mali", "Sénégal")
    monkeypatch.setattr(Tag, "clean", lambda self: None)
    response = client.post(get_page(mali), form(mali, name="Sénegal"), follow=True)
    assert response.status_code == 200
    assert Tag.objects.get(pk=mali.pk).name == "Mali"


# Spellings


def test_a_spelling_that_is_taken_out_keeps_its_address(client, koffi):
    (tag,) = cast.story(tags=["Franc CFA"]).tags_in_order
    alias = tag.aliases.create(name="FCFA")
    client.post(get_page(tag), stored(tag, out=alias))
    assert not TagAlias.objects.exists()
    assert client.get("/tag/fcfa/feed/").headers["Location"] == "/tag/franc-cfa/feed/"


def test_a_spelling_takes_over_a_former_address(client, koffi):
    old, new = cast.story(tags=["Franc CFA", "Monnaie"]).tags_in_order
    FormerAddress.objects.record("/tag/fcfa/", old)
    client.post(get_page(new), form(new, "FCFA"))
    assert client.get("/tag/fcfa/").headers["Location"] == "/tag/monnaie/"


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("Sénégal", "is itself a tag: merge it instead"),
        ("Téranga", "already leads to “Sénégal”"),
        ("le mali !", "That is the name of the tag itself"),
    ],
)
def test_a_spelling_that_clashes_says_so(client, koffi, spelling, words):
    senegal, mali = tags("Sénégal", "Le Mali")
    senegal.aliases.create(name="Téranga")
    assert words in client.post(get_page(mali), form(mali, spelling)).text
    assert TagAlias.objects.count() == 1


def test_the_new_name_is_no_spelling_of_itself(client, koffi):
    (mali,) = tags("Mali")
    text = client.post(get_page(mali), form(mali, "Soudan français", name="Soudan français")).text
    assert "That is the name of the tag itself" in text


# Below the form


def test_it_shows_the_newest_stories_and_counts_the_others(client, koffi):
    story = cast.story("La récolte", tags=["Coton"], language="fr")
    cast.story("Secret", tags=["Coton"], hours_ago=-5)
    cast.draft("Brouillon", tags=["Coton"])
    context = client.get(get_page(Tag.objects.get())).context
    assert list(context["newest"]) == [story]
    assert context["counts"] == "1 published, 1 scheduled, 1 draft"


def test_it_leads_to_all_its_stories(client, koffi):
    cast.draft("Brouillon", tags=["Coton"])
    (tag,) = Tag.objects.all()
    cast.draft("Autre")
    address = f"/admin/articles/article/?tag={tag.pk}"
    assert address in client.get(get_page(tag)).text
    assert [str(story) for story in client.get(address).context["cl"].result_list] == ["Brouillon"]


def test_a_reporter_is_led_to_the_public_story(client, moutiou):
    story = cast.story("La récolte", tags=["Coton"])
    text = client.get(get_page(Tag.objects.get())).text
    assert f'href="{story.get_absolute_url()}"' in text
    assert f"/admin/articles/article/{story.pk}/" not in text


def test_the_tags_beside_it_are_named(client, koffi):
    cast.story("La récolte", tags=["Coton", "Bénin"])
    coton, benin = Tag.objects.order_by("pk")
    assert f'<a href="{get_page(benin)}">Bénin</a>' in client.get(get_page(coton)).text


def test_addresses_say_what_they_answer(client, koffi):
    (tag,) = cast.story(tags=["Coton"]).tags_in_order
    tag.rename(None, "Coton", "le-coton")
    tag.aliases.create(name="Cotton")
    response = client.get(get_page(tag))
    assert response.context["addresses"] == ["/tag/cotton/", "/tag/coton/"]
    assert response.text.count("301 to /tag/le-coton/") == 2


def test_a_tag_that_readers_do_not_see_promises_no_address(client, koffi):
    cast.draft(tags=["Coton"])
    text = client.get(get_page(Tag.objects.get())).text
    assert "404 until readers see a story with this tag" in text
    assert "View on site" not in text


def test_the_history_says_who_did_what_and_leads_to_the_undo(client, koffi):
    coton, fibre = tags("Coton", "Fibre")
    coton.rename(koffi, "Le coton")
    coton.refresh_from_db()
    change = coton.merge([fibre], koffi)
    entries = client.get(get_page(coton)).context["entries"]
    assert [entry.words for entry in entries] == ["“Fibre” merged into “Le coton”", "“Coton” renamed to “Le coton”"]
    assert [entry.who for entry in entries] == ["koffi", "koffi"]
    assert undo(change) in client.get(get_page(coton)).text


def test_what_was_undone_or_is_too_old_offers_no_undo(client, koffi):
    (coton,) = tags("Coton")
    old = coton.rename(koffi, "Le coton")
    TagChange.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    undone = coton.rename(koffi, "Cotons")
    back = undone.undo(koffi).change
    entries = client.get(get_page(coton)).context["entries"]
    assert [(entry.change, entry.may_undo) for entry in entries] == [(back, True), (undone, False), (old, False)]


def test_an_editor_sees_the_undo_of_renames_alone(client, awa):
    coton, fibre = tags("Coton", "Fibre")
    coton.rename(None, "Le coton")
    coton.merge([fibre], None)
    assert [entry.may_undo for entry in client.get(get_page(coton)).context["entries"]] == [False, True]


def test_the_page_costs_the_same_however_much_there_is(client, koffi):
    costs = set()
    for count in (1, 12):
        (tag,) = tags(f"Coton {count}")
        for number in range(count):
            cast.story(f"Une {number}", tags=[tag.name, f"Autre {count} {number}"], authors=[cast.author()])
            tag.aliases.create(name=f"Fibre {count} {number}")
            FormerAddress.objects.record(f"/tag/old-{count}-{number}/", tag)
            tag.rename(koffi, f"Coton {count}", f"coton-{count}-{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(get_page(tag))
        costs.add(len(queries))
    assert len(costs) == 1


def test_a_page_of_a_new_tag_shows_the_form_alone(client, koffi):
    assert "It was never renamed or merged." not in client.get("/admin/articles/tag/add/").text
