"""Who of a byline is named as what."""

import pytest

from articles.models import Author, Byline
from articles.models.byline import group_by_credit


def byline(name, role):
    return Byline(author=Author(name=name, slug=name.lower()), role=role)


def names(bylines):
    return {credit: [str(byline) for byline in those] for credit, those in group_by_credit(bylines).items()}


def test_people_are_grouped_by_what_machines_call_them_in_their_order():
    people = [
        ("Eli", "editor"),
        ("Awa", "author"),
        ("Ada", "contributor"),
        ("Ben", "photographer"),
        ("Tao", "translator"),
    ]
    assert names(byline(*one) for one in people) == {
        "author": ["Awa", "Ada"],
        "editor": ["Eli"],
        "contributor": ["Ben"],
        "translator": ["Tao"],
    }


@pytest.mark.parametrize(("role", "authors"), [("photographer", ["Ben"]), ("editor", []), ("translator", [])])
def test_where_nobody_wrote_only_pictures_make_an_author(role, authors):
    assert names([byline("Ben", role)])["author"] == authors


def test_a_role_of_a_later_version_is_a_contributors():
    assert names([byline("Awa", "author"), byline("Ben", "illustrator")])["contributor"] == ["Ben"]
