"""The documents tell the truth. When a table that comes from the code fails here, `make docs` writes it again."""

import importlib.util
import re
import shlex
import tomllib
from functools import cache

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from newsroom.alarms import DATABASE
from tests import documents
from tests.documents import DOCS, README, ROOT

FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*\.(?:css|html|js|md|mo|po|py|service|toml|txt|webp|xml|yml)")
FOLDER = re.compile(r"(?:\w[\w.-]*/)+(?:\w[\w.-]*/?)?")
NAME = re.compile(r"[A-Z][A-Z_]{2,}(?==|$)")
COMMANDS = DOCS / "commands.md"
MAKEFILE = (ROOT / "Makefile").read_text()

each_document = pytest.mark.parametrize("path", documents.documents(), ids=lambda path: path.name)


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@cache
def command(name):
    return load_command_class(get_commands()[name], name)


def options(of):
    return set(of.create_parser("manage.py", "name")._option_string_actions)


def own_options(name):
    """Return the long options that our command adds to those of the Django command that it extends."""
    extended = next(cls for cls in type(command(name)).__mro__ if cls.__module__.startswith("django."))
    others = options(BaseCommand() if extended is BaseCommand else extended())
    return {option for option in options(command(name)) - others if option.startswith("--")}


def own_commands():
    return {name for name, app in get_commands().items() if app in {"articles", "newsroom", "demo"}}


def words_after(text, words):
    """Return the words after these in a line of code, [] when it does not have them."""
    try:
        parts = shlex.split(text, comments=True)
    except ValueError:  # a quotation mark that is not closed: no line of a shell
        return []
    starts = [
        place for place in range(len(parts)) if [part.split("/")[-1] for part in parts[place:]][: len(words)] == words
    ]
    return parts[starts[0] + len(words) :] if starts else []


# Tables that come from the code


def test_settings_table_names_every_setting_with_its_default_and_meaning():
    assert documents.table(DOCS / "settings.md", "Variables") == documents.settings()


def test_code_map_names_every_folder_and_what_lives_there():
    assert documents.table(DOCS / "architecture.md", "Code map") == documents.code_map()


def test_every_module_says_what_lives_there():
    assert [path for path in documents.modules() if not documents.first_line(path)] == []


def test_dependency_table_names_every_dependency():
    required = project()["dependencies"] + project()["optional-dependencies"]["dev"]
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in required}
    assert {row[0].strip("`") for row in documents.table(README, "Dependencies")} == names


def test_table_of_conditions_names_every_condition_of_the_health_page():
    sources = "".join(path.read_text() for path in (ROOT / "newsroom").glob("*.py"))
    conditions = set(re.findall(r'\bHealthCondition\(\s*"([\w-]+)",\s*"(\w+)"', sources)) | {(DATABASE, "red")}
    told = {(name.strip("`"), level) for name, level, _meaning in documents.table(DOCS / "operating.md", "Conditions")}
    assert told == conditions


# Sizes and versions


def test_the_changelog_lists_the_version_that_is_declared_first():
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert headings[:2] == ["Unreleased", project()["version"]]


def test_the_readme_is_short_and_its_pictures_are_light():
    assert README.stat().st_size <= 8 * 1024
    assert sum(path.stat().st_size for path in (DOCS / "pictures").iterdir()) <= 150 * 1024


def test_the_readme_leads_to_every_document():
    linked = set(re.findall(r"\]\(([^)#:]+)\)", README.read_text()))
    others = {str(path.relative_to(ROOT)) for path in documents.documents()} - {"README.md"}
    assert others - linked == set()


# What the documents name


@each_document
def test_links_between_documents_lead_somewhere(path):
    dead = []
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text()):
        name, _hash, anchor = target.partition("#")
        file = path.parent / name if name else path
        if "://" not in target and (not file.exists() or (anchor and anchor not in documents.anchors(file))):
            dead.append(target)
    assert dead == []


@each_document
def test_files_and_folders_that_are_named_exist(path):
    words = [word for text in documents.code(path) for word in text.split()]
    named = {
        word
        for word in words
        if FILE.fullmatch(word) or (FOLDER.fullmatch(word) and (ROOT / word.split("/")[0]).is_dir())
    }
    assert {name for name in named if not (ROOT / name).exists() and not name.startswith("build/")} == set()


@each_document
def test_settings_and_other_names_in_capitals_exist(path):
    known = {setting.strip("`") for setting, *_rest in documents.settings()}
    source = MAKEFILE + "".join(file.read_text() for file in documents.modules())
    named = {match[0] for text in documents.code(path) if (match := NAME.match(text))}
    assert {name for name in named - known if not re.search(rf"\b{name}\b", source)} == set()


@each_document
def test_commands_that_are_named_exist_and_take_the_options(path):
    for text in documents.code(path):
        name, *arguments = words_after(text, ["manage.py"]) or ["check"]
        if name == "NAME":
            continue
        assert name in get_commands()
        given = {word.partition("=")[0] for word in arguments if word.startswith("--")}
        assert given <= options(command(name)), text


@each_document
def test_targets_of_make_and_modules_that_are_named_exist(path):
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, flags=re.MULTILINE))
    for text in documents.code(path):
        assert not (made := words_after(text, ["make"])) or made[0] in targets, text
        if module := words_after(text, ["python", "-m"]):
            assert importlib.util.find_spec(module[0]), text


def test_commands_are_described_each_under_its_name():
    described = set(documents.sections(COMMANDS, 3))
    assert described == own_commands()


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_option_of_a_command_is_described(name):
    text = documents.sections(COMMANDS, 3)[name]
    assert own_options(name) <= set(re.findall(r"--[\w-]+", text)) <= options(command(name))
