"""`make run` fails at once, with one sentence, where it cannot work."""

import shutil
import socket
import subprocess
import sys

import pytest

from newsroom.start_check import find_obstacle, is_free
from tests.documents import ROOT


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_an_old_python_is_refused():
    assert "this is 3.10" in find_obstacle((3, 10, 13))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_python_will_do(version):
    assert find_obstacle(version) == ""


def test_a_taken_port_is_refused(taken_port):
    assert f"Port {taken_port} " in find_obstacle((3, 11), taken_port)


def test_a_port_is_free_once_its_server_ended():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    assert is_free(port)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_run_with_a_taken_port_sets_nothing_up(taken_port, tmp_path):
    venv = tmp_path / "venv"
    run = subprocess.run(
        ["make", "run", f"PORT={taken_port}", f"PYTHON={sys.executable}", f"VENV={venv}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert run.returncode == 2
    assert run.stderr.startswith(f"Port {taken_port} of 127.0.0.1 is taken")
    assert not venv.exists()
