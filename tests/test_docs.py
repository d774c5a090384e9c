"""README.md tells the truth: its tables name what the code reads and installs."""

import re
import tomllib

from newsroom.settings import BASE_DIR, env

README = (BASE_DIR / "README.md").read_text()


def test_settings_table_names_every_setting_with_its_default_and_meaning():
    expected = [
        [f"`{setting.name}`", _default(setting.default), setting.help.replace("|", "\\|")] for setting in env.settings
    ]
    assert _table("Settings") == expected


def test_dependency_table_names_every_dependency():
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    required = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.match(r"[\w-]+", requirement)[0] for requirement in required}
    assert {row[0].strip("`") for row in _table("Dependencies")} == names


def _default(value):
    """A default as the reader sees it: paths start at the newsroom's folder."""
    shown = value.replace(f"{BASE_DIR}/", "")
    return f"`{shown}`" if shown else "none"


def _section(heading):
    return re.split(r"^#+ ", README.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def _table(heading):
    """The cells of the section's table, row by row, without its head."""
    lines = [line for line in _section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]
