"""Removes installed packages that a lock file does not name: what `uv pip sync` does, and pip does not.

The Makefile runs this file by itself: `.venv/bin/python -I newsroom/surplus_packages.py requirements.txt`. It therefore
needs only the standard library.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

OF_THE_ENVIRONMENT = {"pip", "setuptools", "wheel"}  # which installs what the lock names


def find_surplus(installed: Iterable[str], lock: str) -> list[str]:
    """Return the installed packages that the lock does not name.

    >>> find_surplus(["Django", "typing_extensions", "PyYAML", "pip"], "django==5.2\\ntyping-extensions==4.9")
    ['pyyaml']
    """
    named = {_normalised(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    return sorted({_normalised(name) for name in installed} - named - OF_THE_ENVIRONMENT)


def _normalised(name: str) -> str:
    """Return a name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main(lock: str) -> int:
    surplus = find_surplus(filter(None, (one.metadata["Name"] for one in distributions())), Path(lock).read_text())
    if not surplus:
        return 0
    print(f"Removing what {lock} does not name: {', '.join(surplus)}")
    command = [sys.executable, "-m", "pip", "uninstall", "--quiet", "--disable-pip-version-check", "--yes", *surplus]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - no shell, and names of packages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
