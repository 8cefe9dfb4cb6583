# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a request was sent, over real sockets: directly and through proxies, broken off at any moment, in any way.

What a server has seen was sent, whatever the classes of errors say; what is called 'not sent' was seen by nobody.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
import trustme

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import answer_body
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import transport as transport_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import (
    Answer,
    Call,
    NoAnswer,
    RequestsTransport,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"

Talk = Callable[[socket.socket], None]


def read_request(sock: socket.socket) -> bool:
    """Read one request with its body; whether there was one."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = sock.recv(65536)
        if not part:
            return bool(data)
        data += part
    head, _blank, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0 and (part := sock.recv(65536)):
        missing -= len(part)
    return True


class Peer:
    """A server on this machine: what each connection does is a function. It counts the requests that it has seen.

    :param wrap: TLS comes first.
    :param reads: a request comes before what the function does.
    """

    def __init__(self, talk: Talk, wrap: ssl.SSLContext | None = None, *, reads: bool = True) -> None:
        self.seen = 0
        self._talk, self._wrap, self._reads = talk, wrap, reads
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                connection.settimeout(10)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._wrap:
                connection = self._wrap.wrap_socket(connection, server_side=True)
            with connection:
                if not self._reads:
                    connection.recv(10)
                    self._talk(connection)
                elif read_request(connection):
                    self.seen += 1
                    self._talk(connection)

    def close(self) -> None:
        self._listener.close()


class Proxy:
    """Passes requests for http on, opens tunnels for https.

    :param refuse: the answer to a request or a CONNECT instead.
    """

    def __init__(self, refuse: bytes | None = None) -> None:
        self._refuse = refuse
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            head = client.recv(65536)
            if self._refuse is not None:
                client.sendall(self._refuse)
                return
            verb, target = head.split()[:2]
            host, _colon, port = target.decode().removeprefix("http://").partition("/")[0].partition(":")
            with socket.create_connection((host, int(port)), timeout=10) as server:
                if verb == b"CONNECT":
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    server.sendall(head)
                self._pass_on({client: server, server: client})

    @staticmethod
    def _pass_on(pairs: dict[socket.socket, socket.socket]) -> None:
        while True:
            for source in select.select(list(pairs), [], [], 10)[0]:
                data = source.recv(65536)
                if not data:
                    return
                pairs[source].sendall(data)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def started() -> Iterator[list[Peer | Proxy]]:
    """What a test starts; it is closed in the end."""
    peers: list[Peer | Proxy] = []
    yield peers
    for peer in peers:
        peer.close()


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """The server's side, and the path of the bundle that trusts it."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    bundle = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    return context, str(bundle)


def _closes(sock: socket.socket) -> None:
    sock.close()


def _resets(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def _says_goodbye(sock: socket.socket) -> None:
    if isinstance(sock, ssl.SSLSocket):
        sock.unwrap()
    sock.close()


def _spoils(sock: socket.socket) -> None:
    """Bytes that are neither TLS nor HTTP."""
    plain = socket.socket(fileno=sock.detach())
    with plain:
        plain.sendall(b"\x15\x03\x03\x00\x02\x02\x50")


WAYS: dict[str, Talk] = {"closes": _closes, "resets": _resets, "says goodbye": _says_goodbye, "spoils": _spoils}
BEGUN = {
    "nothing": b"",
    "half a status line": b"HTTP/1.1 2",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "100 Continue": b"HTTP/1.1 100 Continue\r\n\r\n",
    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[",
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[",
}
ODD_HEADS = {
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n[1,2]",
    "negative chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n[]\r\n",
    "chunk of no number": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n",
    "HTTP 0.9": b"[]",
    "unknown version": b"HTTP/9.9 200 OK\r\n\r\n[]",
    "status of no number": b"HTTP/1.1 abc OK\r\n\r\n[]",
    "false gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]",
    "endless header": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 70_000,
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: a\r\n" * 200 + b"\r\n",
}
REDIRECTS = {
    "to half an address": b"http://[::1",
    "to nowhere": b"http://",
    "to no text": b"http://\xff\xfe/",
    "to a port of no number": b"http://h:port/",
}


def post(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None = None, verify: bool | str = True, timeout: float = 5.0
) -> Answer | NoAnswer:
    """Send a submission, through a proxy or not."""
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, proxy) if proxy else monkeypatch.delenv(name, raising=False)
    try:
        return RequestsTransport("test", verify).exchange(Call("POST", url, json={"a": 1}), timeout)
    except NoAnswer as error:
        return error


def assert_undecided(outcome: Answer | NoAnswer) -> None:
    """What came of a submission leaves open what became of it: no answer, or one that is no JSON."""
    if isinstance(outcome, Answer):
        assert outcome.status == 200
        with pytest.raises(ValueError, match=r".*"):
            outcome.json()
    else:
        assert (outcome.sent, outcome.permanent) == (True, False), outcome.reason


@pytest.mark.parametrize(
    "case",
    list(product(("http", "https"), WAYS, BEGUN, ("directly", "through a proxy"))),
    ids=" - ".join,
)
def test_what_the_server_has_seen_was_sent(
    monkeypatch: pytest.MonkeyPatch,
    started: list[Peer | Proxy],
    tls: tuple[ssl.SSLContext, str],
    case: tuple[str, str, str, str],
) -> None:
    scheme, way, begun, how = case
    context, bundle = tls

    def talk(sock: socket.socket) -> None:
        sock.sendall(BEGUN[begun])
        WAYS[way](sock)

    server, proxy = Peer(talk, context if scheme == "https" else None), Proxy()
    started += [server, proxy]
    outcome = post(monkeypatch, f"{scheme}://127.0.0.1:{server.port}/x", proxy.url if "proxy" in how else None, bundle)
    assert server.seen == 1
    assert_undecided(outcome)


@pytest.mark.parametrize(("head", "proxied"), list(product(ODD_HEADS, (False, True))))
def test_an_odd_head_does_not_mean_that_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy], head: str, proxied: bool
) -> None:
    server, proxy = Peer(lambda sock: sock.sendall(ODD_HEADS[head])), Proxy()
    started += [server, proxy]
    outcome = post(monkeypatch, f"http://127.0.0.1:{server.port}/x", proxy.url if proxied else None)
    assert server.seen == 1
    assert_undecided(outcome)


@pytest.mark.parametrize("place", REDIRECTS)
def test_a_redirect_is_an_answer_wherever_it_leads(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy], place: str
) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: " + REDIRECTS[place] + b"\r\nContent-Length: 0\r\n\r\n"
    server = Peer(lambda sock: sock.sendall(head))
    started.append(server)
    outcome = post(monkeypatch, f"http://127.0.0.1:{server.port}/x")
    assert isinstance(outcome, Answer)
    assert outcome.status == 302


def test_of_an_answer_that_is_no_success_only_a_beginning_is_read(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy]
) -> None:
    sent = 0

    def flood(sock: socket.socket) -> None:
        nonlocal sent
        sock.sendall(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 100000000000\r\n\r\n")
        while sent < 200 * 2**20:
            sent += sock.send(b" " * 2**20)

    server = Peer(flood)
    started.append(server)
    outcome = post(monkeypatch, f"http://127.0.0.1:{server.port}/x")
    assert isinstance(outcome, Answer)
    assert len(outcome.body) == answer_body.LARGEST_REFUSAL
    assert sent < 50 * 2**20


# -- not sent, with proof ----------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (None, "(Connection refused)"),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "407"),
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "503"),
        (b"", "clos"),
    ],
    ids=["not there", "407", "503", "closed"],
)
def test_a_proxy_that_opens_no_tunnel_has_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy], scheme: str, refusal: bytes | None, words: str
) -> None:
    proxy = Proxy(refusal) if refusal is not None else None
    started += [proxy] if proxy else []
    url = proxy.url if proxy else f"http://127.0.0.1:{free_port()}"
    outcome = post(monkeypatch, f"{scheme}://platform.invalid/x", url)
    if scheme == "http" and refusal is not None:
        # Here the proxy has got the request itself, and what it did with it is its answer's to say.
        if isinstance(outcome, Answer):
            assert str(outcome.status) == words
        else:
            assert outcome.sent
        return
    assert isinstance(outcome, NoAnswer)
    assert (outcome.sent, outcome.permanent) == (False, False)
    assert words in outcome.reason
    place = url.partition("://")[2]
    assert f"the proxy {place} ({scheme}_proxy)" in outcome.reason
    wants_password = f"the proxy {place} wants a user name and a password; give them in {scheme}_proxy"
    goes_around = f"check the proxy in {scheme}_proxy, or name platform.invalid in NO_PROXY to go around it"
    assert outcome.advice == (wants_password if words == "407" else goes_around)


def test_a_proxy_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = post(monkeypatch, "https://platform.invalid/x", f"http://user:planted@127.0.0.1:{free_port()}")
    assert isinstance(outcome, NoAnswer)
    assert "planted" not in f"{outcome.reason} {outcome.advice}"


def test_a_socks_proxy_without_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = post(monkeypatch, "https://platform.invalid/x", "socks5://127.0.0.1:9")
    assert isinstance(outcome, NoAnswer)
    assert (outcome.sent, outcome.permanent) == (False, True)
    assert "https_proxy is a SOCKS proxy, and the Python package PySocks is missing" in outcome.reason
    assert outcome.advice == "install the Python package PySocks, or name an HTTP proxy in https_proxy"


def test_http_on_a_port_that_speaks_https_and_the_reverse_are_recognised(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy]
) -> None:
    alert = Peer(lambda sock: sock.sendall(b"\x15\x03\x03\x00\x02\x02\x46"))
    plain = Peer(lambda sock: sock.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), reads=False)
    started += [alert, plain]
    outcome = post(monkeypatch, f"http://127.0.0.1:{alert.port}/x")
    assert isinstance(outcome, NoAnswer)
    assert outcome.sent, "what was sent in clear was sent"
    assert "speaks https, not http" in outcome.reason
    assert outcome.advice == f"check scheme and port of the URL: 127.0.0.1:{alert.port} speaks https"
    outcome = post(monkeypatch, f"https://127.0.0.1:{plain.port}/x")
    assert isinstance(outcome, NoAnswer)
    assert not outcome.sent
    assert "speaks http, not https" in outcome.reason
    assert outcome.advice == f"check scheme and port of the URL: 127.0.0.1:{plain.port} does not speak https"


def test_a_handshake_that_breaks_has_sent_nothing_and_may_work_next_time(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy]
) -> None:
    for talk in (_closes, _resets, lambda sock: sock.sendall(b"\x15\x03\x03\x00\x02\x02\x50")):
        server = Peer(talk, reads=False)
        started.append(server)
        outcome = post(monkeypatch, f"https://127.0.0.1:{server.port}/x")
        assert isinstance(outcome, NoAnswer)
        assert (outcome.sent, outcome.permanent) == (False, False), outcome.reason


@pytest.mark.parametrize("token", ["abc\r\nX-Evil: 1", "t\u20acken"])
def test_a_token_that_is_no_header_has_sent_nothing(started: list[Peer | Proxy], token: str) -> None:
    server = Peer(lambda sock: sock.sendall(OK))
    started.append(server)
    with pytest.raises(NoAnswer) as caught:
        RequestsTransport("test", True).exchange(Call("GET", f"http://127.0.0.1:{server.port}/", bearer=token), 2)
    assert (caught.value.sent, caught.value.permanent) == (False, True)
    assert server.seen == 0


# -- in time -----------------------------------------------------------------------------------------------------


def _drips(begin: bytes, piece: bytes) -> Talk:
    def drip(sock: socket.socket) -> None:
        sock.sendall(begin)
        for _number in range(100):
            sock.sendall(piece)
            time.sleep(0.05)

    return drip


DRIPS = {
    "status line": (b"", b"H"),
    "header": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "100 Continue for ever": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "chunk size": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n", b"X-T: a\r\n"),
    "body of a redirect": (b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 100000\r\n\r\n", b" "),
}


@pytest.mark.parametrize("what", DRIPS)
def test_an_answer_has_to_come_in_time_from_its_first_byte(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy], what: str
) -> None:
    monkeypatch.setattr(transport_module, "SLOWEST_ANSWER", 1)
    server = Peer(_drips(*DRIPS[what]))
    started.append(server)
    began = time.monotonic()
    outcome = post(monkeypatch, f"http://127.0.0.1:{server.port}/x", timeout=0.3)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.sent, outcome.reason) == (True, "the answer came too slowly")
    assert time.monotonic() - began < 2.0


def test_a_handshake_has_to_come_in_time(monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy]) -> None:
    monkeypatch.setattr(transport_module, "SLOWEST_ANSWER", 1)
    server = Peer(reads=False, talk=_drips(b"\x16\x03\x03\x40\x00", b"\x02"))
    started.append(server)
    outcome = post(monkeypatch, f"https://127.0.0.1:{server.port}/x", timeout=0.3)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.sent, outcome.reason) == (False, "the answer came too slowly")


# -- connections -------------------------------------------------------------------------------------------------


def test_an_exchange_goes_over_a_new_connection_and_leaves_nothing_open(
    started: list[Peer | Proxy], tls: tuple[ssl.SSLContext, str]
) -> None:
    context, bundle = tls
    peers: list[int] = []

    def talk(sock: socket.socket) -> None:
        while True:
            peers.append(sock.getpeername()[1])
            sock.sendall(OK)
            if not read_request(sock):
                return

    server = Peer(talk, context)
    started.append(server)
    transport, url = RequestsTransport("test", bundle), f"https://127.0.0.1:{server.port}/x"
    transport.exchange(Call("GET", url), 5)
    open_before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _number in range(20):
        transport.exchange(Call("GET", url), 5)
        transport.exchange(Call("POST", url, json={}), 5)
    assert len(set(peers)) == 41
    if open_before:
        time.sleep(0.2)  # the server's side closes in threads of its own
        assert len(os.listdir("/proc/self/fd")) <= open_before + 2


def test_an_exchange_in_a_tunnel_goes_through_a_new_tunnel(
    monkeypatch: pytest.MonkeyPatch, started: list[Peer | Proxy], tls: tuple[ssl.SSLContext, str]
) -> None:
    context, bundle = tls

    def talk(sock: socket.socket) -> None:
        sock.sendall(OK)
        while read_request(sock):
            sock.sendall(OK)

    server, proxy = Peer(talk, context), Proxy()
    started += [server, proxy]
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", proxy.url)
    transport, url = RequestsTransport("test", bundle), f"https://127.0.0.1:{server.port}/x"
    for _number in range(3):
        assert transport.exchange(Call("GET", url), 5).status == 200
        assert transport.exchange(Call("POST", url, json={}), 5).status == 200
    assert server.seen == 6, "connections"
