"""What a lock file does not name is removed, and nothing else."""

import subprocess
from types import SimpleNamespace

import pytest

from newsroom import surplus_packages

LOCK = """\
django==5.2.13 \\
    --hash=sha256:0
typing-extensions==4.15.0 ; python_version < '3.13' \\
    --hash=sha256:1
"""


@pytest.fixture
def remove(monkeypatch, tmp_path):
    """Return what is removed where these packages are installed."""
    lock, removed = tmp_path / "requirements.txt", []
    lock.write_text(LOCK)

    def run(command, check):
        removed.extend(command[command.index("--yes") + 1 :])
        return SimpleNamespace(returncode=0)

    def arrange(*names):
        found = [SimpleNamespace(metadata={"Name": name}) for name in names]
        monkeypatch.setattr(surplus_packages, "distributions", lambda: found)
        monkeypatch.setattr(subprocess, "run", run)
        assert surplus_packages.main(str(lock)) == 0
        return removed

    return arrange


def test_what_left_the_lock_goes(remove):
    assert remove("Django", "redis", "PyYAML", "typing_extensions") == ["pyyaml", "redis"]


def test_what_the_environment_itself_consists_of_stays(remove):
    assert remove("Django", "pip", "setuptools", "typing_extensions") == []


def test_a_package_without_a_name_harms_nothing(remove):
    assert remove("Django", None) == []
