"""A story that an editor pins before it is public, beside the story of a reporter who may not see it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Autosave, RelatedChoice
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import autosave, typed

pytestmark = pytest.mark.django_db

SECRET = "Le gouverneur part"  # in ASCII, which no encoding of a page changes


@pytest.fixture
def pinned(moutiou):
    """Return a reporter's draft to which an editor pinned a scheduled story, between two that are public."""
    editor = cast.editor()
    story = cast.draft("Le port", created_by=moutiou, slug="le-port")
    secret = cast.draft(SECRET, slug="gouverneur-part", created_by=editor)
    secret.publish(editor, at=timezone.now() + datetime.timedelta(hours=2))
    others = [cast.story("La bourse"), cast.story("Le coton")]
    edit = Edit({**story.stored_content, "pinned_compact": _pairs([others[0], secret, others[1]])}, story.version)
    story.save_draft(editor, edit)
    story.secret, story.others, story.editor = secret, others, editor
    return story


def _pairs(stories):
    return [[story.pk, story.headline] for story in stories]


def form(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def pins(story):
    return list(story.related_choices.filter(place="compact").values_list("story", "chosen_by"))


def ids(*stories):
    return [f"id:{story.pk}" for story in stories]


def test_the_form_saves_and_keeps_the_pin(client, pinned):
    sent = typed(pinned, headline="Le port de Lomé", pinned_compact=ids(*pinned.others))
    assert client.post(form(pinned), sent).status_code == 302
    pinned.refresh_from_db()
    assert pinned.headline == "Le port de Lomé"
    assert pins(pinned) == [
        (story.pk, pinned.editor.pk) for story in (pinned.others[0], pinned.secret, pinned.others[1])
    ]


@pytest.mark.parametrize("way", ["number", "address", "nothing", "other field", "twice"])
def test_whatever_is_sent_of_it_counts_for_nothing(client, pinned, way):
    secret = pinned.secret
    sent = {
        "number": {"pinned_compact": ids(pinned.others[1], secret)},
        "address": {"pinned_compact": [secret.get_absolute_url()]},
        "nothing": {"pinned_compact": []},
        "other field": {"pinned_long": ids(secret), "never_here": []},
        "twice": {"pinned_compact": ids(secret, secret), "never_here": ids(secret)},
    }[way]
    response = client.post(form(pinned), typed(pinned, **sent))
    assert response.status_code == 302
    choices = pinned.related_choices.filter(story=secret)
    assert [(choice.place, choice.chosen_by) for choice in choices] == [("compact", pinned.editor)]


def test_its_order_among_others_changes_and_it_stays_where_it_is(client, pinned):
    client.post(form(pinned), typed(pinned, pinned_compact=ids(*reversed(pinned.others))))
    assert [pk for pk, _by in pins(pinned)] == [pinned.others[1].pk, pinned.secret.pk, pinned.others[0].pk]


def test_no_page_about_the_story_tells_the_headline(client, pinned, moutiou):
    desk = reverse("admin:articles_article_teaser_desk", args=[pinned.pk])
    kept_text = Autosave.objects.create(
        user=moutiou, article=pinned, key="k", typed={"headline": ["Autre"], "version": ["2"], "pinned_compact": [""]}
    )
    kept = pinned.keep_unsaved(moutiou, Edit({**pinned.newest_content, "headline": "Autre", "pinned_compact": []}, 1))
    sent = typed(pinned, pinned_compact=[])
    pages = [
        client.get(form(pinned)),
        client.post(form(pinned), typed(pinned, authors="Personne")),
        client.post(desk, sent | {"move": "look", "part": "1"}),
        client.post(desk, sent | {"move": f"pin-long:{pinned.secret.pk}", "part": "1"}),
        client.post(desk, sent | {"move": f"unpin:{pinned.secret.pk}"}),
        client.get(reverse("admin:articles_article_history", args=[pinned.pk])),
        client.get(reverse("admin:articles_article_compare", args=[pinned.pk])),
        client.get(reverse("admin:articles_article_autosaved", args=[kept_text.pk])),
        client.get(reverse("admin:articles_article_conflict", args=[pinned.pk, kept.pk])),
        client.get(reverse("admin:articles_article_preview", args=[pinned.pk])),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [number for number, page in enumerate(pages) if SECRET in page.text or "gouverneur-part" in page.text] == []


def test_form_and_teaser_desk_say_that_a_pin_is_there(client, pinned):
    page = client.get(form(pinned)).text
    assert "A colleague selected 1 more story that you may not open." in page
    desk = reverse("admin:articles_article_teaser_desk", args=[pinned.pk])
    rows = client.post(desk, typed(pinned, pinned_compact=ids(*pinned.others)) | {"move": "look", "part": "1"}).text
    assert "A story that you may not open" in rows
    assert "unpin:" + str(pinned.secret.pk) not in rows


def test_bringing_an_older_version_back_leaves_the_pin(client, pinned):
    first = pinned.revisions.order_by("pk").first()
    older = {**pinned.newest_content, "headline": "Ancien titre", "pinned_compact": []}
    type(first).objects.filter(pk=first.pk).update(stored=older)
    client.post(reverse("admin:articles_article_restore", args=[pinned.pk, first.pk]))
    pinned.refresh_from_db()
    assert pinned.headline == "Ancien titre"
    assert [pk for pk, _by in pins(pinned)] == [pinned.secret.pk]


def test_an_older_version_brings_no_pin_back_that_its_reader_may_not_see(client, pinned):
    with_pin = pinned.revisions.newest_first().first()
    pinned.save_draft(pinned.editor, Edit({**pinned.newest_content, "pinned_compact": []}, pinned.version))
    client.post(reverse("admin:articles_article_restore", args=[pinned.pk, with_pin.pk]))
    assert [pk for pk, _by in pins(pinned)] == [story.pk for story in pinned.others]


def test_a_pin_of_a_story_that_is_withdrawn_while_somebody_types_stops_no_save(client, pinned):
    sent = typed(pinned, pinned_compact=ids(*pinned.others))
    pinned.others[0].withdraw(pinned.editor)
    assert client.post(form(pinned), sent).status_code == 302
    assert pinned.related_choices.count() == 3


def test_who_may_see_it_sees_and_changes_it(client, pinned):
    client.force_login(pinned.editor)
    assert SECRET in client.get(form(pinned)).text
    client.post(form(pinned), typed(pinned, pinned_compact=[]))
    assert not RelatedChoice.objects.filter(article=pinned).exists()


def test_a_version_names_a_pin_as_it_is_called_today(client, pinned):
    """The headline from before its publication may say more than today's."""
    pinned.secret.publish(pinned.editor, edit=Edit({**pinned.secret.stored_content, "headline": "Un départ"}))
    page = client.get(reverse("admin:articles_article_compare", args=[pinned.pk])).text
    assert SECRET not in page
    assert "Un départ" in page


def publish(pinned):
    """Publish the secret story while the reporter has the form open."""
    pinned.secret.publish(pinned.editor)


def hidden_input(client, address):
    """Return the hidden input for stories that the form does not show."""
    return re.search('name="unseen_at_opening" value="([^"]*)"', client.get(address).text)[1]


def test_a_pin_that_becomes_public_while_somebody_types_stays(client, pinned):
    sent = typed(pinned, pinned_compact=ids(*pinned.others), unseen_at_opening=hidden_input(client, form(pinned)))
    publish(pinned)
    assert client.post(form(pinned), sent).status_code == 302
    assert [pk for pk, _by in pins(pinned)] == [pinned.others[0].pk, pinned.secret.pk, pinned.others[1].pk]


def test_it_stays_in_a_form_that_comes_back(client, pinned):
    sent = typed(pinned, pinned_compact=ids(*pinned.others), unseen_at_opening=hidden_input(client, form(pinned)))
    publish(pinned)
    page = client.post(form(pinned), sent | {"authors": "Personne"}).text
    assert f'name="unseen_at_opening" value="{pinned.secret.pk}"' in page


def test_it_stays_when_kept_text_is_put_in_the_form(client, pinned):
    opened = hidden_input(client, form(pinned))
    autosave(client, pinned, typed(pinned, key="k1", pinned_compact=ids(*pinned.others), unseen_at_opening=opened))
    Autosave.objects.update(typed={**Autosave.objects.get().typed, "headline": ["Autre"]})
    publish(pinned)
    assert hidden_input(client, f"{form(pinned)}?typed={Autosave.objects.get().pk}") == str(pinned.secret.pk)


@pytest.mark.parametrize("place", ["pinned_compact", "pinned_long"])
def test_a_pin_that_has_become_public_is_moved_by_who_names_it(client, pinned, place):
    opened = hidden_input(client, form(pinned))
    publish(pinned)
    lists = {"pinned_compact": []} | {place: ids(pinned.secret)}
    client.post(form(pinned), typed(pinned, **lists, unseen_at_opening=opened))
    assert [choice.place for choice in pinned.related_choices.filter(story=pinned.secret)] == [place[7:]]


@pytest.mark.parametrize("junk", ["", "x", ",,,", "-1", "9" * 5000, "1," * 20_000, "\0", "é", "0x1"])
def test_junk_in_the_hidden_input_keeps_nothing(client, pinned, junk):
    publish(pinned)
    assert client.post(form(pinned), typed(pinned, unseen_at_opening=junk)).status_code == 302
    assert pins(pinned) == []


def test_the_hidden_input_chooses_no_story(client, pinned):
    other = cast.story("Le sel")
    client.post(form(pinned), typed(pinned, unseen_at_opening=str(other.pk)))
    assert other.pk not in [pk for pk, _by in pins(pinned)]


def test_the_teaser_desk_shows_a_pin_once_that_has_become_public(client, pinned):
    opened = hidden_input(client, form(pinned))
    publish(pinned)
    sent = typed(pinned, pinned_compact=ids(*pinned.others), unseen_at_opening=opened, move="look", part="1")
    rows = client.post(reverse("admin:articles_article_teaser_desk", args=[pinned.pk]), sent).text
    assert rows.count(SECRET) == 1
    assert f"pin-compact:{pinned.secret.pk}" not in rows


def test_kept_text_that_only_lacks_an_unseen_pin_is_not_offered(client, pinned):
    autosave(client, pinned, typed(pinned, key="k1", pinned_compact=ids(*pinned.others)))
    assert "is not in the story" not in client.get(form(pinned)).text
