# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small forward proxy on this machine, with a name and a password: it passes requests on and opens tunnels."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

USER, PASSWORD = "night-shift", "planted-Proxy~Rt4.w9"
_ALLOWED = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
_PATIENCE = 30.0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def _forward(self) -> None:
        self.server.seen.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not self._may_pass():
            return
        breaks = (
            self.command == "POST" and self.path.endswith(self.server.breaks_at) if self.server.breaks_at else False
        )
        parts = urlsplit(self.path)
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        onward = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_PATIENCE)
        onward.request(self.command, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
        answer = onward.getresponse()
        content = answer.read()
        if breaks:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        onward.close()

    do_GET = do_POST = do_DELETE = _forward

    def do_CONNECT(self) -> None:
        self.server.seen.append(f"CONNECT {self.path}")
        if not self._may_pass():
            return
        host, _colon, port = self.path.partition(":")
        with socket.create_connection((host, int(port)), timeout=_PATIENCE) as onward:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pump, args=(onward, self.connection), daemon=True)
            back.start()
            _pump(self.connection, onward)
            back.join(_PATIENCE)
        self.close_connection = True

    def _may_pass(self) -> bool:
        if self.headers.get("proxy-authorization") == _ALLOWED:
            return True
        self.send_response(407)
        self.send_header("content-length", "0")
        self.end_headers()
        return False

    def log_message(self, *_words: object) -> None:
        return None


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return


class Proxy(ThreadingHTTPServer):
    """The proxy; ``seen`` holds what it was asked for.

    :param breaks_at: the end of a path: the answer to a POST there is lost on its way back.
    """

    daemon_threads = True

    def __init__(self, breaks_at: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.breaks_at = breaks_at
        self.seen: list[str] = []

    def url(self, password: str = PASSWORD) -> str:
        """As the environment names it."""
        return f"http://{USER}:{password}@127.0.0.1:{self.server_port}"


@contextmanager
def serving(breaks_at: str = "") -> Iterator[Proxy]:
    """A proxy at work."""
    with Proxy(breaks_at) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
