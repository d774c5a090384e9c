import datetime
import random
import uuid

import pytest
from django.utils import timezone

from articles.models import Article, FollowUp, RelatedChoice, RelatedList, Tag
from articles.models.related_list import Match
from articles.related import candidates, find_related, working_out
from tests.articles import cast

pytestmark = pytest.mark.django_db


def shown(article, at=None):
    zones = find_related(article, at)
    return [teaser.story for teaser in zones.compact + zones.long]


def related_of(story):
    """Return the zones of a story once everything is worked out."""
    working_out.work_out(RelatedList.objects.missing())
    return find_related(Article.objects.with_page_parts().get(pk=story.pk))


def newsroom(stories=20):
    """Create enough stories for a tag on two of them to say something."""
    return [cast.story(f"Dépêche numéro {number} du jour", hours_ago=100 + number) for number in range(stories)]


def test_a_lonely_story_has_empty_zones():
    zones = find_related(cast.story())
    assert (zones.compact, zones.long) == ([], [])


def test_five_compact_and_six_long_teasers():
    story = newsroom()[0]
    zones = find_related(story)
    assert (len(zones.compact), len(zones.long)) == (5, 6)


def test_no_story_twice_and_never_itself():
    story = newsroom()[0]
    stories = shown(story)
    assert len(set(stories)) == len(stories)
    assert story not in stories


def test_a_shared_rare_tag_wins_over_newer_stories():
    newsroom()
    match = cast.story("Le marché régional double", tags=["BVMAC"], hours_ago=500)
    story = cast.story("La bourse de Douala grandit", tags=["BVMAC"])
    first = related_of(story).compact[0]
    assert first.story == match
    assert first.reason.kind == "related"
    assert str(first.reason) == "shares BVMAC (2 stories); 20 days old"
    assert first.reason.short == "More on BVMAC"


def test_a_story_of_an_archive_shows_the_latest_of_its_section_until_the_server_comes_to_it(django_assert_num_queries):
    newsroom()
    match = cast.story("Le marché régional double", tags=["BVMAC"], hours_ago=500)
    story = cast.story("La bourse de Douala grandit", tags=["BVMAC"])
    RelatedList.objects.all().delete()
    page = Article.objects.with_page_parts().get(pk=story.pk)
    with django_assert_num_queries(1):  # that of the teasers: none looks for relatives
        kinds = {teaser.reason.kind for teaser in find_related(page, total=22).compact}
    assert kinds == {"section"}
    working_out.request_archive()
    FollowUp.objects.work_off()
    assert shown(Article.objects.with_page_parts().get(pk=story.pk))[0] == match


def test_a_newer_story_does_not_overrule_a_closer_one():
    newsroom()
    dam = "<p>Les turbines du barrage de Soubré tournent de nouveau après un an de travaux.</p>"
    close = cast.story("Soubré : le barrage et ses turbines", body=dam, hours_ago=24 * 400)
    cast.story("Un barrage en Guinée", body="<p>Des travaux à Souapiti.</p>", hours_ago=1)
    story = cast.story("Le barrage de Soubré tourne", body=dam)
    working_out.work_out(RelatedList.objects.missing())
    assert shown(Article.objects.with_page_parts().get(pk=story.pk))[0] == close


def test_near_duplicates_do_not_use_up_the_places_of_other_relatives(monkeypatch):
    monkeypatch.setattr(candidates, "MAX_FIRST_CANDIDATES", 12)
    newsroom(60)
    for number in range(12):
        cast.story(
            "La bourse de Douala et celle de Libreville grandissent", tags=["BVMAC", "Bourse"], hours_ago=number + 1
        )
    names = [
        "Akwa",
        "Bonabéri",
        "Deïdo",
        "Makepe",
        "Logbaba",
        "Yassa",
        "Bassa",
        "Kotto",
        "Ndogbong",
        "Bepanda",
        "Nyalla",
    ]
    others = [cast.story(f"{name} en chiffres", tags=["Bourse"], hours_ago=30) for name in names]
    story = cast.story("Le marché régional double", tags=["BVMAC", "Bourse"], hours_ago=40)
    found = shown(story)
    assert len({*others} & {*found}) == 10


def test_a_tag_on_more_than_a_fifth_of_the_stories_says_nothing():
    for number in range(10):
        cast.story(f"Afrique numéro {number}", tags=["Afrique"], section=cast.section("Énergie", "energie"))
    story = cast.story("Toute l’Afrique", tags=["Afrique"])
    assert {teaser.reason.kind for teaser in find_related(story).compact} == {"latest"}


def test_without_relatives_the_section_comes_before_the_site():
    energy = cast.section("Énergie", "energie")
    old = cast.story("Barrage", section=energy, hours_ago=90)
    cast.story("Banque", hours_ago=2)
    story = cast.story("Soleil", section=energy)
    reasons = [str(teaser.reason) for teaser in find_related(story).compact]
    assert find_related(story).compact[0].story == old
    assert reasons == ["latest in Énergie", "latest on the site"]


def test_pins_come_first_in_the_editors_order():
    awa = cast.editor()
    stories = newsroom()
    story = stories[0]
    story.set_related("long", [stories[9], stories[4]], by=awa)
    zones = find_related(story)
    assert [teaser.story for teaser in zones.long[:2]] == [stories[9], stories[4]]
    assert str(zones.long[0].reason) == "pinned by awa"
    assert not {stories[9], stories[4]} & {teaser.story for teaser in zones.compact}


def test_a_pin_that_is_not_visible_is_kept_hidden_and_comes_back():
    awa = cast.editor()
    one, two = cast.story("Une"), cast.story("Deux")
    one.set_related("compact", [two])
    two.withdraw(awa)
    assert shown(one) == []
    two.publish(awa)
    assert find_related(one).compact[0].reason.kind == "pinned"


def test_a_story_due_in_one_minute_is_not_there_before():
    one, two = cast.story("Une"), cast.draft("Deux")
    at = timezone.now() + datetime.timedelta(minutes=1)
    two.publish(cast.editor(), at=at)
    assert shown(one) == []
    assert shown(one, at) == [two]


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "fr"},
        {"never_teased": True},
        {"label": Article.Label.SPONSORED},
    ],
    ids=["another language", "never anywhere", "sponsored"],
)
def test_what_never_fills_a_zone(fields):
    cast.story("Autre", tags=["BVMAC"], **fields)
    assert shown(cast.story("Une", tags=["BVMAC"])) == []


def test_an_excluded_story_never_appears():
    one, two = cast.story("Une"), cast.story("Deux")
    one.set_related(RelatedChoice.Place.NEVER, [two])
    assert shown(one) == []


def test_a_sponsored_story_may_be_pinned():
    one, two = cast.story("Une"), cast.story("Deux", label=Article.Label.SPONSORED)
    one.set_related("compact", [two])
    assert shown(one) == [two]


def test_a_translation_is_not_a_related_story():
    group = uuid.uuid4()
    one = cast.story("Une", translation_group=group)
    cast.story("One", translation_group=group, language="fr")
    assert shown(one) == []


def test_near_duplicate_headlines_collapse_to_the_newest():
    newsroom()
    headline = "Le port de Lomé bat son record de conteneurs"
    cast.story(headline, tags=["Lomé"], hours_ago=9)
    new = cast.story(headline + " !", tags=["Lomé"], hours_ago=3)
    story = cast.story("Togo", tags=["Lomé"])
    relatives = [t.story for t in related_of(story).compact if t.reason.kind == "related"]
    assert relatives == [new]


def test_the_text_is_the_one_of_the_zone():
    one = cast.story("Une")
    two = cast.story("Deux", compact_teaser="Court", long_teaser="Plus long")
    assert find_related(one).compact[0].text == "Court"
    one.set_related("long", [two])
    assert find_related(one).long[0].text == "Plus long"


def test_an_unsaved_story_falls_back_to_the_latest():
    two = cast.story("Deux")
    assert shown(Article(headline="Une", language="en", section=cast.section())) == [two]


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_of_one_relative_are_those_of_twelve(django_assert_max_num_queries, count):
    for number in range(count):
        cast.story(f"Dépêche {number}", tags=["BVMAC", "Douala"])
    cast.story("Une", tags=["BVMAC", "Douala"])
    working_out.work_out(RelatedList.objects.missing())
    story = Article.objects.with_page_parts().order_by("-pk").first()
    total = Article.objects.count()
    with django_assert_max_num_queries(1):
        find_related(story, total=total)


def test_with_relatives_enough_the_newest_are_not_asked_for(django_assert_num_queries):
    newsroom(60)
    for number in range(11):
        cast.story(f"{number} conteneurs au port de Lomé", tags=["Lomé"])
    working_out.work_out(RelatedList.objects.missing())
    story = Article.objects.with_page_parts().get(pk=cast.story("Le port", tags=["Lomé"]).pk)
    working_out.work_out([story.pk])
    story = Article.objects.with_page_parts().get(pk=story.pk)
    total = Article.objects.count()
    with django_assert_num_queries(1):
        assert {teaser.reason.kind for teaser in find_related(story, total=total).compact} == {"related"}


def test_a_story_without_tags_finds_its_relatives_by_its_text():
    newsroom()
    texts = ["Le barrage de Soubré éteint ses turbines", "Les turbines du barrage de Soubré tournent de nouveau"]
    old, story = (cast.story(text, body=f"<p>{text}.</p>", hours_ago=900 - at) for at, text in enumerate(texts))
    working_out.work_out(RelatedList.objects.missing())
    for one, other in ((story, old), (old, story)):
        first = find_related(Article.objects.with_page_parts().get(pk=one.pk)).compact[0]
        assert first.story == other
        assert str(first.reason).startswith("similar text (")
        assert first.reason.short == ""


def test_a_draft_finds_its_relatives_before_it_is_public():
    newsroom()
    old = cast.story("Le barrage de Soubré", body="<p>Les turbines du barrage de Soubré.</p>")
    working_out.work_out(RelatedList.objects.missing())
    story = cast.draft("Turbines neuves à Soubré", body="<p>Le barrage de Soubré a des turbines neuves.</p>")
    assert find_related(story).compact[0].story == old


def test_tags_that_were_merged_since_are_looked_at_again():
    newsroom()
    match = cast.story("Le marché régional double", tags=["BVMAC"], hours_ago=500)
    story = cast.story("La bourse de Douala grandit", tags=["Bourse d’Afrique centrale"])
    working_out.work_out(RelatedList.objects.missing())
    Tag.objects.get(name="BVMAC").merge([Tag.objects.get(name="Bourse d’Afrique centrale")], by=None)
    first = find_related(Article.objects.with_page_parts().get(pk=story.pk)).compact[0]
    assert (first.story, first.reason.short) == (match, "More on BVMAC")


def test_pins_of_a_form_count_before_they_are_saved():
    one, two, three = cast.story("Une"), cast.story("Deux"), cast.story("Trois")
    one.preview_related = {"pinned_compact": [], "pinned_long": [three], "never_here": [two]}
    zones = find_related(one)
    assert ([teaser.story for teaser in zones.compact], [teaser.story for teaser in zones.long]) == ([], [three])


@pytest.mark.only_on("sqlite")
def test_random_choices_of_an_editor_are_kept():
    """What an editor ruled out never stands there, pins stand first, and nothing stands twice."""
    stories = newsroom(24)
    working_out.work_out(RelatedList.objects.missing())
    chance = random.Random(7)  # noqa: S311
    for _ in range(150):
        story, *others = chance.sample(stories, 16)
        match = [list(random_kin(chance, one)) for one in others]
        story.related_list = RelatedList(article=story, matches=match, worked_out_at=timezone.now())
        never, pins = set(others[: chance.randrange(9)]), others[9 : 9 + chance.randrange(4)]
        chosen = {"never_here": list(never), "pinned_compact": pins, "pinned_long": []}
        story.preview_related = chosen
        there = shown(story)
        assert not never & {*there, story}
        assert there[: len(pins)] == pins
        assert len(set(there)) == len(there) == min(11, 23 - len(never))


def random_kin(chance, story):
    return Match(
        story.pk, chance.random(), [], int(story.publish_at.timestamp()), story.section_id, chance.random() * 150
    )
