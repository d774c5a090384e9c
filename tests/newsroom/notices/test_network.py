"""Nothing is sent into the network of the server, to another address than the one that was checked, or for long."""

import socket
import threading
import time

import pytest

from newsroom.notices import network
from newsroom.notices.network import RefusedAddress, find_address, is_public, post
from tests.newsroom.notices.receiver import Receiver


@pytest.fixture
def receiver():
    with Receiver().running() as receiver:
        yield receiver


@pytest.fixture
def resolve(monkeypatch):
    """Return a function that lets names have these addresses, one list after the other."""

    def to(*answers):
        answers = list(answers)

        def getaddrinfo(host, port, **_more):
            found = answers.pop(0)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return to


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_an_address_that_is_not_public_is_refused(address, resolve):
    assert not is_public(address)
    resolve([address])
    with pytest.raises(RefusedAddress):
        find_address("hooks.example.org", 443, may_be_private=False)


def test_a_name_with_one_private_address_is_refused(resolve):
    resolve(["93.184.215.14", "10.0.0.1"])
    with pytest.raises(RefusedAddress):
        find_address("hooks.example.org", 443, may_be_private=False)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_no_way_of_writing_it_leads_to_this_machine(host):
    with pytest.raises((RefusedAddress, OSError)):
        post(f"https://{host}/", b"", {}, may_be_private=False)


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org/", "https:///x", "https://a:b@example.org/", "https://a..b/"]
)
def test_other_addresses_are_refused(url):
    with pytest.raises((RefusedAddress, OSError)):
        post(url, b"", {}, may_be_private=False)


def test_the_connection_goes_to_the_address_that_was_checked(resolve, monkeypatch):
    """The name answers otherwise the second time, as somebody does who wants to get in."""
    called = []

    def connect(address, *_more):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    resolve(["93.184.215.14"], ["127.0.0.1"])
    with pytest.raises(ConnectionRefusedError):
        post("https://hooks.example.org/", b"", {}, may_be_private=False)
    assert called == [("93.184.215.14", 443)]


def test_an_operator_may_allow_them(receiver):
    answer = post(receiver.url, b"{}", {"X-A": "b"}, may_be_private=True)
    assert (answer.status, answer.text) == (200, "ok")
    [(headers, body)] = receiver.sent
    assert (headers["Host"], headers["X-A"], body) == (receiver.url.split("/")[2], "b", b"{}")


def test_no_redirect_is_followed(receiver):
    receiver.statuses, receiver.headers = [307], {"Location": receiver.url}
    assert post(receiver.url, b"{}", {}, may_be_private=True).status == 307
    assert len(receiver.sent) == 1


def test_only_the_beginning_of_an_answer_is_read(receiver):
    receiver.body = b"x" * 1_000_000
    assert len(post(receiver.url, b"{}", {}, may_be_private=True).text) == network.MAX_ANSWER_SIZE


def test_a_service_that_trickles_is_left_after_the_time(monkeypatch):
    monkeypatch.setattr(network, "TIMEOUT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_trickle, args=(server,), daemon=True).start()
        began = time.monotonic()
        with pytest.raises((OSError, network.http.client.HTTPException)):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, may_be_private=True)
        assert time.monotonic() - began < 5


def _trickle(server):
    connection, _address = server.accept()
    with connection:
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _number in range(200):
                connection.sendall(b"X-A: b\r\n")
                time.sleep(0.1)
        except OSError:
            pass
