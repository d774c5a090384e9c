"""Posts to an address that a person typed, and reaches nothing inside the network of this server.

The name is looked up once, its addresses are checked, and the connection goes to the one that was checked: a name that
answers otherwise the next time leads nowhere else. No redirect is followed.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

TIMEOUT = 10  # seconds, for all of it
MAX_ANSWER_SIZE = 2_000  # bytes of the answer that are read
PORTS = {"http": 80, "https": 443}
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 addresses in its last 32 bits


class RefusedAddress(ValueError):
    """An address to which nothing is ever sent."""


@dataclass(frozen=True)
class PostAnswer:
    status: int
    text: str  # its beginning


def post(url: str, body: bytes, headers: dict[str, str], *, may_be_private: bool) -> PostAnswer:
    """Return the answer. Raises RefusedAddress; OSError or http.client.HTTPException when there is none."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username:
        raise RefusedAddress(gettext_noop("This is no address of a web server."))
    if parts.scheme != "https" and not may_be_private:
        raise RefusedAddress(gettext_noop("The address does not begin with https://."))
    port = parts.port or PORTS[parts.scheme]
    connection = _CheckedConnection(parts.hostname, port, is_encrypted=parts.scheme == "https")
    connection.address = find_address(parts.hostname, port, may_be_private=may_be_private)
    end = threading.Timer(TIMEOUT, connection.abort)
    end.daemon = True
    end.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read(MAX_ANSWER_SIZE).decode(errors="replace")
        if connection.is_aborted:  # which looks like the end of an answer
            raise TimeoutError(f"no answer within {TIMEOUT} seconds")
        return PostAnswer(answer.status, text)
    finally:
        end.cancel()
        connection.close()


def find_address(host: str, port: int, *, may_be_private: bool) -> tuple[str, int]:
    """Return the address to connect to. Raises RefusedAddress where one of the name's is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or too long
        raise RefusedAddress(gettext_noop("This is no address of a web server.")) from error
    addresses = [str(address[0]) for *_kind, address in found]
    if not may_be_private and not all(map(is_public, addresses)):
        raise RefusedAddress(gettext_noop("The address is inside the network of this server."))
    return addresses[0], port


def is_public(address: str) -> bool:
    """Return whether an IP address leads out into the internet, also when it holds another one.

    >>> [is_public(one) for one in ("93.184.215.14", "10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1")]
    [True, False, False, False, False]
    >>> [is_public(one) for one in ("2606:2800::1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False, False]
    """
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in TRANSLATED:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


class _CheckedConnection(http.client.HTTPConnection):
    """A connection to an address that was checked, with the name of the host in its certificate."""

    address: tuple[str, int]
    is_aborted = False

    def __init__(self, host: str, port: int, *, is_encrypted: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.is_encrypted = is_encrypted
        self.default_port = PORTS["https" if is_encrypted else "http"]

    def connect(self) -> None:
        self.sock = socket.create_connection(self.address, TIMEOUT)
        if self.is_encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def abort(self) -> None:
        """End what takes too long, however it keeps this side waiting."""
        self.is_aborted = True
        if self.sock:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
