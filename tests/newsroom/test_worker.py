"""What granian is told, and who may say otherwise."""

import os

import pytest

from newsroom import worker


@pytest.fixture
def started(monkeypatch):
    found = []
    monkeypatch.setattr(os, "execve", lambda _path, command, environment: found.extend((command, environment)))
    monkeypatch.setattr(worker, "end_with_parent", lambda by: None)
    return found


def test_environment_says_otherwise_but_for_what_the_supervisor_does(started, monkeypatch):
    monkeypatch.setenv("GRANIAN_BACKLOG", "1024")
    monkeypatch.setenv("GRANIAN_WORKERS", "4")
    worker.main(["--port", "8080"])
    command, environment = started
    assert command[1:] == ["-m", "granian", "--port", "8080", "newsroom.rsgi:application"]
    assert [environment[name] for name in ("GRANIAN_BACKLOG", "GRANIAN_WORKERS")] == ["1024", "1"]
