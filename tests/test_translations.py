"""The interface speaks every language that has a folder in newsroom/locale, all of it.

When a string is missing, `make messages` collects it to be translated.
"""

import ast
import gettext
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command

from newsroom.settings import BASE_DIR
from tests.articles import cast

LOCALES = Path("newsroom/locale")
LANGUAGES = sorted(folder.name for folder in (BASE_DIR / LOCALES).iterdir())
CATALOGS = {language: LOCALES / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES}
OF_SCRIPTS = sorted(path.relative_to(BASE_DIR) for path in (BASE_DIR / LOCALES).glob("*/LC_MESSAGES/djangojs.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ATTRIBUTES = {"aria-label", "placeholder", "title", "alt"}


def compiled(path):
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def pairs(language="fr"):
    """Return English and the other language, once for each plural form."""
    catalog = compiled((BASE_DIR / CATALOGS[language]).with_suffix(".mo"))
    return [(key[0] if isinstance(key, tuple) else key, text) for key, text in catalog.items() if key]


@pytest.fixture
def gettext_tools():
    """Require GNU gettext. Missing, it fails CI and is skipped on a laptop."""
    if not all(map(shutil.which, ("xgettext", "msgmerge", "msgfmt"))):
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("GNU gettext is not installed: nobody looked whether every string is translated")


def test_every_string_of_the_source_is_translated(gettext_tools, tmp_path, monkeypatch, settings):
    for folder in ("articles", "newsroom", "templates"):
        shutil.copytree(
            BASE_DIR / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations")
        )
    settings.LOCALE_PATHS = [tmp_path / "newsroom" / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=LANGUAGES, no_location=True, no_obsolete=True, stdout=StringIO())

    def messages(catalog, kind):
        found = subprocess.run(["msgattrib", kind, catalog], capture_output=True, text=True, check=True).stdout
        return re.findall(r"^msgid .*(?:\n\".*)*", found, re.MULTILINE)[1:]

    missing = {
        language: messages(catalog, "--untranslated") + messages(catalog, "--only-fuzzy")
        for language, catalog in CATALOGS.items()
    }
    said = [
        f"{CATALOGS[language]}: {len(found)} without a translation, such as {found[:3]}"
        for language, found in missing.items()
        if found
    ]
    assert not said, "; ".join(said)


@pytest.mark.parametrize("catalog", [*CATALOGS.values(), *OF_SCRIPTS], ids=str)
def test_the_compiled_catalog_is_the_one_in_the_source(gettext_tools, tmp_path, catalog):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", fresh, BASE_DIR / catalog], check=True)
    assert compiled(fresh) == compiled((BASE_DIR / catalog).with_suffix(".mo"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    changed = [pair for pair in pairs(language) if len({tuple(sorted(PLACEHOLDER.findall(text))) for text in pair}) > 1]
    assert changed == []


def test_french_has_its_apostrophes_and_spaces_that_never_break():
    careless = re.compile(r"\w'\w| [;:!?»]|« |\.\.\.")
    assert [french for _english, french in pairs() if careless.search(french)] == []


NAMED = re.compile(r"[A-Z_]+|\w|Y-m-d")  # one of Django's formats, one part of a date, or a date for machines


def test_no_template_puts_day_and_month_in_an_order_of_its_own():
    """Formats have names, such as DATE_FORMAT, which each language fills."""
    of_filter = re.compile(r"""\bdate(?:\(|:)["']([^"']*)["']""")
    found = [
        (file.name, form)
        for file in (BASE_DIR / "templates").rglob("*.html")
        for form in of_filter.findall(file.read_text())
    ]
    assert [(file, form) for file, form in found if not NAMED.fullmatch(form)] == []


def test_no_module_puts_day_and_month_in_an_order_of_its_own():
    modules = [file for app in ("articles", "newsroom") for file in (BASE_DIR / app).rglob("*.py")]
    found = [(file.name, form) for file in modules for form in formats_of(file.read_text())]
    assert [(file, form) for file, form in found if not NAMED.fullmatch(form)] == []


def formats_of(source):
    """Yield the formats that a module hands to `date_format`."""
    calls = (
        (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)) if "date_format(" in source else ()
    )
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "date_format" and len(call.args) > 1:
            yield from (part.value for part in ast.walk(call.args[1]) if isinstance(part, ast.Constant))


def test_no_message_puts_quotation_marks_in_an_order_of_its_own():
    """What stands in quotation marks is a part of a whole sentence, which each language quotes in its way."""
    modules = [file for app in ("articles", "newsroom") for file in (BASE_DIR / app).rglob("*.py")]
    told = [file for file in modules if "management" not in file.parts]  # commands speak English
    assert [(file.name, text) for file in told for text in glued_quotations(file.read_text())] == []


def glued_quotations(source):
    """Yield the parts of f-strings that quote what is filled in; what is raised is for programmers."""
    tree = ast.parse(source) if "“" in source else ast.Module([], [])
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in raised:
            texts = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield from (text for text in texts if text.endswith("“"))


class Interface(HTMLParser):
    """The texts of a page and of the attributes that somebody reads or hears."""

    def __init__(self, page):
        super().__init__()
        self.language, self.texts = "", set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "html":
            self.language = dict(attrs).get("lang")
        self.texts |= {value for name, value in attrs if name in ATTRIBUTES and value}

    def handle_data(self, data):
        self.texts.add(data.strip().removesuffix(":"))


def assert_speaks_french(response):
    interface = Interface(response.text)
    english = {text for text, french in pairs() if text.lower() != french.lower()}
    english |= {text[0].upper() + text[1:] for text in english}
    assert interface.language == "fr"
    assert interface.texts & english - {project.SITE_NAME} == set()


@pytest.mark.django_db
def test_a_french_front_page_speaks_french(client):
    cast.story("Le cacao remonte", language="fr")
    response = client.get("/fr/")
    assert "En continu" in response.text or "Rechercher" in response.text
    assert_speaks_french(response)


@pytest.mark.django_db
def test_a_french_story_speaks_french(client):
    story = cast.story("Le cacao remonte", language="fr", tags=["cacao"], authors=[cast.author()])
    cast.story("Le café aussi", language="fr", tags=["cacao"])
    response = client.get(story.get_absolute_url())
    assert "Articles liés" in response.text
    assert_speaks_french(response)


@pytest.mark.django_db
def test_a_french_address_with_nothing_there_speaks_french(client):
    response = client.get("/fr/rien-ici/")
    assert response.status_code == 404
    assert "Page introuvable" in response.text
    assert_speaks_french(response)


@pytest.mark.django_db
def test_what_is_selected_is_counted_in_french_of_no_gender(client):
    cast.draft("Le cacao remonte")
    client.force_login(cast.editor())
    french = {"accept-language": "fr"}
    assert "Sélection\u00a0: 0 sur 1</span>" in client.get("/admin/articles/article/", headers=french).text
    (counted,) = set(json.loads(re.search(r'"%\(sel\)s of %\(cnt\)s selected": (\[[^]]*\])', phrases(client, "fr"))[1]))
    assert counted == "Sélection\u00a0: %(sel)s sur %(cnt)s"
    assert "%(sel)s of %(cnt)s selected" not in phrases(client, "en")  # the script's own words
    assert "0 of 1 selected" in client.get("/admin/articles/article/").text


def phrases(client, language):
    return client.get("/admin/jsi18n/", headers={"accept-language": language}).text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/", "/admin/articles/article/add/"])
def test_the_desk_speaks_french(client, path):
    client.force_login(cast.editor())
    assert_speaks_french(client.get(path, headers={"accept-language": "fr"}))
