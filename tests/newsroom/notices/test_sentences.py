"""What is said of each event, in the language of the reader."""

import pytest
from django.utils import translation

from newsroom.models import StoryEvent, User
from newsroom.notices.sentences import describe_event
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TAG = {"tag": "coton", "accepted_as": "", "answer": ""}
SENTENCES = [
    ("submitted", {}, "Awa Diop submitted “Le port” for review."),
    ("sent-back", {"note": "Les  chiffres\nmanquent."}, "Awa Diop sent “Le port” back: Les chiffres manquent."),
    ("published", {}, "Awa Diop published “Le port”."),
    ("went-out", {}, "“Le port” went out at its time."),
    ("went-out", {"changes": True}, "The scheduled changes to “Le port” went live."),
    ("stuck", {"reason": "100 % pris."}, "The scheduled changes to “Le port” could not go live: 100 % pris."),
    ("kept", {}, "What Awa Diop typed into “Le port” was kept, but is not saved."),
    ("mentioned", {"note": "@koffi, vois"}, "Awa Diop wrote in a note to “Le port”: @koffi, vois"),
    ("tag-decided", TAG | {"accepted_as": "coton"}, "Awa Diop accepted the proposed tag “coton” for “Le port”."),
    (
        "tag-decided",
        TAG | {"accepted_as": "Fibre"},
        "Awa Diop gave “Le port” the tag “Fibre” in place of the proposed “coton”.",
    ),
    ("tag-decided", TAG, "Awa Diop declined the proposed tag “coton” for “Le port”."),
    ("tag-decided", TAG | {"answer": "Non."}, "Awa Diop declined the proposed tag “coton” for “Le port”: Non."),
]


def event(kind, facts):
    awa = User(username="awa", first_name="Awa", last_name="Diop")
    return StoryEvent(kind=kind, facts=facts, actor=awa, story=cast.draft("Le port"))


@pytest.mark.parametrize(("kind", "facts", "sentence"), SENTENCES)
def test_the_sentence_of_each_event(kind, facts, sentence):
    assert describe_event(event(kind, facts)) == sentence


def test_every_kind_has_a_sentence():
    assert {kind for kind, _facts, _sentence in SENTENCES} == set(StoryEvent.Kind.values)


def test_in_french():
    with translation.override("fr"):
        assert describe_event(event("published", {})) == "Awa Diop a publié «\u00a0Le port\u00a0»."


def test_who_has_left_without_a_name_is_somebody():
    gone = event("published", {})
    gone.actor = None
    assert describe_event(gone) == "Somebody published “Le port”."


def test_a_long_note_is_cut():
    assert len(describe_event(event("sent-back", {"note": "mot " * 1000}))) < 400
