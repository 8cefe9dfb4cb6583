# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One exchange over real sockets on this machine: what the server can have seen, and what is never done."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import trustme

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import answer_body
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import transport as transport_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import (
    Answer,
    Call,
    NoAnswer,
    RequestsTransport,
)

Handler = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"


class Server:
    """Hands every connection to the handler, after the request's head was read; keeps what it read."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self.requests: list[bytes] = []
        self.port = self._socket.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        try:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            while head := self._read(connection):
                self.requests.append(head)
                self._handler(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def _read(self, connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65536)
            if not part:
                return b""
            head += part
        return head

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(handler: Handler | bytes, context: ssl.SSLContext | None = None) -> Server:
        answer = handler
        servers.append(Server((lambda sock: sock.sendall(answer)) if isinstance(answer, bytes) else handler, context))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


Serve = Callable[..., Server]


def _reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def _fails(url: str, timeout: float = 5.0, verify: bool | str = True, **more: object) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        RequestsTransport("test", verify).exchange(Call("GET", url, **more), timeout)  # type: ignore[arg-type]
    return caught.value


def test_an_answer_is_given_back_with_the_few_headers_that_matter(serve: Serve) -> None:
    server = serve(
        b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nSet-Cookie: session=secret\r\nContent-Length: 4\r\n\r\nbusy"
    )
    answer = RequestsTransport("test/1", True).exchange(
        Call("GET", server.url + "/x", params={"a": "b c"}, headers={"X-Ovoc-Channel-Id": "7"}, bearer="the-token"), 5
    )
    assert (answer.status, answer.text(), answer.headers) == (429, "busy", {"retry-after": "7"})
    (head,) = server.requests
    assert head.startswith(b"GET /x?a=b+c HTTP/1.1\r\n")
    for line in (b"Authorization: Bearer the-token", b"User-Agent: test/1", b"X-Ovoc-Channel-Id: 7"):
        assert line in head


def test_a_body_is_json_and_a_form_is_a_form(serve: Serve) -> None:
    server = serve(OK)
    transport = RequestsTransport("test", True)
    transport.exchange(Call("POST", server.url, json={"a": 1}), 5)
    transport.exchange(Call("POST", server.url, form={"client_secret": "a&b"}), 5)
    assert b"application/json" in server.requests[0]
    assert b"application/x-www-form-urlencoded" in server.requests[1]
    assert b"Authorization" not in server.requests[1]


def test_a_refused_connection_has_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = _fails(f"http://127.0.0.1:{port}/")
    assert (error.sent, error.permanent) == (False, False)
    assert error.reason == f"no connection to 127.0.0.1:{port} (Connection refused)"


@pytest.mark.parametrize("break_off", [_reset, lambda sock: sock.close()], ids=["reset", "closed"])
def test_a_connection_that_breaks_after_the_request_may_have_done_the_work(serve: Serve, break_off: Handler) -> None:
    error = _fails(serve(break_off).url)
    assert (error.sent, error.permanent) == (True, False)


def test_no_answer_in_time_may_have_done_the_work(serve: Serve) -> None:
    error = _fails(serve(lambda sock: time.sleep(1)).url, timeout=0.1)
    assert (error.sent, error.permanent) == (True, False)
    assert "timeout" in error.reason


def test_no_connection_in_time_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: object, **more: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", slow)
    error = _fails("http://127.0.0.1:9/", timeout=0.1)
    assert (error.sent, error.permanent) == (False, False)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1",
        b"no HTTP at all\r\n\r\n",
    ],
)
def test_an_answer_that_is_cut_may_have_done_the_work(serve: Serve, answer: bytes) -> None:
    def cut(sock: socket.socket) -> None:
        sock.sendall(answer)
        sock.close()

    with pytest.raises((NoAnswer, ValueError)) as caught:
        RequestsTransport("test", True).exchange(Call("GET", serve(cut).url), 5).json()
    if isinstance(caught.value, NoAnswer):  # urllib3 1 does not compare the length, so that the JSON is found cut
        assert (caught.value.sent, caught.value.permanent) == (True, False)


def test_an_answer_without_end_is_not_read_to_the_end(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_body, "LARGEST_ANSWER", 2 * 2**20)
    sent = 0

    def flood(sock: socket.socket) -> None:
        nonlocal sent
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while True:
            sent += sock.send(b" " * 2**20)

    error = _fails(serve(flood).url)
    assert (error.sent, error.permanent) == (True, True)
    assert "larger than 2 MiB" in error.reason
    assert sent < 50 * 2**20


def _drip(head: bytes, piece: bytes, count: int = 60) -> Handler:
    def drip(sock: socket.socket) -> None:
        sock.sendall(head)
        for _number in range(count):
            sock.sendall(piece)
            time.sleep(0.05)
        sock.close()

    return drip


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    ],
    ids=["chunked", "with length", "until closed"],
)
def test_an_answer_that_drips_is_cut_off(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, head: bytes, piece: bytes
) -> None:
    monkeypatch.setattr(transport_module, "SLOWEST_ANSWER", 1)
    began = time.monotonic()
    error = _fails(serve(_drip(head, piece)).url, timeout=0.3)
    assert (error.sent, error.reason) == (True, "the answer came too slowly")
    assert time.monotonic() - began < 1.5


def test_a_redirect_is_given_back_and_not_followed(serve: Serve) -> None:
    target = serve(OK)
    server = serve(f"HTTP/1.1 302 Found\r\nLocation: {target.url}/\r\nContent-Length: 0\r\n\r\n".encode())
    answer = RequestsTransport("test", True).exchange(Call("GET", server.url, bearer="the-token"), 5)
    assert answer.status == 302
    assert target.requests == []


def test_an_entry_in_netrc_does_not_replace_the_token(serve: Serve, own_home: Path) -> None:
    netrc = own_home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    server = serve(OK)
    transport = RequestsTransport("test", True)
    transport.exchange(Call("GET", server.url, bearer="the-token"), 5)
    transport.exchange(Call("POST", server.url, form={"a": "b"}), 5)
    assert b"Authorization: Bearer the-token" in server.requests[0]
    assert b"Authorization" not in server.requests[1]


def test_each_exchange_has_a_connection_of_its_own(serve: Serve) -> None:
    """Also where the server would keep it: an answer too many would be taken for the answer to the next request."""
    peers: list[int] = []

    def answer(sock: socket.socket) -> None:
        peers.append(sock.getpeername()[1])
        sock.sendall(OK)
        time.sleep(0.05)
        sock.sendall(OK.replace(b"[]", b"{}"))

    server = serve(answer)
    transport = RequestsTransport("test", True)
    for _number in range(3):
        assert transport.exchange(Call("GET", server.url), 5).json() == []
    assert len(set(peers)) == 3
    assert all(b"\r\nConnection: close\r\n" in head for head in server.requests)


@pytest.mark.parametrize("interim", [[100], [102], [103], [199], [100, 102, 103] * 10])
def test_interim_answers_are_skipped(serve: Serve, interim: list[int]) -> None:
    begun = b"".join(b"HTTP/1.1 %d Interim\r\nLink: </x>; rel=preload\r\n\r\n" % status for status in interim)

    def answer(sock: socket.socket) -> None:
        sock.sendall(begun)
        time.sleep(0.02)
        sock.sendall(OK)

    server = serve(answer)
    assert RequestsTransport("test", True).exchange(Call("POST", server.url, json={}), 5).status == 200


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "the server changes to another protocol"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 200 + OK, "more than 100 interim answers, and no answer"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 200 + OK, "more than 100 interim answers, and no answer"),
    ],
)
def test_a_server_that_gives_no_answer_may_have_done_the_work(serve: Serve, answer: bytes, reason: str) -> None:
    error = _fails(serve(answer).url)
    assert (error.sent, error.permanent, error.reason) == (True, False, reason)


def test_no_cookie_is_kept_or_sent_back(serve: Serve) -> None:
    server = serve(OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: session=abc; Path=/; Max-Age=99999\r\n\r\n"))
    transport = RequestsTransport("test", True)
    for call in (Call("POST", server.url, form={"a": "b"}), Call("GET", server.url), Call("GET", server.url)):
        assert transport.exchange(call, 5).status == 200
    assert len(server.requests) == 3
    assert not any(b"cookie" in head.lower() for head in server.requests)


# -- what an answer may hold -------------------------------------------------------------------------------------


def _head(length: int, coding: str, status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Encoding: {coding}\r\nContent-Length: {length}\r\n\r\n".encode()


def _packed(content: bytes, coding: str = "gzip", status: int = 200) -> bytes:
    packed = gzip.compress(content)
    return _head(len(packed), coding, status) + packed


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_answer_is_unpacked(serve: Serve, coding: str) -> None:
    content = json.dumps([{"number": number} for number in range(50_000)]).encode()
    server = serve(_packed(content, coding))
    assert RequestsTransport("test", True).exchange(Call("GET", server.url), 5).body == content
    assert b"\r\nAccept-Encoding: gzip\r\n" in server.requests[0]


FEW_BYTES = {
    "blanks": (_packed(b" " * 50_000_000), "unpacks to more than 200 times its size"),
    "packed twice": (_packed(gzip.compress(b" " * 50_000_000), "gzip, gzip"), "packed in a way"),
    "another coding": (_packed(b"[]", "br"), "packed in a way"),
    "records": (OK.split(b"Content-Length")[0] + b"\r\n[" + b"{}," * 1_000_001 + b"{}]", "more than 1000000 records"),
    "numbers": (OK.split(b"Content-Length")[0] + b"\r\n[" + b"1," * 8_000_001 + b"1]", "8000000 values"),
}


@pytest.mark.parametrize("what", FEW_BYTES)
def test_few_bytes_cannot_cost_much_memory(serve: Serve, what: str) -> None:
    answer, reason = FEW_BYTES[what]

    def send(sock: socket.socket) -> None:
        sock.sendall(answer)
        sock.close()

    server = serve(send)
    tracemalloc.start()
    try:
        error = _fails(server.url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (error.sent, error.permanent) == (True, True)
    assert reason in error.reason
    assert peak < 3 * len(answer) + 16 * 2**20


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br"])
def test_of_a_packed_error_the_status_counts(serve: Serve, coding: str) -> None:
    server = serve(_packed(gzip.compress(b" " * 50_000_000) if "," in coding else b" " * 50_000_000, coding, 409))
    answer = RequestsTransport("test", True).exchange(Call("POST", server.url, json={}), 5)
    assert answer.status == 409
    assert len(answer.body) <= answer_body.LARGEST_REFUSAL


@pytest.mark.parametrize(
    ("written", "content"),
    [
        (rb'"a\ud800"', "a\ufffd"),
        (rb'"\uDC00b"', "\ufffdb"),
        (rb'"\ud83d\ude00"', "\U0001f600"),
        (rb'"\ud83d\ud83d\ude00\ude00"', "\ufffd\U0001f600\ufffd"),
        (rb'"\\ud800"', "\\ud800"),
        (rb'"\\\ud800"', "\\\ufffd"),
        (rb'{"\ud800": ["\udfff"]}', {"\ufffd": ["\ufffd"]}),
    ],
)
def test_half_a_character_is_replaced_wherever_it_stands(written: bytes, content: object) -> None:
    assert Answer(200, {}, written).json() == content


@pytest.mark.parametrize("body", [b"", b"[1", b"\xed\xa0\x80", b'"\xed\xa0\x80"', b"[" * 100_000, rb'"\ud8'])
def test_what_is_no_json_is_one_kind_of_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Answer(200, {}, body).json()


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_packed_answer_that_is_cut_may_have_done_the_work(serve: Serve, cut: float) -> None:
    packed = gzip.compress(json.dumps(list(range(1000))).encode())
    part = packed[: int(cut * len(packed))]
    error = _fails(serve(_head(len(part), "gzip") + part).url)
    assert (error.sent, error.permanent, error.reason) == (True, False, "the answer broke off")


# -- TLS ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def context(authority: trustme.CA) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(made)
    return made


def test_a_certificate_that_is_not_trusted_has_sent_nothing_and_cannot_get_better(
    serve: Serve, context: ssl.SSLContext
) -> None:
    server = serve(OK, context)
    error = _fails(server.url, bearer="the-token")
    assert (error.sent, error.permanent) == (False, True)
    place = server.url.split("/")[2]
    assert error.reason == f"TLS with {place}: unable to get local issuer certificate"
    assert error.advice == f"name the CA certificates that {place} is to be checked with in ca_path"
    assert server.requests == []


def test_an_authority_that_the_user_names_is_trusted(
    serve: Serve, context: ssl.SSLContext, authority: trustme.CA, tmp_path: Path
) -> None:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    answer = RequestsTransport("test", str(bundle)).exchange(Call("GET", serve(OK, context).url), 5)
    assert answer.json() == []


def test_verification_can_be_switched_off(serve: Serve, context: ssl.SSLContext) -> None:
    assert RequestsTransport("test", False).exchange(Call("GET", serve(OK, context).url), 5).status == 200


def test_a_missing_bundle_is_named(serve: Serve, context: ssl.SSLContext, tmp_path: Path) -> None:
    error = _fails(serve(OK, context).url, verify=str(tmp_path / "missing.pem"))
    assert (error.sent, error.permanent) == (False, True)
    assert "missing.pem" in error.reason


def test_the_bundle_of_the_environment_is_trusted_when_no_other_is_named(
    serve: Serve, context: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, other = tmp_path / "ca.pem", tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(bundle))
    authority.issue_cert("127.0.0.1").configure_cert(context)
    url = serve(OK, context).url
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        with monkeypatch.context() as environment:
            environment.setenv(variable, str(bundle))
            assert RequestsTransport("test", True).exchange(Call("GET", url), 5).json() == []
            assert _fails(url, verify=str(other)).permanent


def test_tls_that_breaks_after_the_request_may_have_done_the_work(serve: Serve, context: ssl.SSLContext) -> None:
    def spoil(sock: socket.socket) -> None:
        assert isinstance(sock, ssl.SSLSocket)
        with socket.socket(fileno=sock.detach()) as plain:
            plain.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")

    error = _fails(serve(spoil, context).url, verify=False)
    assert error.sent


@pytest.mark.parametrize("url", ["http://", "nonsense://x/", "http://127.0.0.1:99999/"])
def test_an_impossible_url_cannot_get_better(url: str) -> None:
    error = _fails(url)
    assert (error.sent, error.permanent) == (False, True)


def test_the_environment_is_asked_for_proxies_once_for_each_host(monkeypatch: pytest.MonkeyPatch, serve: Serve) -> None:
    asked: list[str] = []

    def find(url: str) -> dict[str, str]:
        asked.append(url)
        return {}

    monkeypatch.setattr(requests.utils, "get_environ_proxies", find)
    server, other = serve(OK), serve(OK)
    transport = RequestsTransport("test", True)
    for url in (server.url, other.url, server.url, other.url):
        transport.exchange(Call("GET", url), 5)
    assert asked == [server.url, other.url]


def test_a_proxy_that_is_not_there_has_sent_nothing(monkeypatch: pytest.MonkeyPatch, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("no_proxy", "")
    error = _fails("http://platform.invalid/")
    assert (error.sent, error.permanent) == (False, False)
    assert "proxy" in error.reason
