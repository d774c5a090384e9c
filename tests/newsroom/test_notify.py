"""Whoever watches over a process is told, when there is somebody."""

import socket

import pytest

from newsroom.notify import notify


@pytest.mark.parametrize("is_abstract", [False, True])
def test_message_arrives(tmp_path, monkeypatch, is_abstract):
    address = f"@{tmp_path.name}-newsroom" if is_abstract else str(tmp_path / "ready")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as watcher:
        watcher.bind(address.replace("@", "\0", 1))
        notify("READY=1")
        assert watcher.recv(100) == b"READY=1"


def test_nobody_there_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    notify("READY=1")
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify("READY=1")
