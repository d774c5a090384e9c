"""A picture that readers see is changed by those who may publish; others propose."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Image, ImageProposal, Revision
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

NEW = {"alt": "La rade", "credit": "AFP"}


@pytest.fixture
def seen(moutiou):
    """Return a reporter's own picture, which is in a live story."""
    image = cast.image(by=moutiou)
    cast.story(lead_image=image)
    return image


@pytest.fixture
def proposal(seen, moutiou):
    assert seen.revise(moutiou, NEW) == "proposed"
    return ImageProposal.objects.get()


def words(image):
    return Image.objects.values_list("alt", "credit").get(pk=image.pk)


def accept(proposal, by):
    """Propose as somebody who has seen the picture as it is now."""
    proposal.accept(by, proposal.replaced(Image.objects.get(pk=proposal.image_id)))


def again(person):
    """Return the person as the next request knows them."""
    return User.objects.get(pk=person.pk)


def meanwhile(monkeypatch, deed):
    """Let this happen once, while the copies of somebody's change are made."""
    prepare = Image.prepare

    def overtaken(image, values):
        monkeypatch.setattr(Image, "prepare", prepare)
        found = image.prepare(values)
        deed()
        return found

    monkeypatch.setattr(Image, "prepare", overtaken)


def in_body(image, **fields):
    story = cast.draft(
        body=f'<figure class="picture"><img data-image="{image.pk}" alt=""></figure><p>Texte.</p>', **fields
    )
    story.body_images.add(image)
    return story


def with_scheduled_changes(image):
    scheduled(lead_image=[image.pk, "x"])


def with_scheduled_byline(image):
    author = cast.author(photo=image)
    scheduled(authors=[[author.pk, author.name, "author"]])


def scheduled(**changes):
    story = cast.story()
    edit = Edit({**story.stored_content, **changes})
    story.schedule_changes(None, timezone.now() + timezone.timedelta(hours=1), edit)


USES = {
    "lead of a live story": (True, lambda image: cast.story(lead_image=image)),
    "text of a live story": (True, lambda image: in_body(image).publish(None)),
    "scheduled story": (True, lambda image: cast.story(hours_ago=-2, lead_image=image)),
    "scheduled changes": (True, with_scheduled_changes),
    "photo of a published author": (True, lambda image: cast.story(authors=[cast.author(photo=image)])),
    "photo of the author of a scheduled story": (
        True,
        lambda image: cast.story(hours_ago=-2, authors=[cast.author(photo=image)]),
    ),
    "photo of an author whose byline is scheduled": (True, with_scheduled_byline),
    "photo of the author of an ended story": (
        False,
        lambda image: cast.story(authors=[cast.author(photo=image)], unpublish_at=timezone.now()),
    ),
    "draft": (False, lambda image: cast.draft(lead_image=image)),
    "text of a draft": (False, in_body),
    "withdrawn story": (False, lambda image: cast.story(lead_image=image).withdraw(None)),
    "ended story": (False, lambda image: cast.story(lead_image=image, unpublish_at=timezone.now())),
    "photo of nobody's author": (False, lambda image: cast.author(photo=image)),
    "nothing": (False, lambda image: None),
}


@pytest.mark.parametrize("use", USES)
def test_a_picture_that_readers_see_is_proposed_to_change_any_other_is_changed(moutiou, use):
    is_seen, put = USES[use]
    image = cast.image(by=moutiou)
    put(image)
    assert image.revise(moutiou, NEW) == ("proposed" if is_seen else "changed")
    assert words(image) == (("Le port de Lomé", "") if is_seen else ("La rade", "AFP"))


@pytest.mark.parametrize("use", USES)
def test_who_may_publish_changes_every_picture(awa, use):
    image = cast.image()
    USES[use][1](image)
    assert image.revise(awa, NEW) == "changed"


@pytest.mark.parametrize("use", [name for name, (is_seen, _use) in USES.items() if is_seen])
def test_an_editor_of_other_sections_proposes_what_an_editor_of_this_one_changes(awa, use):
    image = cast.image()
    USES[use][1](image)
    awa.sections.add(cast.section("Energy", "energy"))
    assert image.revise(again(awa), NEW) == "proposed"
    awa.sections.set([cast.section()])
    assert image.revise(again(awa), NEW) == "changed"


def test_a_picture_of_two_sections_is_changed_by_who_may_publish_in_both(awa, seen):
    energy = cast.section("Energy", "energy")
    cast.story("Le barrage de Nachtigal", section=energy, lead_image=seen)
    awa.sections.add(energy)
    assert seen.revise(again(awa), NEW) == "proposed"
    awa.sections.add(cast.section())
    assert seen.revise(again(awa), NEW) == "changed"


def test_a_picture_that_no_reader_sees_has_no_section(awa):
    image = cast.image()
    cast.draft(lead_image=image)
    awa.sections.add(cast.section("Energy", "energy"))
    assert image.revise(awa, NEW) == "changed"


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_an_editor_of_other_sections_neither_reads_nor_decides_a_proposal(proposal, awa, verb):
    awa.sections.add(cast.section("Energy", "energy"))
    assert not ImageProposal.objects.seen_by(awa).exists()
    with pytest.raises(PermissionDenied):
        proposal.accept(awa, "") if verb == "accept" else proposal.decline(awa)
    awa.sections.add(cast.section())
    assert ImageProposal.objects.seen_by(again(awa)).exists()


def test_the_page_of_a_picture_lets_an_editor_of_other_sections_propose(client, seen, awa):
    awa.sections.add(cast.section("Energy", "energy"))
    client.force_login(awa)
    page = client.get(reverse("admin:articles_image_change", args=[seen.pk]))
    assert page.context["proposing"]
    assert not page.context["may_decide"]


def test_scheduled_changes_that_cannot_be_read_stop_no_picture(moutiou):
    scheduled(headline="Le port rouvre")
    Revision.objects.scheduled().update(stored={"authors": [1], "lead_image": 1, "body": None})
    assert cast.image(by=moutiou).revise(moutiou, NEW) == "changed"


def test_a_command_changes_every_picture(seen):
    assert seen.revise(None, NEW) == "changed"


def test_others_propose_for_the_pictures_of_colleagues_that_readers_see_alone(seen):
    other = cast.reporter("adjoa")
    assert seen.revise(other, NEW) == "proposed"
    with pytest.raises(PermissionDenied):
        cast.image(30, 20).revise(other, NEW)


def test_who_changes_no_pictures_proposes_nothing(seen):
    with pytest.raises(PermissionDenied):
        seen.revise(cast.tag_staff(), NEW)


def test_a_proposal_is_accepted_with_who_and_when(seen, proposal, awa):
    accept(proposal, awa)
    assert words(seen) == ("La rade", "AFP")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", awa)
    assert proposal.decided_at


def test_fields_that_a_picture_has_no_longer_are_left_out_of_a_proposal(client, seen, proposal, awa):
    ImageProposal.objects.update(proposed=NEW | {"of_before": "Rade"}, before={"of_before": 1})
    client.force_login(awa)
    page = reverse("admin:articles_image_change", args=[seen.pk])
    assert client.get(page).status_code == 200
    accept(ImageProposal.objects.get(), awa)
    assert words(seen) == ("La rade", "AFP")
    assert client.get(page).status_code == 200


def test_an_accepted_crop_makes_its_copies(seen, moutiou, awa):
    seen.revise(moutiou, {"focal_x": 10})
    accept(ImageProposal.objects.get(), awa)
    seen.refresh_from_db()
    assert seen.renditions["focal"] == [10, 50]
    assert "card-60-10-50.webp" in seen.stored_copies()


def test_a_declined_proposal_changes_nothing_and_keeps_the_answer(seen, proposal, awa):
    proposal.decline(awa, "Le crédit manque.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer, words(seen)) == ("declined", "Le crédit manque.", ("Le port de Lomé", ""))


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_who_proposes_does_not_decide(proposal, moutiou, verb):
    with pytest.raises(PermissionDenied):
        {"accept": accept, "decline": ImageProposal.decline}[verb](proposal, moutiou)
    assert ImageProposal.objects.open().exists()


def test_its_proposer_alone_withdraws_it(proposal, moutiou, awa):
    with pytest.raises(PermissionDenied):
        proposal.withdraw(awa)
    proposal.withdraw(moutiou)
    assert not ImageProposal.objects.open().exists()


@pytest.mark.parametrize("first", ["accept", "decline", "withdraw"])
@pytest.mark.parametrize("second", ["accept", "decline", "withdraw"])
def test_it_is_decided_once(seen, proposal, moutiou, awa, first, second):
    def do(verb, one):
        deed = accept if verb == "accept" else getattr(ImageProposal, verb)
        deed(one, moutiou if verb == "withdraw" else awa)

    same = ImageProposal.objects.get()
    do(first, proposal)
    before = words(seen)
    with pytest.raises(ValidationError, match="already decided this"):
        do(second, same)
    assert words(seen) == before


def test_who_proposes_again_withdraws_the_former_proposal(seen, proposal, moutiou):
    seen.revise(moutiou, {"alt": "Le quai"})
    assert [(one.state, one.proposed) for one in ImageProposal.objects.order_by("pk")] == [
        ("withdrawn", NEW),
        ("open", {"alt": "Le quai"}),
    ]


def test_who_changes_it_at_once_later_has_nothing_to_propose_any_more(seen, proposal, moutiou):
    seen.leads.get().withdraw(None)
    assert seen.revise(moutiou, {"alt": "Le quai"}) == "changed"
    assert not ImageProposal.objects.open().exists()


def test_what_differs_in_nothing_is_no_proposal(seen, proposal, moutiou):
    assert seen.revise(moutiou, {"alt": "Le port de Lomé"}) == "nothing"
    assert not ImageProposal.objects.open().exists()


@pytest.mark.parametrize("values", [{"alt": " "}, {"focal_x": 101}, {"credit": "a" * 201}])
def test_bad_words_are_neither_proposed_nor_stored(seen, moutiou, awa, values):
    for person in (moutiou, awa):
        with pytest.raises(ValidationError):
            seen.revise(person, values)
    assert not ImageProposal.objects.exists()


def test_two_proposals_of_different_people_wait_beside_each_other(seen, proposal):
    seen.revise(cast.reporter("adjoa"), {"caption": "À Lomé"})
    assert ImageProposal.objects.open().count() == 2


def test_only_what_was_proposed_changes(seen, proposal, awa):
    seen.revise(awa, {"caption": "À Lomé"})
    accept(proposal, awa)
    assert Image.objects.get(pk=seen.pk).caption == "À Lomé"


def test_what_an_editor_changes_while_another_accepts_is_not_overwritten(seen, proposal, awa, monkeypatch):
    meanwhile(monkeypatch, lambda: seen.revise(awa, {"alt": "Le quai"}))
    with pytest.raises(ValidationError, match="changed in the meantime"):
        accept(proposal, cast.editor("koffi"))
    assert words(seen) == ("Le quai", "")
    assert ImageProposal.objects.open().exists()


def test_a_focal_point_is_one_value(seen, moutiou, awa):
    seen.revise(moutiou, {"focal_x": 10})
    proposal = ImageProposal.objects.get()
    before = proposal.replaced(seen)
    seen.revise(awa, {"focal_y": 90})
    with pytest.raises(ValidationError, match="changed in the meantime"):
        proposal.accept(awa, before)


@pytest.mark.parametrize("way", ["revise", "accept"])
def test_other_words_leave_a_crop_alone_that_is_made_meanwhile(seen, proposal, awa, monkeypatch, way):
    meanwhile(monkeypatch, lambda: seen.revise(awa, {"focal_x": 10}))
    accept(proposal, awa) if way == "accept" else seen.revise(awa, NEW)
    seen.refresh_from_db()
    assert (seen.alt, seen.focal_x, seen.renditions["focal"]) == ("La rade", 10, [10, 50])


def test_of_two_crops_at_once_the_later_stays_whole(seen, awa, monkeypatch):
    meanwhile(monkeypatch, lambda: seen.revise(awa, {"focal_y": 90}))
    seen.revise(awa, {"focal_x": 10})
    seen.refresh_from_db()
    assert seen.renditions["focal"] == [seen.focal_x, seen.focal_y] == [10, 50]


def test_a_change_of_a_picture_that_is_published_meanwhile_is_proposed(moutiou, monkeypatch):
    image = cast.image(by=moutiou)
    meanwhile(monkeypatch, lambda: cast.story(lead_image=image))
    assert image.revise(moutiou, NEW) == "proposed"
    assert words(image) == ("Le port de Lomé", "")


@pytest.mark.only_on("postgresql")  # SQLite has one writer at a time
def test_who_accepts_compares_while_the_picture_is_locked(proposal, awa):
    with CaptureQueriesContext(connection) as queries:
        accept(proposal, awa)
    assert any("FOR UPDATE" in query["sql"] and 'FROM "articles_image"' in query["sql"] for query in queries)
