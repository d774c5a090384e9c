"""Requests as granian hands them over, for tests of what answers them, without a server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field


def run_in_thread(coroutine):
    """Return the coroutine's result, from a thread of its own: a browser's event loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class Headers:
    def __init__(self, pairs):
        self._pairs = pairs

    def keys(self):
        return list(dict(self._pairs))

    def items(self):
        return [(name, value) for name, value in self._pairs if value.isascii()]


@dataclass
class Scope:
    path: str = "/"
    query_string: str = ""
    method: str = "GET"
    pairs: list = field(default_factory=list)
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "192.0.2.7:40000"
    scheme: str = "http"

    @property
    def headers(self):
        return Headers([("host", "localhost"), *self.pairs])


@dataclass
class Protocol:
    """A body in chunks, between which it may stall for ever, and the answer."""

    chunks: list = field(default_factory=list)
    stalls: bool = False
    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes = b""

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk
        if self.stalls:
            await asyncio.Event().wait()

    def response_empty(self, status, headers):
        self.status, self.headers = status, dict(headers)

    def response_bytes(self, status, headers, body):
        self.status, self.headers, self.body = status, dict(headers), body


async def send_request(application, path="/", method="GET", *, body=(), length=None, stalls=False, **headers):
    """Send a request and return the answer; `length` is announced when it is not the length of the body."""
    path, _mark, query = path.partition("?")
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    if body or length is not None:
        pairs.append(("content-length", str(sum(map(len, body)) if length is None else length)))
    protocol = Protocol(list(body), stalls)
    await application.__rsgi__(Scope(path, query, method, pairs), protocol)
    return protocol
