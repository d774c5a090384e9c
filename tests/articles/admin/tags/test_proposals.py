"""The tag staff decide what is proposed, for all stories at once; a story that they may not open is not named."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Tag, TagProposal
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/tag/housekeeping/"
DECIDE = "/admin/articles/tag/proposals/"


@pytest.fixture
def moutiou():
    return cast.reporter()


def proposed(moutiou, headline="Le port", name="Grand Nokoué", **fields):
    story = cast.draft(headline, created_by=moutiou, **fields)
    TagProposal.objects.revise(story, moutiou, [name])
    return TagProposal.objects.latest("pk")


def decide(client, *chosen, **fields):
    return client.post(DECIDE, {"proposal": [one.pk for one in chosen], **fields}, follow=True)


def find_block(client, name):
    """Return a block of the front of the desk."""
    return next(one for column in client.get("/admin/").context["columns"] for one in column if one.name == name)


def states():
    return [*TagProposal.objects.order_by("pk").values_list("state", flat=True)]


@pytest.fixture
def ada(client):
    """Return one of the tag staff who may not open unpublished stories."""
    ada = User.objects.create_user("ada", is_staff=True)
    names = ["view_tag", "add_tag", "change_tag", "merge_tag", "view_article", "retag_article"]
    ada.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(ada)
    return ada


def test_it_says_what_is_proposed_by_whom_and_for_what(client, koffi, moutiou):
    Tag.objects.create_named("Grands Nokoués")
    proposed(moutiou)
    page = client.get(PAGE)
    assert [(one.name, one.stories, [str(tag) for tag in one.alike]) for one in page.context["proposed"]] == [
        ("Grand Nokoué", 1, ["Grands Nokoués"])
    ]
    for text in ("Le port", "moutiou", "proposed for 1 story", "Accept as “Grands Nokoués”"):
        assert text in page.text


def test_all_stories_that_propose_a_name_get_it_at_once(client, koffi, moutiou):
    one, two = proposed(moutiou), proposed(moutiou, "Le rail", "GRAND NOKOUE")
    assert "Accepted: 2 stories have “Grand Nokoué” now." in decide(client, one, two, _accept="1").text
    assert Tag.objects.get().taggings.count() == 2


def test_some_of_them_can_wait(client, koffi, moutiou):
    one, _two = proposed(moutiou), proposed(moutiou, "Le rail")
    decide(client, one, _accept="1")
    assert states() == ["accepted", "open"]
    assert "leads to the tag “Grand Nokoué” now" in client.get(PAGE).text


@pytest.mark.parametrize("how", ["as", "into"])
def test_another_tag_takes_its_place(client, koffi, moutiou, how):
    cotonou = Tag.objects.create_named("Cotonou")
    fields = {"as": f"id:{cotonou.pk}"} if how == "as" else {"_accept": "1", "into": "cotonou"}
    decide(client, proposed(moutiou), **fields)
    assert (cotonou.taggings.count(), Tag.objects.count()) == (1, 1)


def test_a_tag_that_does_not_exist_is_named_and_nothing_is_decided(client, koffi, moutiou):
    answer = decide(client, proposed(moutiou), _accept="1", into="Nulle part")
    assert "There is no tag “Nulle part”." in answer.text
    assert states() == ["open"]


def test_a_declined_one_keeps_the_answer(client, koffi, moutiou):
    decide(client, proposed(moutiou), _decline="1", answer="Trop\0 large.")
    assert TagProposal.objects.get().answer == "Trop large."


def test_one_story_that_fails_stops_no_other(client, koffi, moutiou, monkeypatch):
    one, two = proposed(moutiou), proposed(moutiou, "Le rail")
    retag = Article.retag

    def broken(story, *args, **kwargs):
        if story.headline == "Le port":
            raise ValidationError("Bloqué.")
        return retag(story, *args, **kwargs)

    monkeypatch.setattr(Article, "retag", broken)
    assert "Bloqué." in decide(client, one, two, _accept="1").text
    assert states() == ["open", "accepted"]


def test_what_somebody_has_decided_is_not_decided_again(client, koffi, moutiou):
    one = proposed(moutiou)
    one.decline(koffi)
    assert "somebody has already decided this" in decide(client, one, _accept="1").text
    assert states() == ["declined"]


@pytest.mark.parametrize("sent", [{}, {"proposal": ["x", "9" * 30, "²"]}, {"others": "\0"}])
def test_nonsense_decides_nothing(client, koffi, moutiou, sent):
    proposed(moutiou)
    assert client.post(DECIDE, {"_accept": "1"} | sent).status_code == 302
    assert states() == ["open"]


def test_without_a_button_nothing_is_done(client, koffi, moutiou):
    assert decide(client, proposed(moutiou)).status_code == 400


def test_a_story_that_somebody_may_not_open_is_neither_named_nor_counted(client, ada, moutiou):
    for number in range(3):
        proposed(moutiou, f"Secret {number}")
    page = client.get(PAGE)
    assert "Grand Nokoué" in page.text
    assert "Secret" not in page.text
    assert "Stories that you may not open" in page.text
    assert " 3 " not in page.text[page.text.index('id="proposals"') : page.text.index("tag-counts")]
    assert "3 stories" not in client.get("/admin/").text


def test_it_is_decided_for_them_all_the_same(client, ada, moutiou):
    proposed(moutiou)
    answer = client.post(DECIDE, {"others": "grand nokoue", "_accept": "1"}, follow=True)
    assert "Accepted: the stories have “Grand Nokoué” now." in answer.text
    assert states() == ["accepted"]


def test_ids_do_not_reach_stories_that_they_may_not_open(client, ada, moutiou):
    decide(client, proposed(moutiou), _accept="1")
    assert states() == ["open"]


def test_a_reporter_decides_nothing(client, moutiou):
    client.force_login(moutiou)
    assert decide(client, proposed(moutiou), _accept="1").status_code == 403
    assert states() == ["open"]


def test_twelve_proposals_cost_the_queries_of_one(client, koffi, moutiou):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    Tag.objects.create_named("Grands Nokoués")
    proposed(moutiou)
    client.get(PAGE)
    one = queries()
    for number in range(11):
        proposed(moutiou, f"Le port {number}", f"Grand Nokoué {number % 4}")
    assert queries() == one


def test_the_front_page_leads_the_tag_staff_there(client, koffi, moutiou):
    proposed(moutiou)
    block = find_block(client, "proposed-tags")
    assert [(row.title, row.facts[0]) for row in block.rows] == [("Grand Nokoué", "1 story")]
    assert block.rows[0].url == f"{reverse('admin:articles_tag_housekeeping')}#proposals"


def test_the_front_page_tells_the_reporter(client, koffi, moutiou):
    proposed(moutiou).decline(koffi, "Trop large.")
    proposed(moutiou, "Le rail", "Lomee").accept(koffi, Tag.objects.create_named("Lomé"))
    client.force_login(moutiou)
    block = find_block(client, "decided-tags")
    assert [(row.title, row.facts[0], row.note) for row in block.rows] == [
        ("Lomee", "accepted as “Lomé”", ""),
        ("Grand Nokoué", "declined", "Trop large."),
    ]
