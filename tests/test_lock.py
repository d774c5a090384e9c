"""The lock files hold what pyproject.toml asks for, each package with its hashes."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.documents import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NEEDED = PROJECT["dependencies"]
NEEDED_BY_DEVELOPERS = NEEDED + PROJECT["optional-dependencies"]["dev"]
LOCKS = {"requirements.txt": NEEDED, "requirements-dev.txt": NEEDED_BY_DEVELOPERS}


def locked(name):
    """Return package name → version of a lock file."""
    entries = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_each_requirement_is_locked_within_its_limits(name):
    versions = locked(name)
    requirements = [Requirement(text) for text in LOCKS[name]]
    wrong = [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"))
    ]
    assert wrong == [], "run `make lock`"


def test_developers_test_with_the_versions_of_production():
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes(name):
    entries = re.split(r"^(?=\w)", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_package_index(name):
    assert "://" not in (ROOT / name).read_text()
