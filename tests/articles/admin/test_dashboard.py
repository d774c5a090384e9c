"""The front of the desk: what waits for whom."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.admin.tags import pairs
from articles.models import Article, Image, Tag
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def blocks(client):
    """Return name → the titles of the rows, in the order of the page."""
    page = client.get("/admin/")
    assert page.status_code == 200
    return {block.name: [row.title for row in block.rows] for column in columns(page) for block in column}


def columns(page):
    return page.context.get("columns", [])  # no template is included where there are none


def block(client, name):
    return next(block for column in columns(client.get("/admin/")) for block in column if block.name == name)


def sent_back(headline, writer, editor, note="Il manque une source."):
    story = cast.draft(headline, created_by=writer)
    story.submit(writer)
    story.send_back(editor, Edit(note=note))
    return story


@pytest.fixture
def moutiou():
    return cast.reporter()


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def stories(moutiou, awa):
    tomorrow = timezone.now() + DAY - HOUR
    cast.draft("Brouillon", created_by=moutiou)
    cast.draft("Relecture", created_by=moutiou).submit(moutiou)
    sent_back("Revenu", moutiou, awa)
    cast.draft("Demain", created_by=moutiou, authors=[cast.author()], tags=["Port"]).publish(awa, at=tomorrow)
    cast.draft("Plus tard").publish(awa, at=tomorrow + 2 * DAY)
    cast.draft("Autre")
    cast.story("En ligne", hours_ago=0, authors=[cast.author()], tags=["Port"])
    changed = cast.story("Retouché", hours_ago=72, authors=[cast.author()], tags=["Port"])
    changed.save_draft(awa, cast.typed(changed, headline="Retouché, encore"))


def test_a_reporter_sees_their_own(client, stories, moutiou):
    client.force_login(moutiou)
    assert blocks(client) == {
        "came-back": ["Revenu"],
        "drafts": ["Brouillon"],
        "review": ["Relecture"],
        "scheduled": ["Demain"],
        "advice": ["Relecture"],
        "today": [],
        "undescribed": [],
    }


def test_an_editor_sees_what_they_can_act_on(client, stories, awa):
    client.force_login(awa)
    assert blocks(client) == {
        "came-back": [],
        "drafts": [],
        "review": ["Relecture"],
        "scheduled": ["Demain"],
        "changes": ["Retouché"],
        "advice": ["Plus tard", "Relecture"],
        "today": ["En ligne"],
        "undescribed": [],
    }


def test_an_editor_of_some_sections_sees_what_waits_there(client, moutiou):
    energy, mining = cast.section("Energy", "energy"), cast.section("Mining", "mining")
    zoe = cast.editor("zoe")
    zoe.sections.set([mining])
    for headline, section in (("Un barrage", energy), ("Une mine", mining)):
        cast.draft(headline, created_by=moutiou, section=section).submit(moutiou)
    client.force_login(zoe)
    assert blocks(client)["review"] == ["Une mine"]


def test_tag_staff_see_their_tags_first(client, stories):
    Tag.objects.for_names(["Banque centrale", "Banques centrales"])
    old = Tag.objects.create_named("Vide")
    Tag.objects.filter(pk=old.pk).update(created_at=timezone.now() - 30 * DAY)
    client.force_login(cast.tag_staff())
    assert blocks(client) == {
        "proposed-tags": [],
        "alike": ["Banques centrales → Banque centrale"],
        "unused": ["Vide"],
        "scheduled": ["Demain"],
        "today": ["En ligne"],
    }


def test_a_block_keeps_its_column_however_many_rows_there_are(client, moutiou):
    def names():
        return [[block.name for block in column] for column in columns(client.get("/admin/"))]

    client.force_login(moutiou)
    empty = names()
    for number in range(12):
        cast.draft(f"Brouillon {number}", created_by=moutiou)
    assert names() == empty == [["came-back", "drafts", "advice"], ["review", "scheduled", "today"], ["undescribed"]]


def test_who_sees_no_stories_is_shown_none(client):
    client.force_login(User.objects.create_user("ada", is_staff=True))
    assert blocks(client) == {}


@pytest.mark.parametrize("permission", ["change_article", "publish_article", "merge_tag"])
def test_a_single_permission_without_its_noun_opens_no_block(client, stories, permission):
    ada = User.objects.create_user("ada", is_staff=True)
    ada.user_permissions.add(Permission.objects.get(codename=permission))
    client.force_login(ada)
    assert blocks(client) == {}


def test_a_story_that_came_back_says_why_until_it_is_handed_in_again(client, moutiou, awa):
    story = sent_back("Revenu", moutiou, awa, "Deux sources, s’il te plaît.")
    client.force_login(moutiou)
    [row] = block(client, "came-back").rows
    assert (row.note, row.facts[0]) == ("Deux sources, s’il te plaît.", "awa")
    cast.fresh(story).save_draft(moutiou, cast.typed(cast.fresh(story), headline="Revenu, corrigé"))
    assert blocks(client)["came-back"] == ["Revenu, corrigé"]
    cast.fresh(story).submit(moutiou)
    assert blocks(client)["came-back"] == []


def test_the_longest_waiting_comes_first_and_says_how_long(client, moutiou, awa):
    first, second = (cast.draft(headline, created_by=moutiou) for headline in ("Avant", "Après"))
    for hours, story in ((30, first), (2, second)):
        story.submit(moutiou)
        story.revisions.update(saved_at=timezone.now() - hours * HOUR)
    cast.fresh(first).save_draft(awa, cast.typed(cast.fresh(first), kicker="Relu"))
    client.force_login(awa)
    rows = block(client, "review").rows
    assert [(row.title, row.facts[0]) for row in rows] == [
        ("Avant", "waiting for 1\xa0day"),
        ("Après", "waiting for 2\xa0hours"),
    ]


def test_stories_of_one_section_in_one_minute_clash(client, awa):
    minute = (timezone.now() + HOUR).replace(second=0, microsecond=0)
    energy = cast.section("Énergie", "energie")
    for headline, seconds, fields in [
        ("Port", 5, {}),
        ("Rail", 50, {}),
        ("Juste après", 61, {}),
        ("Ailleurs", 20, {"section": energy}),
    ]:
        cast.draft(headline, **fields).publish(awa, at=minute + datetime.timedelta(seconds=seconds))
    client.force_login(awa)
    warned = {row.title: bool(row.warning) for row in block(client, "scheduled").rows}
    assert warned == {"Port": True, "Rail": True, "Juste après": False, "Ailleurs": False}


def test_a_reporter_learns_nothing_of_a_colleagues_story_from_a_clash(client, moutiou, awa):
    at = timezone.now() + HOUR
    cast.draft("À moi", created_by=moutiou).publish(awa, at=at)
    cast.draft("Embargo").publish(awa, at=at)
    client.force_login(moutiou)
    [row] = block(client, "scheduled").rows
    assert (row.title, row.warning) == ("À moi", "")


def test_advice_names_what_a_story_lacks(client, awa):
    cast.story("Nu", standfirst="")
    cast.story("Complet", authors=[cast.author()], tags=["Port"], lead_image=cast.image(credit="AFP"))
    picture = cast.image(61, 40, credit="")
    cast.story("Image", authors=[cast.author()], tags=["Port"], lead_image=picture)
    Image.objects.filter(pk=picture.pk).update(alt="")
    client.force_login(awa)
    assert {row.title: row.facts[0] for row in block(client, "advice").rows} == {
        "Nu": "no standfirst, no byline, no tag",
        "Image": "a picture without credit, a picture without alternative text",
    }


TEXT = {
    "<p>Le port, TK.</p>": "TK or XXX, still to be filled in",
    '<p><a href="/story/{gone}/">Le quai</a></p>': "a link to a story that is gone",
}


@pytest.mark.parametrize("body", TEXT)
def test_advice_about_the_text_is_that_of_the_checklist(client, awa, body):
    gone, story = cast.story("Retirée"), cast.story("Port", authors=[cast.author()], tags=["Port"])
    gone.withdraw(awa)
    story.save_draft(awa, cast.typed(story, body=body.format(gone=gone.pk)))
    client.force_login(awa)
    [row] = block(client, "advice").rows
    assert (row.title, row.facts[0]) == ("Port", TEXT[body])


def test_pictures_without_alternative_text_are_their_uploaders_and_the_editors(client, moutiou, awa):
    mine, other = cast.image(61, 40, by=moutiou, caption="À moi"), cast.image(62, 40, caption="Autre")
    decorative = cast.image(63, 40, decorative=True)
    Image.objects.filter(pk__in=[mine.pk, other.pk, decorative.pk]).update(alt="")
    client.force_login(moutiou)
    assert blocks(client)["undescribed"] == ["À moi"]
    client.force_login(awa)
    assert blocks(client)["undescribed"] == ["Autre", "À moi"]


def test_too_many_tags_are_not_compared_while_somebody_waits(client, monkeypatch):
    monkeypatch.setattr(pairs, "MAX_TAGS_AT_ONCE", 1)
    Tag.objects.for_names(["Banque centrale", "Banques centrales"])
    client.force_login(cast.tag_staff())
    assert "open Housekeeping" in block(client, "alike").empty
    pairs.look_alike_pairs()  # as Housekeeping does
    assert len(block(client, "alike").rows) == 1


def test_every_block_leads_to_its_whole_list(client, stories):
    client.force_login(User.objects.create_superuser("chief2"))
    shown = blocks(client)
    for each in (block for column in columns(client.get("/admin/")) for block in column):
        answer = client.get(each.more_url)
        assert answer.status_code == 200, each.more_url
        listed = {str(row) for row in answer.context["cl"].result_list} if "cl" in (answer.context or ()) else set()
        assert set(shown[each.name]) <= listed | {"Banques centrales → Banque centrale"}


def test_a_block_shows_eight_rows(client, awa):
    for number in range(9):
        cast.draft(str(number), created_by=awa)
    client.force_login(awa)
    assert blocks(client)["drafts"] == list("87654321")


def test_stories_come_first_in_the_menu(client, awa):
    client.force_login(awa)
    page = client.get("/admin/").content.decode()
    places = [page.index(f">{name}</a>") for name in ("Stories", "Pictures", "Authors", "Sections", "Tags")]
    assert places == sorted(places)


def fill(rows, moutiou, awa):
    """Give every block this many rows."""
    soon = timezone.now() + HOUR
    for number in range(rows):
        cast.draft(f"Brouillon {number}", created_by=moutiou)
        cast.draft(f"Relecture {number}", created_by=moutiou).submit(moutiou)
        sent_back(f"Revenu {number}", moutiou, awa)
        sent_back(f"Revenu à Awa {number}", awa, awa)
        cast.draft(f"Demain {number}", created_by=moutiou, authors=[cast.author()]).publish(awa, at=soon)
        changed = cast.story(f"Retouché {number}", hours_ago=0)
        changed.save_draft(awa, cast.typed(changed, kicker="Encore"))
        Tag.objects.create_named(f"Banque centrale {'x' * number}ab")
        Tag.objects.create_named(f"Banques centrales {'x' * number}ab")
        picture = cast.image(20 + number, 20, by=moutiou)
        picture.proposals.create(proposed_by=moutiou, proposed={"alt": "x"}, before={"alt": ""})
        story = Article.objects.latest("pk")
        story.tag_proposals.create(name=f"Nom {number}", key=f"nom {number}", proposed_by=moutiou)
        decided = {"state": "declined", "decided_by": awa, "decided_at": timezone.now()}
        story.tag_proposals.create(name="Nom", key="nom", proposed_by=moutiou, **decided)
    Image.objects.update(alt="")
    Tag.objects.filter(key__contains="banque ").update(created_at=timezone.now() - 30 * DAY)


@pytest.mark.parametrize("rows", [1, 12])
def test_the_dashboard_asks_at_most_thirteen_queries_whoever_opens_it(
    client, moutiou, awa, rows, django_assert_max_num_queries
):
    fill(rows, moutiou, awa)
    for person in (moutiou, awa, cast.tag_staff(), User.objects.create_superuser("chief2")):
        client.force_login(person)
        with django_assert_max_num_queries(13):
            client.get("/admin/")
    assert Article.objects.in_review().count() == rows


def test_what_is_managed_beyond_stories_is_listed_last(admin_client):
    page = admin_client.get("/admin/").text
    assert '<li><a href="/admin/newsroom/auditentry/">Audit log</a></li>' in page
    assert "viewlink" not in page
