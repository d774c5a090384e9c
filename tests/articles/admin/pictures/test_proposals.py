"""Proposed changes to pictures on the desk: every way in, the picture's page, the front of the desk."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Image, ImageProposal
from articles.models.image_copies import delete_files
from tests.articles import cast
from tests.articles.admin.pictures.test_admin import change, file, typed

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"


@pytest.fixture
def seen(moutiou):
    """Return a reporter's own picture, which is in a live story."""
    image = Image.objects.ingest(file(), alt="Le port de Lomé", by=moutiou)
    cast.story(lead_image=image)
    return image


@pytest.fixture
def proposal(client, seen):
    client.post(change(seen), typed(seen, alt="La rade", focal_x=10))
    return ImageProposal.objects.get()


def decide(client, proposal, verb, **more):
    page = client.get(change(proposal.image))
    seen = next((one.seen for one in page.context["proposals"] if one.proposal == proposal), "")
    address = reverse("admin:articles_image_proposal", args=[proposal.pk])
    return client.post(address, {f"_{verb}": "1", "seen": seen} | more, follow=True)


def alt(image):
    return Image.objects.get(pk=image.pk).alt


# Every way to change a picture

WAYS = {
    "form": lambda client, image: client.post(change(image), typed(image, alt="La rade")),
    "form in a window": lambda client, image: client.post(
        f"{change(image)}?_popup=1", typed(image, alt="La rade", _popup="1")
    ),
    "form saved as new": lambda client, image: client.post(change(image), typed(image, alt="La rade", _saveasnew="1")),
    "list": lambda client, image: client.post(
        LIST,
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": image.pk,
            "form-0-alt": "La rade",
            "_save": "1",
        },
    ),
    "upload of the same file": lambda client, image: client.post(
        f"{LIST}add/", typed(alt="La rade", caption="x", upload=file())
    ),
    "upload inside a story": lambda client, image: client.post(
        f"{LIST}upload/", typed(alt="La rade", caption="x", upload=file())
    ),
    "deletion and a new upload": lambda client, image: client.post(
        reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"}
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_a_reporter_changes_what_readers_see(client, moutiou, seen, way):
    before = Image.objects.values().get(pk=seen.pk)
    WAYS[way](client, seen)
    assert Image.objects.values().get(pk=seen.pk) == before


def test_a_picture_that_no_reader_sees_is_changed_at_once(client, moutiou):
    image = cast.image(by=moutiou)
    response = client.post(change(image), typed(image, alt="La rade"), follow=True)
    assert alt(image) == "La rade"
    assert "“La rade” is saved." in response.text
    assert not ImageProposal.objects.exists()


# Its proposer


def test_the_page_says_that_a_change_is_only_proposed(client, moutiou, seen):
    page = client.get(change(seen)).text
    assert "What you change here takes effect when an editor accepts it." in page
    assert 'value="Propose"' in page
    assert 'name="_save"' not in page


def test_who_proposes_is_told_that_it_waits(client, moutiou, seen):
    page = client.post(change(seen), typed(seen, alt="La rade"), follow=True)
    assert "your change takes effect when an editor accepts it" in page.text
    assert "waiting for an editor" in page.text
    assert LogEntry.objects.latest("pk").change_message == "Proposed a change."


def test_who_proposes_nothing_stands_nowhere_in_the_history(client, moutiou, seen):
    page = client.post(change(seen), typed(seen), follow=True)
    assert "nothing was proposed" in page.text
    assert not LogEntry.objects.filter(content_type__model="image").exists()


def test_the_form_goes_on_from_what_was_proposed(client, proposal):
    page = client.get(change(proposal.image))
    form = page.context["adminform"].form
    assert (form["alt"].value(), form["focal_x"].value()) == ("La rade", 10)
    client.post(change(proposal.image), typed(proposal.image, alt="La rade", focal_x=10, credit="AFP"))
    assert ImageProposal.objects.open().get().proposed == {"alt": "La rade", "focal_x": 10, "credit": "AFP"}


def test_a_field_that_is_set_back_is_no_longer_proposed(client, proposal):
    client.post(change(proposal.image), typed(proposal.image, alt="Le port de Lomé", focal_x=10))
    assert ImageProposal.objects.open().get().proposed == {"focal_x": 10}


def test_bad_words_come_back_with_the_reason(client, moutiou, seen):
    response = client.post(change(seen), typed(seen, alt=" "))
    assert "alt" in response.context["adminform"].form.errors
    assert not ImageProposal.objects.exists()


def test_its_proposer_withdraws_it(client, proposal):
    assert "The proposal is withdrawn." in decide(client, proposal, "withdraw").text
    assert not ImageProposal.objects.open().exists()


def test_its_proposer_sees_what_became_of_it(client, moutiou, proposal):
    proposal.decline(cast.editor(), "Le crédit manque.")
    for page in (client.get(change(proposal.image)).text, client.get("/admin/").text):
        assert "eclined" in page
        assert "Le crédit manque." in page


# Those who decide


def test_an_editor_accepts_it_on_the_page_of_the_picture(client, proposal):
    client.force_login(cast.editor())
    page = client.get(change(proposal.image)).text
    assert "La rade" in page
    assert "10 %" in page
    assert "Accepted what moutiou proposed." in decide(client, proposal, "accept").text
    image = Image.objects.get(pk=proposal.image_id)
    assert (image.alt, image.renditions["focal"]) == ("La rade", [10, 50])


def test_an_editor_declines_it_with_an_answer(client, proposal):
    client.force_login(cast.editor())
    decide(client, proposal, "decline", answer="Non\0 merci")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "Non merci")


def test_who_accepts_has_seen_the_picture_as_it_is(client, proposal):
    awa = cast.editor()
    client.force_login(awa)
    page = client.get(change(proposal.image))
    proposal.image.revise(awa, {"alt": "Le quai"})
    address = reverse("admin:articles_image_proposal", args=[proposal.pk])
    response = client.post(address, {"_accept": "1", "seen": page.context["proposals"][0].seen}, follow=True)
    assert "has been changed in the meantime" in response.text
    assert alt(proposal.image) == "Le quai"


def test_what_was_decided_already_is_told(client, proposal):
    client.force_login(cast.editor())
    decide(client, proposal, "decline")
    assert "Somebody has already decided this." in decide(client, proposal, "decline").text


def test_a_lost_file_is_told_and_the_words_are_taken(client, proposal):
    client.force_login(cast.editor())
    delete_files(proposal.image.folder)
    assert "file cannot be read" in decide(client, proposal, "accept").text
    assert alt(proposal.image) == "La rade"


def test_the_front_of_the_desk_shows_what_waits(client, proposal):
    client.force_login(cast.editor())
    assert "Proposed changes to pictures" in client.get("/admin/").text
    proposal.decline(cast.editor("koffi"))
    assert "Proposed changes to pictures" not in client.get("/admin/").text


# Everybody else


def test_a_colleague_sees_neither_proposal_nor_decides(client, proposal):
    client.force_login(cast.reporter("adjoa"))
    assert "La rade" not in client.get(change(proposal.image)).text
    assert "La rade" not in client.get("/admin/").text
    address = reverse("admin:articles_image_proposal", args=[proposal.pk])
    assert [client.post(address, {f"_{verb}": "1"}).status_code for verb in ("accept", "decline", "withdraw")] == [
        404
    ] * 3
    assert ImageProposal.objects.open().exists()


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_its_proposer_does_not_decide(client, proposal, verb):
    assert decide(client, proposal, verb).status_code == 403
    assert ImageProposal.objects.open().exists()


def test_no_button_is_a_bad_request(client, proposal):
    assert client.post(reverse("admin:articles_image_proposal", args=[proposal.pk])).status_code == 400


def test_many_proposals_cost_the_queries_of_one(client, proposal, django_assert_max_num_queries):
    client.force_login(cast.editor())
    for number in range(8):
        proposal.image.revise(cast.reporter(f"adjoa{number}"), {"alt": f"Le quai {number}"})
    with django_assert_max_num_queries(20):
        client.get(change(proposal.image))
    with django_assert_max_num_queries(15):
        client.get("/admin/")
