"""What readers' templates may use, and what they may not."""

import datetime

import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.safestring import mark_safe
from jinja2 import UndefinedError, meta

from articles.templating import iso
from newsroom.template_engines import LOGGING_UNDEFINED

QUOTES = """l'eau & "la" <terre>"""


@pytest.fixture
def env():
    return engines["jinja2"].env


def names():
    env = engines["jinja2"].env
    return env.list_templates(filter_func=lambda name: not name.startswith("desk/"))


def render(env, source, **context):
    return env.from_string(source).render(context)


@pytest.mark.parametrize("name", names())
def test_every_template_compiles(env, name):
    env.get_template(name)


@pytest.mark.parametrize("name", [name for name in names() if "/_" in name])
def test_what_a_macro_shows_it_is_given(env, name):
    """A macro sees no context: a name that is neither an argument nor global would fail on some page only."""
    source = env.loader.get_source(env, name)[0]
    if "{% macro" in source:
        assert meta.find_undeclared_variables(env.parse(source)) <= set(env.globals)


@pytest.mark.parametrize("name", ["admin/index.html", "account/login.html"])
def test_desk_stays_with_django(name):
    assert "jinja2" not in type(get_template(name)).__module__


@pytest.mark.parametrize("name", ["404.html", "articles/article.html", "articles/robots.txt"])
def test_reader_pages_are_made_by_jinja2(name):
    assert get_template(name).template.environment is engines["jinja2"].env


def test_quotes_are_escaped_as_django_escapes_them(env):
    assert render(env, "{{ text }}", text=QUOTES) == escape(QUOTES)
    assert render(env, '{{ _("Search: %(text)s", text=text) }}', text=QUOTES) == f"Search: {escape(QUOTES)}"


def test_clean_html_is_escaped_by_nobody(env):
    assert render(env, "{{ text }}{{ number }}", text=mark_safe('<b title="x">'), number=7) == '<b title="x">7'


def test_strings_follow_the_language(env):
    template = env.from_string('{{ _("Search") }} {{ _("Page %(number)s", number=2) }} {{ url("front") }}')
    with translation.override("fr"):
        assert template.render() == "Rechercher Page 2 /fr/"
    assert template.render() == "Search Page 2 /"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% trans name=name %}\n  Hello\n  {{ name }}\n{% endtrans %}", "Hello &lt;Awa&gt;"),
        (
            '{{ ngettext("%(num)s story by %(name)s", "%(num)s stories", 1, num=1, name=name) }}',
            "1 story by &lt;Awa&gt;",
        ),
        ('{{ ngettext("%(num)s story", "%(num)s stories", 2, num=2) }}', "2 stories"),
        ("{% trans count=3 %}{{ count }} story{% pluralize %}{{ count }} stories{% endtrans %}", "3 stories"),
        (
            '{{ pgettext("month", "May") }} {{ npgettext("of time", "%(num)s day", "%(num)s days", 2, num=2) }}',
            "May 2 days",
        ),
    ],
)
def test_every_way_to_translate_works(env, source, shown):
    assert render(env, source, name="<Awa>") == shown


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ one.nothing }}", "{% if nothing %}{% endif %}"])
def test_unknown_name_is_an_error_in_tests(env, source):
    with pytest.raises(UndefinedError, match="nothing"):
        render(env, source, one=datetime.date(2026, 1, 2))


def test_unknown_name_is_a_gap_and_a_line_in_the_log_in_production(env, caplog):
    quiet = env.overlay(undefined=LOGGING_UNDEFINED)
    assert render(quiet, "<p>{{ nothing.at.all }}</p>") == "<p></p>"
    assert [(record.name, "nothing" in record.message) for record in caplog.records] == [("articles.templating", True)]


def test_moments_are_in_the_zone_that_is_on(env):
    moment = datetime.datetime(2026, 3, 20, 23, 30, tzinfo=datetime.UTC)
    with timezone.override("Africa/Lagos"):
        assert render(env, '{{ moment|date("j F Y, H:i") }}', moment=moment) == "21 March 2026, 00:30"
        assert iso(moment) == "2026-03-21T00:30:00+0100"


def test_months_are_told_in_the_language_that_is_on(env):
    with translation.override("fr"):
        assert render(env, '{{ day|date("YEAR_MONTH_FORMAT") }}', day=datetime.date(2026, 8, 1)) == "août 2026"
