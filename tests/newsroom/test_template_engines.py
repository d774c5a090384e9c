"""Readers' pages are Jinja2's, the desk's Django's."""

from pathlib import Path

import pytest
from django.template import engines
from jinja2 import StrictUndefined, UndefinedError

from newsroom.template_engines import template_engines


def test_a_template_of_the_desk_is_not_among_those_of_readers():
    readers, desk = template_engines(Path("templates"), debug=False)
    assert (readers["DIRS"], desk["DIRS"]) == ([Path("templates")], [Path("templates/desk")])
    assert {type(engine).__name__ for engine in engines.all()} == {"Jinja2", "DjangoTemplates"}


def test_an_unknown_name_is_an_error_for_developers_and_a_gap_for_readers():
    for_developers, for_readers = (
        template_engines(Path("templates"), debug=debug)[0]["OPTIONS"]["undefined"] for debug in (True, False)
    )
    assert for_developers is StrictUndefined
    with pytest.raises(UndefinedError):
        str(for_developers(name="headlin"))
    assert str(for_readers(name="headlin")) == ""
