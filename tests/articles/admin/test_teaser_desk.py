"""The teaser desk of a story's form: what stands beside it, why, and buttons that change the form and nothing else."""

import pytest

from articles.models import Article, RelatedChoice, Relatives
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    for number in range(14):
        cast.story(f"Dépêche numéro {number} du jour", hours_ago=100 + number)
    return cast.draft("La bourse de Douala grandit", tags=["BVMAC"])


def press(client, story, move, **fields):
    form = {name: value for name, value in typed(story, **fields).items() if name != "_save"}
    return client.post(change(story), form | {"_move": move})


def titles(response, zone):
    return [place.story.headline for place in response.context["desk"].zones[zone].places]


def field(response, name):
    """The ids in a chooser of the form that came back."""
    form = response.context["adminform"].form
    return [one.pk for one in form.cleaned_data[name]]


def test_both_zones_stand_in_the_form_with_reasons(client, awa, story):
    kin = cast.story("Le marché régional double", tags=["BVMAC"])
    desk = client.get(change(story)).context["desk"]
    assert [len(zone.places) for zone in desk.zones] == [5, 6]
    first = desk.zones[0].places[0]
    assert (first.story, first.why) == (kin, "shares BVMAC (1 story), similar text (66%); 0 days old")
    assert first.sum.startswith("(BVMAC 2.08 + text ")
    assert first.text == kin.compact_text


def test_a_new_story_has_a_desk_too(client, awa, story):
    assert len(titles(client.get(ADD), 0)) == 5


def test_a_pin_stands_first_and_nothing_is_saved(client, awa, story):
    pin = Article.objects.get(headline="Dépêche numéro 9 du jour")
    response = press(client, story, f"pin:pinned_long:{pin.pk}", headline="Tapé depuis")
    assert titles(response, 1)[0] == pin.headline
    assert field(response, "pinned_long") == [pin.pk]
    assert response.context["adminform"].form["headline"].value() == "Tapé depuis"
    assert "data-unsaved" in response.text
    assert not RelatedChoice.objects.exists()
    assert Article.objects.get(pk=story.pk).headline == story.headline


def test_what_was_pinned_is_saved_with_the_story(client, awa, story):
    pin = Article.objects.get(headline="Dépêche numéro 9 du jour")
    client.post(change(story), typed(story, pinned_long=[f"id:{pin.pk}"]))
    assert list(story.related_choices.values_list("story", "place")) == [(pin.pk, "long")]


@pytest.mark.parametrize(
    ("move", "after"),
    [("up", [0, 2, 1]), ("down", [0, 1, 2]), ("free", [0, 1])],
    ids=["up", "already last", "unpinned"],
)
def test_pins_are_moved_and_taken_off(client, awa, story, move, after):
    pins = list(Article.objects.visible().order_by("pk")[:3])
    words = [f"id:{pin.pk}" for pin in pins]
    response = press(client, story, f"{move}:pinned_compact:{pins[2].pk}", pinned_compact=words)
    assert field(response, "pinned_compact") == [pins[number].pk for number in after]


def test_a_pin_that_moves_to_the_other_zone_leaves_the_first(client, awa, story):
    pin = Article.objects.visible().first()
    response = press(client, story, f"pin:pinned_long:{pin.pk}", pinned_compact=[f"id:{pin.pk}"])
    assert (field(response, "pinned_compact"), field(response, "pinned_long")) == ([], [pin.pk])


def test_never_here_takes_it_away_and_says_why(client, awa, story):
    kin = cast.story("Le marché régional double", tags=["BVMAC"])
    response = press(client, story, f"pin:never_here:{kin.pk}")
    assert kin.headline not in titles(response, 0)
    rejected = response.context["desk"].rejected
    assert [(place.story, place.why) for place in rejected] == [(kin, "never beside this story, an editor chose")]


@pytest.mark.parametrize(
    "move", ["", "pin", "pin:body:1", "pin:pinned_long:x", "pin:pinned_long:9999999", "up::", "\0"]
)
def test_a_move_that_makes_no_sense_is_none(client, awa, story, move):
    response = press(client, story, move, headline="Tapé depuis")
    assert response.status_code == 200
    assert response.context["adminform"].form["headline"].value() == "Tapé depuis"


def test_what_is_wrong_in_the_form_stays_as_it_was_typed(client, awa, story):
    pin = Article.objects.visible().first()
    response = press(client, story, f"pin:pinned_long:{pin.pk}", slug="pas bon", pinned_compact="inconnu")
    form = response.context["adminform"].form
    assert form["slug"].value() == "pas bon"
    assert form["pinned_compact"].data == ["inconnu"]
    assert field(response, "pinned_long") == [pin.pk]


def test_times_that_were_typed_stay(client, awa, story):
    response = press(client, story, "", publish_at="2031-05-06T07:08")
    assert "2031-05-06T07:08" in response.text


def test_a_colleagues_save_is_still_noticed_afterwards(client, awa, story):
    response = press(client, story, "")
    assert response.context["adminform"].form["version"].value() == str(story.version)


def test_those_who_may_not_change_the_story_are_refused(client, moutiou, story):
    live = Article.objects.visible().first()
    assert press(client, live, "").status_code in (403, 302)
    client.logout()
    assert press(client, live, "").status_code == 302


def test_a_link_leads_to_never_anywhere_for_those_who_may_change_the_other(client, awa, story):
    place = client.get(change(story)).context["desk"].zones[0].places[0]
    assert place.may_change
    assert f"{change(place.story)}#id_never_teased" in client.get(change(story)).text


def test_a_reporter_gets_no_link_to_what_is_not_theirs(client, moutiou, story):
    mine = cast.draft("Mienne")
    Article.objects.filter(pk=mine.pk).update(created_by=moutiou)
    places = client.get(change(mine)).context["desk"].zones[0].places
    assert {place.may_change for place in places} == {False}


@pytest.mark.parametrize("count", [1, 40])
def test_the_form_costs_the_same_however_many_relatives(client, awa, story, count, django_assert_max_num_queries):
    for number in range(count):
        cast.story(f"Marché {number}", tags=["BVMAC"])
    Relatives.objects.work_out(Relatives.objects.missing())
    client.get(change(story))
    with django_assert_max_num_queries(26):
        client.get(change(story))
