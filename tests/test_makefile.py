"""What `make` installs: exactly what a lock file names, whenever the lock says something else than last time."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents import ROOT

MAKE = shutil.which("make")
TOOLS = ("cmp", "cp", "getconf", "rm", "sh")  # that the steps need: nothing else is found, such as a uv of this machine
RUNNING, TESTING = "requirements.txt", "requirements-dev.txt"

pytestmark = pytest.mark.skipif(not MAKE, reason="make is not installed")


class Project:
    """The Makefile in a folder with locks, and with an environment that only writes down how it is called."""

    def __init__(self, folder, installer):
        self.folder, self.installer = folder, installer
        shutil.copy(ROOT / "Makefile", folder)
        (folder / "bin").mkdir()
        for tool in TOOLS:
            (folder / "bin" / tool).symlink_to(shutil.which(tool))
        (folder / "venv" / "bin").mkdir(parents=True)
        self.end_with(0)
        self.lock(RUNNING, "django==5.2.13\n")
        self.lock(TESTING, "django==5.2.13\npytest==9.0.2\n")

    def end_with(self, code):
        """Let the environment and its installer end with this code."""
        for program in ["venv/bin/python", *(["bin/uv"] if self.installer == "uv" else [])]:
            path = self.folder / program
            path.write_text(f'#!/bin/sh\necho "$*" >> {self.folder}/calls\nexit {code}\n')
            path.chmod(0o755)

    def lock(self, name, text, changed_at=None):
        (self.folder / name).write_text(text)
        if changed_at is not None:
            os.utime(self.folder / name, (changed_at, changed_at))

    def make(self, target):
        """Return the files that were installed by it."""
        calls = self.folder / "calls"
        calls.write_text("")
        environment = {"PATH": str(self.folder / "bin")}
        command = [MAKE, f"venv/.for-{target}", "VENV=venv"]
        self.code = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True).returncode
        start = "pip sync" if self.installer == "uv" else "-m pip install"
        return [Path(call.split()[-1]).name for call in calls.read_text().splitlines() if call.startswith(start)]


@pytest.fixture(params=["pip", "uv"])
def project(tmp_path, request):
    return Project(tmp_path, request.param)


def test_a_lock_is_installed_once(project):
    assert [project.make("running"), project.make("running")] == [[RUNNING], []]


def test_a_lock_with_other_packages_is_installed_however_old_its_file_is(project):
    project.make("running")
    project.lock(RUNNING, "django==5.2.14\n", changed_at=0)
    assert [project.make("running"), project.make("running")] == [[RUNNING], []]


def test_a_lock_whose_file_is_newer_and_says_the_same_is_not(project):
    project.make("running")
    project.lock(RUNNING, "django==5.2.13\n")
    assert project.make("running") == []


def test_what_developers_have_serves_to_run_as_well_and_stays(project):
    assert [project.make("running"), project.make("testing"), project.make("running")] == [[RUNNING], [TESTING], []]
    project.lock(RUNNING, "django==5.2.14\n", changed_at=0)
    project.lock(TESTING, "django==5.2.14\npytest==9.0.2\n", changed_at=0)
    assert [project.make("running"), project.make("testing")] == [[TESTING], []]


def test_an_installation_that_failed_is_made_again(project):
    project.make("running")
    project.lock(RUNNING, "django==5.2.14\n")
    project.end_with(1)
    assert (project.make("running"), project.code) == ([RUNNING], 2)
    project.lock(RUNNING, "django==5.2.13\n")  # what was installed last without a failure
    project.end_with(0)
    assert (project.make("running"), project.code) == ([RUNNING], 0)


def test_pip_removes_what_the_lock_does_not_name(tmp_path):
    Project(tmp_path, "pip").make("running")
    assert f"-I newsroom/surplus_packages.py {RUNNING}" in (tmp_path / "calls").read_text()
