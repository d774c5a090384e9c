"""`make run` fails at once, with one sentence, where it cannot work."""

import shutil
import socket
import subprocess
import sys

import pytest

from newsroom.start_check import find_start_obstacle, is_free
from tests.documents import ROOT


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_an_old_python_is_refused():
    assert "this is 3.10" in find_start_obstacle((3, 10, 13))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_python_will_do(version):
    assert find_start_obstacle(version) == ""


def test_a_taken_port_is_refused(taken_port):
    assert f"Port {taken_port} " in find_start_obstacle((3, 11), taken_port)


def test_a_port_is_free_once_its_server_ended():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    assert is_free(port)


@pytest.fixture
def make_run(tmp_path):
    """Return a function that runs `make run`: (what happened, the folder of the environment)."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    venv, tools = tmp_path / "venv", tmp_path / "tools"
    tools.mkdir()
    for tool in (
        "echo",
        "getconf",
        "mkdir",
        "rm",
        "sh",
    ):  # and no uv, which would make an environment in place of Python
        (tools / tool).symlink_to(shutil.which(tool))

    def run(python=sys.executable, port=0):
        command = [shutil.which("make"), "run", f"PORT={port}", f"PYTHON={python}", f"VENV={venv}"]
        environment = {"PATH": str(tools)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20)
        return done, venv

    return run


@pytest.fixture
def fake_python(tmp_path):
    """Return a function that writes a Python in the language of the shell."""

    def write(script):
        program = tmp_path / "python3"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program

    return write


def test_make_run_with_a_taken_port_sets_nothing_up(make_run, taken_port):
    done, venv = make_run(port=taken_port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {taken_port} of 127.0.0.1 is taken")
    assert not venv.exists()


def test_make_run_with_an_old_python_sets_nothing_up(make_run, fake_python):
    as_old = "import runpy, sys; sys.version_info = (3, 10, 13); del sys.argv[0]; "
    as_old += "runpy.run_path(sys.argv[0], run_name='__main__')"
    done, venv = make_run(fake_python(f'exec {sys.executable} -I -c "{as_old}" "$2" "$3"'))
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert (len(said), "needs Python 3.11 or newer, and this is 3.10" in said[0]) == (1, True)
    assert not venv.exists()


def test_an_environment_that_cannot_be_finished_is_removed(make_run, fake_python):
    python = fake_python(f'case "$1" in -I) exec {sys.executable} "$@";; esac; mkdir -p "$3/bin"; exit 1')
    done, venv = make_run(python)
    assert "Making a virtual environment" in done.stdout
    assert (done.returncode, venv.exists()) == (2, False)


def test_an_environment_that_was_there_before_is_not(make_run, fake_python):
    python = fake_python(f'case "$1" in -I) exec {sys.executable} "$@";; esac; exit 1')
    venv = make_run(python)[1]
    (venv / "mine").mkdir(parents=True)
    done, _venv = make_run(python)
    assert "Making a virtual environment" in done.stdout
    assert (done.returncode, (venv / "mine").exists()) == (2, True)
