"""A private PostgreSQL for the tests, from the binaries of this machine; nothing of it is left afterwards.

`python -m tests.postgres run -- COMMAND…` runs the command with DATABASE_URL set and passes on its exit code.
Without PostgreSQL the command is not run: that fails in CI, and is said loudly elsewhere.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

START_TIMEOUT = 30  # seconds


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", "--", *command] if command:
            pass
        case _:
            print("usage: python -m tests.postgres run -- COMMAND…", file=sys.stderr)
            return 2
    binaries = find_binaries()
    if binaries is None:
        print("\n*** PostgreSQL is not installed: nothing was tested on it. ***\n", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    with server(binaries) as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


def find_binaries() -> Path | None:
    """Return the folder of initdb and postgres: from PATH, else the newest that Debian installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return versions[-1] if versions else None


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Yield the URL of a fresh server that listens only on a socket in its own temporary folder."""
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        owner = _owner()
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        data = Path(folder, "data")
        subprocess.run(
            # ICU orders text as a newsroom's server does, whatever the locale of this shell.
            [binaries / "initdb", "--pgdata", data, "--auth=trust", "--username=newsroom", "--no-sync"]
            + ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **owner,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder, **owner
            )
            try:
                _wait_until_ready(binaries, folder, process)
                yield f"postgres://newsroom@{quote(folder, safe='')}/postgres"
            finally:
                process.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
                process.wait()


def _owner() -> dict[str, int | list[int]]:
    """Return the user that the server runs as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait_until_ready(binaries: Path, folder: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while subprocess.run([binaries / "pg_isready", "-q", "-h", folder]).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL does not start:\n{Path(folder, 'log').read_text()}")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
