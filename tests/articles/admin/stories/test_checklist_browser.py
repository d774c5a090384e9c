"""The checklist follows what is typed, and never moves a field that somebody is about to use."""

import pytest
from playwright.sync_api import expect

CLOSE = 1  # pixel


def place_of(field):
    return field.bounding_box()["y"]


@pytest.mark.parametrize("label", ["Tags", "Slug"])
def test_a_field_that_somebody_works_in_stays_where_it_is(desk, label):
    points = desk.locator("#checklist li")
    count = points.count()
    field = desk.get_by_label(label).last
    desk.get_by_label("Headline").fill("Le port ferme")
    desk.get_by_label("Standfirst").fill("Le port ferme ce soir.")
    field.focus()
    before = place_of(field)
    expect(points).not_to_have_count(count)
    assert abs(place_of(field) - before) <= CLOSE
    desk.get_by_label("Standfirst").focus()
    desk.mouse.move(10, 10)
    expect(desk.locator("#checklist.is-held")).to_have_count(0)
