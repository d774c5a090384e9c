"""The interface speaks French, all of it. When a string is missing, `make messages` collects it to be translated."""

import gettext
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

CATALOG = Path("newsroom/locale/fr/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ATTRIBUTES = {"aria-label", "placeholder", "title", "alt"}


def compiled(path):
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def pairs():
    """Return English and French, once for each plural form."""
    catalog = compiled((BASE_DIR / CATALOG).with_suffix(".mo"))
    return [(key[0] if isinstance(key, tuple) else key, french) for key, french in catalog.items() if key]


@pytest.fixture
def gettext_tools():
    """GNU gettext. Missing, it fails CI and is skipped on a laptop."""
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
    call_command("makemessages", locale=["fr"], no_location=True, no_obsolete=True, stdout=StringIO())

    def messages(kind):
        found = subprocess.run(["msgattrib", kind, CATALOG], capture_output=True, text=True, check=True).stdout
        return re.findall(r"^msgid .*(?:\n\".*)*", found, re.MULTILINE)[1:]

    assert {kind: messages(kind) for kind in ("--untranslated", "--only-fuzzy")} == {
        "--untranslated": [],
        "--only-fuzzy": [],
    }


def test_the_compiled_catalog_is_the_one_in_the_source(gettext_tools, tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", fresh, BASE_DIR / CATALOG], check=True)
    assert compiled(fresh) == compiled((BASE_DIR / CATALOG).with_suffix(".mo"))


def test_translations_keep_the_placeholders():
    changed = [pair for pair in pairs() if len({tuple(sorted(PLACEHOLDER.findall(text))) for text in pair}) > 1]
    assert changed == []


def test_french_has_its_apostrophes_and_spaces_that_never_break():
    careless = re.compile(r"\w'\w| [;:!?»]|« |\.\.\.")
    assert [french for _english, french in pairs() if careless.search(french)] == []


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
@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/", "/admin/articles/article/add/"])
def test_the_desk_speaks_french(client, path):
    client.force_login(cast.editor())
    assert_speaks_french(client.get(path, headers={"accept-language": "fr"}))
