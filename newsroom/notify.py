"""Notifies the process's supervisor that it is ready, as sd_notify(3) of systemd does."""

from __future__ import annotations

import contextlib
import os
import socket

VARIABLE = "NOTIFY_SOCKET"  # the address to notify; unset when nobody waits


def notify(message: str) -> None:
    address = os.environ.get(VARIABLE, "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        sender.sendall(message.encode())
