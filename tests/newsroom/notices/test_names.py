"""Whom a note addresses."""

import pytest

from newsroom.notices.names import MAX_NAMES, find_names, replace_names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("@Awa.", ["awa"]),
        ("(@awa)", ["awa"]),
        ("@awa @AWA", ["awa"]),
        ("@a.b+c-d!", ["a.b+c-d"]),
        ("desk@example.org, @", []),
    ],
)
def test_a_name_follows_an_at(note, names):
    assert find_names(note) == names


def test_a_note_addresses_some_people_and_no_crowd():
    assert len(find_names(" ".join(f"@a{number}" for number in range(100)))) == MAX_NAMES


def test_a_name_is_replaced_whole_and_wherever_it_stands():
    assert replace_names("@Awa: @awa-diop, awa@awa.org, @AWA", {"awa"}, "x") == "@x: @awa-diop, awa@awa.org, @x"
