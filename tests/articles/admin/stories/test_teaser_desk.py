"""The teaser desk: both zones as they will stand on the page, and moves that change the form alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Autosave
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db


def address(story=None):
    name = "admin:articles_article_teaser_desk"
    return reverse(name, args=[story.pk]) if story else reverse(f"{name}_new")


def pressed(story=None, move="", **fields):
    form = typed(story, **{"key": "abc123"} | fields)
    del form["_save"]
    return form | ({"move": move} if move else {})


def press(client, story=None, move="", **fields):
    """Return the form that comes back, without JavaScript."""
    return client.post(address(story), pressed(story, move, **fields))


def part(client, story=None, move="", **fields):
    """Return the teaser desk alone, as static/desk/teaser_desk.js asks for it."""
    return client.post(address(story), pressed(story, move, **fields) | {"part": "1"})


def chosen_words(response, name="pinned_compact"):
    """Return the ids in this field of a form that came back."""
    return [int(one.word[3:]) for one in response.context["adminform"].form[name].value()]


def zone(response, number=0):
    return [(row.story.headline, row.why) for row in response.context["desk"].zones[number].rows]


def moves(response, story):
    rows = [row for zone in response.context["desk"].zones for row in zone.rows if row.story == story]
    return [label for row in rows for _value, label in row.moves]


@pytest.fixture(scope="module")
def stories(shared_rows):
    """Return the stories by name."""
    found = {
        "port": cast.story("Le port de Lomé s’étend", tags=["Togo"], hours_ago=5),
        "coton": cast.story("Le coton béninois recule", tags=["Bénin"], hours_ago=6),
    }
    for number in range(12):
        cast.story(
            f"Autre {number} {'abcdefghijkl'[number] * 9}", standfirst="", body="<p>X.</p>", hours_ago=20 + number
        )
    headline = "La Côte d’Ivoire emprunte à Paris"
    return found | {"mine": cast.draft(headline, standfirst="Un emprunt.", tags=["Togo"], body="<p>Rien.</p>")}


@pytest.fixture
def port(stories):
    return Article.objects.get(pk=stories["port"].pk)


@pytest.fixture
def coton(stories):
    return Article.objects.get(pk=stories["coton"].pk)


@pytest.fixture
def mine(stories):
    return Article.objects.get(pk=stories["mine"].pk)


def read_message(response):
    return response.context["moved"].said


# What it shows


@pytest.mark.parametrize("box", ["teaser-desk", "teaser-box"])
def test_the_form_has_the_inputs_that_a_script_follows(client, awa, box):
    form = client.get(ADD).text
    names = re.search(rf'<section class="{box}"[^>]* data-follows="([a-z_ ]+)"', form)[1].split()
    assert [name for name in names if f'name="{name}"' not in form] == []


def test_the_form_opens_without_it_and_a_button_asks_for_it(client, awa, mine):
    response = client.get(change(mine))
    assert response.context["desk"] is None
    assert f'value="look" formaction="{address(mine)}#teaser-desk"' in response.text
    shown = press(client, mine, "look", headline="Tapé")
    assert (read_message(shown), len(zone(shown))) == ("", 5)
    assert shown.context["adminform"].form["headline"].value() == "Tapé"


def test_it_shows_both_zones_with_text_and_reason(client, awa, mine, port):
    response = part(client, mine)
    compact, long = response.context["desk"].zones
    assert (len(compact.rows), len(long.rows)) == (5, 6)
    assert compact.rows[0].story == port
    assert compact.rows[0].why.startswith("shares Togo")
    assert compact.rows[0].text == "La bourse de Douala."
    assert "latest in Finance" in [why for _headline, why in zone(response, 1)]


def test_the_points_are_there_with_their_sum(client, awa, mine):
    response = part(client, mine)
    row = response.context["desk"].zones[0].rows[0]
    assert f"{row.traits.points:.2f} points" in response.text
    assert row.traits.points_formula in response.text


def test_an_empty_zone_says_so_in_words(client, awa):
    Article.objects.all().delete()  # which the other tests share
    response = part(client, cast.draft())
    assert response.text.count("Nothing: there is no other story to show here.") == 2


def test_a_reporter_is_told_no_number_that_counts_scheduled_stories(client, awa, moutiou, coton):
    client.force_login(moutiou)
    mine = cast.draft("Le sien", created_by=moutiou, body="<p>Rien.</p>")
    headline, why = zone(part(client, mine, tags="Bénin"))[0]
    assert (headline, why.startswith("shares Bénin, similar text")) == (coton.headline, True)


def test_it_follows_what_is_typed(client, awa, mine, port, coton):
    assert zone(part(client, mine, tags="Bénin"))[0] == (coton.headline, "shares Bénin (1 story); less than a day old")
    assert zone(part(client, headline="Coton", tags="Bénin"))[0][0] == coton.headline


def test_the_first_rejected_are_there_with_why(client, awa, mine, port):
    response = part(client, mine, never_here=f"id:{port.pk}")
    (row,) = [row for row in response.context["desk"].rejected if row.story == port]
    assert row.why == "never beside this story: an editor’s choice"
    assert row.moves == [(f"allow:{port.pk}", "Allow here again")]


def test_a_story_left_out_everywhere_is_not_offered_to_be_pinned(client, awa, mine, port):
    Article.objects.filter(pk=port.pk).update(never_teased=True)
    (row,) = [row for row in part(client, mine).context["desk"].rejected if row.story == port]
    assert row.moves == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "draft"}, "pinned, but readers cannot see it now: Draft"),
        ({"never_teased": True}, "pinned, but never as a related story: an editor’s choice"),
        ({"language": "fr"}, "pinned, but in another language"),
    ],
)
def test_a_pin_that_readers_do_not_see_is_there_and_says_why(client, awa, mine, port, fields, why):
    Article.objects.filter(pk=port.pk).update(**fields)
    assert zone(part(client, mine, pinned_compact=f"id:{port.pk}"))[0] == (port.headline, why)


def test_a_pin_too_many_says_that_there_is_no_room(client, awa, mine):
    pins = [f"id:{story.pk}" for story in Article.objects.visible()[:6]]
    assert zone(part(client, mine, pinned_compact=pins))[5][1] == "pinned, but there is no more room"


def test_never_anywhere_leads_to_the_other_storys_own_form(client, awa, mine, port):
    assert f'href="{change(port)}#id_never_teased"' in part(client, mine).text


def test_never_anywhere_is_for_those_who_may_change_the_other_story(client, moutiou, port):
    mine = cast.draft("La Côte d’Ivoire emprunte", created_by=moutiou, tags=["Togo"])
    response = part(client, mine)
    assert zone(response)[0][0] == port.headline
    assert "#id_never_teased" not in response.text


def test_those_who_only_read_the_story_have_no_desk(client, mine):
    client.force_login(cast.tag_staff())
    assert "teaser-desk" not in client.get(change(mine)).text


# Moves


def test_a_pin_stands_in_the_form_and_first_in_its_zone(client, awa, mine, coton):
    response = press(client, mine, f"pin-compact:{coton.pk}")
    assert chosen_words(response) == [coton.pk]
    assert zone(response)[0] == (coton.headline, "pinned")
    assert read_message(response) == "“Le coton béninois recule” is pinned among the compact teasers."
    assert moves(response, coton) == ["Unpin", "Never here"]


def test_the_text_box_names_the_pinned_story_by_its_address(client, awa, mine, coton):
    response = press(client, mine, f"pin-long:{coton.pk}")
    assert re.search(rf'name="pinned_long" value="{coton.get_absolute_url()}"', response.text)


def test_a_pin_goes_from_one_zone_to_the_other(client, awa, mine, coton):
    response = press(client, mine, f"pin-long:{coton.pk}", pinned_compact=coton.get_absolute_url())
    assert (chosen_words(response), chosen_words(response, "pinned_long")) == ([], [coton.pk])


@pytest.mark.parametrize(("move", "order"), [("up", ["coton", "port"]), ("down", ["port", "coton"])])
def test_pins_are_reordered(client, awa, mine, port, coton, move, order):
    pins = {"port": port.pk, "coton": coton.pk}
    first, second = (port, coton) if move == "up" else (coton, port)
    response = press(client, mine, f"{move}:{coton.pk}", pinned_long=f"id:{first.pk}, id:{second.pk}")
    assert chosen_words(response, "pinned_long") == [pins[name] for name in order]


def test_the_first_and_the_last_pin_have_no_button_further(client, awa, mine, port, coton):
    response = part(client, mine, pinned_long=f"id:{port.pk}, id:{coton.pk}")
    assert moves(response, port) == ["Down", "Unpin", "Never here"]
    assert moves(response, coton) == ["Up", "Unpin", "Never here"]


def test_unpin_takes_it_off(client, awa, mine, port):
    response = press(client, mine, f"unpin:{port.pk}", pinned_long=f"id:{port.pk}")
    assert chosen_words(response, "pinned_long") == []


def test_never_here_takes_the_pin_off_too(client, awa, mine, port):
    response = press(client, mine, f"never:{port.pk}", pinned_long=f"id:{port.pk}")
    assert (chosen_words(response, "pinned_long"), chosen_words(response, "never_here")) == ([], [port.pk])
    assert port.headline not in dict(zone(response) + zone(response, 1))


def test_what_never_stands_here_is_allowed_again(client, awa, mine, port):
    assert chosen_words(press(client, mine, f"allow:{port.pk}", never_here=f"id:{port.pk}"), "never_here") == []


def test_a_new_story_has_a_desk_of_its_own(client, awa, port, coton):
    response = press(client, None, f"pin-compact:{coton.pk}", headline="Neuf")
    assert chosen_words(response) == [coton.pk]
    assert f'action="{ADD}"' in response.text


@pytest.mark.parametrize(
    ("move", "why"),
    [
        ("pin-compact:{port}", "“Le port de Lomé s’étend” is already pinned there."),
        ("pin-compact:{mine}", "A story cannot point to itself."),
        ("up:{port}", "“Le port de Lomé s’étend” is already the first story pinned there."),
        ("down:{port}", "“Le port de Lomé s’étend” is already the last story pinned there."),
        ("up:{coton}", "“Le coton béninois recule” is not pinned."),
        ("unpin:{coton}", "“Le coton béninois recule” is not pinned."),
        ("allow:{coton}", "“Le coton béninois recule” may already appear here."),
        ("pin-compact:999999", "This story does not exist: nothing was changed."),
        ("pin-compact:999999999999999999", "This story does not exist: nothing was changed."),
        ("pin-compact:-1", "This story does not exist: nothing was changed."),
        ("pin-front:{port}", "This story does not exist: nothing was changed."),
        ("\0", "This story does not exist: nothing was changed."),
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing_and_says_why(client, awa, mine, port, coton, move, why):
    move = move.format(port=port.pk, coton=coton.pk, mine=mine.pk)
    response = press(client, mine, move, pinned_compact=f"id:{port.pk}")
    assert (response.status_code, read_message(response), chosen_words(response)) == (200, why, [port.pk])


def test_a_story_that_does_not_exist_for_this_person_cannot_be_pinned(client, moutiou, mine):
    secret = cast.draft("Secret")
    own = cast.draft("À moi", created_by=moutiou)
    response = press(client, own, f"pin-compact:{secret.pk}")
    assert read_message(response) == "This story does not exist: nothing was changed."
    assert "Secret" not in response.text


def test_no_more_than_fit_are_pinned(client, awa, mine, port):
    pins = [f"id:{number}" for number in range(900_000, 900_050)]
    assert read_message(part(client, mine, f"pin-long:{port.pk}", pinned_long=pins)) == "At most 50 fit here."


# Nothing is saved, nothing is lost


def test_everything_typed_comes_back(client, awa, mine, coton):
    fields = {
        "headline": "L’État, « à l’arrêt »",
        "body": "<p>Déjà vu.</p>",
        "note": "À relire.",
        "tags": "Togo, Neuf",
        "slug": "pas bon",
        "publish_at": "2031-02-03T04:05",
        "never_here": '"Un titre, avec virgule", encore',
    }
    form = press(client, mine, f"pin-compact:{coton.pk}", **fields).context["adminform"].form
    for name in ("headline", "body", "note", "slug", "publish_at"):
        assert form[name].value() == fields[name]
    assert [one.text for one in form["tags"].value()] == ["Togo", "Neuf"]
    assert form["never_here"].data == ["Un titre, avec virgule", "encore"]


def test_nothing_is_saved(client, awa, mine, coton):
    before = Article.objects.filter(pk=mine.pk).values().get()
    press(client, mine, f"pin-compact:{coton.pk}", headline="Autre")
    part(client, mine, f"pin-compact:{coton.pk}", headline="Autre")
    assert Article.objects.filter(pk=mine.pk).values().get() == before
    assert (mine.related_choices.count(), mine.revisions.count(), mine.visits.count()) == (0, 0, 0)


def test_a_move_complains_about_nothing_and_asks_for_no_advice(client, awa, mine, coton):
    mine.publish(awa, at=cast.timezone.now() + cast.datetime.timedelta(days=1))
    response = press(client, mine, f"pin-compact:{coton.pk}", anyway="")
    assert "errornote" not in response.text
    assert "The checklist has advice" not in response.text


def test_the_form_that_comes_back_saves_against_what_was_opened(client, awa, mine, coton):
    response = press(client, mine, f"pin-compact:{coton.pk}", version="1")
    assert f'action="{change(mine)}"' in response.text
    assert response.context["adminform"].form["version"].value() == "1"
    assert response.context["key"] == "abc123"
    client.post(change(mine), typed(mine, pinned_compact=coton.get_absolute_url()))
    assert list(mine.related_choices.values_list("story", "place")) == [(coton.pk, "compact")]


def test_the_desk_alone_tells_the_fields(client, awa, mine, coton):
    response = part(client, mine, f"pin-long:{coton.pk}")
    assert "<form" not in response.text
    assert json.loads(response.context["desk_fields"]) == {
        "pinned_compact": [],
        "pinned_long": [[f"id:{coton.pk}", coton.headline]],
        "never_here": [],
    }


def test_anything_is_answered(client, awa, mine):
    for data in (
        {},
        {"move": ""},
        {"part": "1"},
        {"move": "\0", "part": "1"},
        {"tags": "\0", "pinned_long": "id:x, /"},
    ):
        assert client.post(address(mine), data).status_code == 200
        assert client.post(address(), data).status_code == 200


def test_the_enter_key_still_saves(client, awa, mine):
    form = client.get(change(mine)).text.split('id="article_form"')[1]
    buttons = [tag for tag in re.findall(r"<button[^>]*type=\"submit\"[^>]*>", form) if " form=" not in tag]
    assert "name=" not in buttons[0]
    assert 'name="move"' in buttons[1]


# Who may


def test_its_address_opened_by_hand_leads_to_the_form(client, awa, mine):
    assert client.get(address(mine)).headers["Location"] == change(mine)
    assert client.get(address() + "?typed=3").headers["Location"] == ADD + "?typed=3"


def test_a_colleagues_story_is_refused(client, moutiou, mine, coton):
    assert press(client, mine, f"pin-compact:{coton.pk}").status_code == 403


def test_an_own_story_that_is_public_is_refused(client, moutiou, coton):
    mine = cast.story("Le mien", created_by=moutiou)
    assert press(client, mine, f"pin-compact:{coton.pk}").status_code == 403


def test_what_was_typed_waits_behind_a_login_that_had_ended(client, awa, mine, coton):
    shown = client.get(change(mine)).context
    typed = {"headline": "Tapé", "whose": shown["whose"], "key": shown["key"]}
    response = Client().post(address(mine), pressed(mine, f"pin-compact:{coton.pk}", **typed))
    assert response.headers["Location"].startswith("/admin/login/")
    (kept,) = Autosave.objects.all()
    assert (kept.typed["headline"], kept.pressed) == (["Tapé"], "")
    assert "Text that you typed" in client.get(change(mine)).text
    mine.refresh_from_db()
    assert mine.headline == "La Côte d’Ivoire emprunte à Paris"


def test_the_desk_costs_a_bounded_number_of_queries(client, awa, mine, port, django_assert_max_num_queries):
    form = pressed(mine, f"pin-long:{port.pk}") | {"part": "1"}
    with django_assert_max_num_queries(31):
        client.post(address(mine), form)
