"""Says in one sentence why the newsroom cannot start here: Python is too old, or the port is taken.

The Makefile runs this file by itself before it sets anything up: `python3 -I newsroom/start_check.py 8000`. It
therefore needs only the standard library, and Python 3.6 can read it.
"""

import socket
import sys
from typing import Optional, Tuple  # noqa: UP035 - what replaced them is unknown to the versions that this refuses

OLDEST_PYTHON = (3, 11)


def find_start_obstacle(version: Tuple[int, ...], port: Optional[int] = None) -> str:  # noqa: UP006, UP045
    """Return why the newsroom cannot start with this version of Python on this port of 127.0.0.1, or ""."""
    if version < OLDEST_PYTHON:
        found = ".".join(map(str, version[:2]))
        return f"The newsroom needs Python 3.11 or newer, and this is {found}: choose another with PYTHON=python3.11."
    if port is not None and not is_free(port):
        return f"Port {port} of 127.0.0.1 is taken: stop what listens there, or choose another with PORT={port + 1}."
    return ""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Return whether a server could listen on this port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        # Connections of a server that ended a moment ago still hold the port otherwise.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(find_start_obstacle(sys.version_info[:3], *map(int, sys.argv[1:])) or None)
