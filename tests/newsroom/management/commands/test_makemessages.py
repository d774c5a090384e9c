"""The strings of Jinja2's templates are collected as those of Django's."""

from pathlib import Path

import pytest

from newsroom.management.commands.makemessages import calls, is_of_readers


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{{ _("Search") }}', "gettext('Search')"),
        ('{{ gettext("Search") }}', "gettext('Search')"),
        ('{{ _("Page %(number)s", number=page.number) }}', "gettext('Page %(number)s')"),
        ('{{ ngettext("%(n)s story", "%(n)s stories", n, n=n) }}', "ngettext('%(n)s story', '%(n)s stories')"),
        ('{{ pgettext("month", "May") }}', "pgettext('month', 'May')"),
        ("{% trans name=one.name %}\n  Hello\n  {{ name }}\n{% endtrans %}", "gettext('Hello %(name)s')"),
        ("{{ _(name) }}", ""),
    ],
)
def test_every_way_to_translate_is_found(source, found):
    assert "\n".join(calls(source)) == found


def test_line_numbers_are_kept():
    assert list(calls('<p>\n{{ _("One") }}\n\n{{ _("Two") }}')) == ["", "gettext('One')", "", "gettext('Two')"]


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("./templates/404.html", True),
        ("templates/articles/article.html", True),
        ("./templates/desk/admin/index.html", False),
        ("./articles/views/search.py", False),
    ],
)
def test_templates_of_the_desk_stay_with_django(path, is_ours):
    assert is_of_readers(Path(path)) == is_ours
