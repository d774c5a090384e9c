"""The unit for systemd says what the server does."""

import importlib.util
import shlex
import subprocess
from shutil import which

import pytest

from newsroom.worker import OPTIONS
from tests.servers import ROOT

UNIT = ROOT / "deploy" / "newsroom.service"


@pytest.fixture
def service():
    lines = [line.split("=", 1) for line in UNIT.read_text().splitlines() if "=" in line and not line.startswith("#")]
    return dict(lines)


def test_it_starts_the_server_of_the_documentation(service):
    _python, option, module = shlex.split(service["ExecStart"])
    assert (option, bool(importlib.util.find_spec(module))) == ("-m", True)
    assert f".venv/bin/python -m {module}" in (ROOT / "docs" / "operating.md").read_text()


def test_it_waits_until_the_site_serves_and_reloads_without_a_pause(service):
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "main")
    assert service["ExecReload"].endswith("kill -HUP $MAINPID")


def test_it_never_gives_up(service):
    assert (service["Restart"], service["StartLimitIntervalSec"]) == ("always", "0")


def test_what_is_under_way_has_time_to_end(service):
    assert int(service["TimeoutStopSec"]) > int(OPTIONS["GRANIAN_WORKERS_KILL_TIMEOUT"])
    assert service["KillMode"] == "mixed"


@pytest.mark.skipif(not which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_it():
    said = subprocess.run(["systemd-analyze", "verify", UNIT], capture_output=True, text=True, check=False)
    complaints = [line for line in said.stderr.splitlines() if "is not executable" not in line]
    assert complaints == [], "but for the server itself, which is elsewhere here"
