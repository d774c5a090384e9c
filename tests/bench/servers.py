"""The servers that are measured, each on a port of its own on this machine alone, ended when done."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from newsroom.server import WORKERS
from newsroom.worker import OPTIONS
from tests.bench.databases import Database

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT = 60  # seconds
STOP_TIMEOUT_SECONDS = 15  # for a server to end
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; gzip_static on; keepalive_requests 1000000; default_type text/html;
  open_file_cache max=100; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port} reuseport; root {folder}; index page.html; }}
}}
"""


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, encoding: str = "") -> tuple[int, bytes]:
        with closing(self.connect()) as line:
            return get_page(line, path, encoding)


def get_page(line: http.client.HTTPConnection, path: str, encoding: str = "") -> tuple[int, bytes]:
    """Return status and body, as it came."""
    line.request("GET", path, headers={"Accept-Encoding": encoding or "identity"})
    response = line.getresponse()
    return response.status, response.read()


@contextmanager
def newsroom(database: Database, cache_megabytes: int, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start the newsroom as `make serve` does; `more` is added to its environment."""
    environment = database.environment() | {"PAGE_CACHE_MEGABYTES": str(cache_megabytes)} | (more or {})
    command = [sys.executable, "-m", "newsroom.server"]
    with started(command, environment, database.folder, code=database.code) as server:
        yield server


@contextmanager
def bare(application: str, page: Path, folder: Path) -> Iterator[Server]:
    """Start an application of bare.py in as many processes of the same server, with the path of a page."""
    own = {"GRANIAN_INTERFACE": "wsgi", "GRANIAN_WORKERS": WORKERS, "BENCH_PAGE": str(page)}
    environment = os.environ | OPTIONS | own
    command = [sys.executable, "-m", "granian", f"tests.bench.bare:{application}"]
    with started(command, environment, folder) as server:
        yield server


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    """Serve the files of this folder, page.html and page.html.gz, without any Python."""
    folder.chmod(0o755)  # started by root, its processes are nobody's
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    command = [str(find_nginx()), "-c", str(configuration)]
    with started(command, os.environ, folder, port) as server:
        yield server


def find_nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, port: int | None = None, code: Path = ROOT
) -> Iterator[Server]:
    """Yield the server once it answers; `--port` is added to the command unless its port is given."""
    if port is None:
        port = free_port()
        command = [*command, "--port", str(port)]
    log = folder / f"server-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=file, stderr=file, start_new_session=True)
    server = Server(port, process.pid)
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not answers(server):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} does not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(server: Server) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return server.get("/not-there/")[0] < 500  # no page that is measured
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
