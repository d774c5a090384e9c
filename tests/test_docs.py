"""README.md tells the truth. When the settings or the code map fail here, `make docs` writes them again."""

import re
import tomllib

from tests import readme


def test_settings_table_names_every_setting_with_its_default_and_meaning():
    assert readme.table("Settings") == readme.settings()


def test_code_map_names_every_folder_and_what_lives_there():
    assert readme.table("Code map") == readme.code_map()


def test_every_module_says_what_lives_there():
    assert [path for path in readme.modules() if not readme.first_line(path)] == []


def test_the_changelog_lists_the_version_that_is_declared_first():
    version = tomllib.loads((readme.ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## (.*)$", (readme.ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert headings[:2] == ["Unreleased", version]


def test_dependency_table_names_every_dependency():
    project = tomllib.loads((readme.ROOT / "pyproject.toml").read_text())["project"]
    required = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in required}
    assert {row[0].strip("`") for row in readme.table("Dependencies")} == names
