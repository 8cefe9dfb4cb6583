# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happens on the socket of an exchange: whether a byte of the request has left, and an end in time.

The classes of errors that ``requests`` and ``urllib3`` raise do not tell whether a request went out: behind a proxy,
for example, both the refused connection and the lost answer are a ``ProxyError``. So the connections themselves take
note. They are subclasses that work with urllib3 1.26 and 2.
"""

from __future__ import annotations

import http.client
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

MOST_INTERIM_ANSWERS = 100


@dataclass(eq=False)
class Exchange:
    """One request on its way.

    :param deadline: on the monotonic clock, seconds; the socket is shut down then.
    :ivar sent: a byte of the request was handed to a socket that leads to the server, or to a proxy that passes the
        request on. What opens a connection (TLS handshake, CONNECT to a proxy) does not count.
    :ivar expired: the deadline has passed and the socket was shut down.
    """

    deadline: float
    sent: bool = False
    expired: bool = False
    handle: socket.socket | None = None
    owns_handle: bool = False

    def use(self, handle: socket.socket | None) -> None:
        """From now on the exchange uses this socket."""
        if handle is not self.handle:
            self.let_go()
        self.handle = handle
        if self.expired:
            self.end()

    def let_go(self) -> None:
        """Close the handle, if its connection has left it to the exchange."""
        if self.owns_handle and self.handle is not None:
            self.handle.close()
        self.owns_handle = False

    def end(self) -> None:
        """Shut the socket down: the thread that reads from it returns."""
        self.expired = True
        handle = self.handle
        if handle is not None:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


_current = threading.local()


def current_exchange() -> Exchange | None:
    """The exchange of this thread."""
    return getattr(_current, "exchange", None)


_LONGEST_SLEEP = 1.0
"""Seconds; the thread does not outlive the last exchange for longer."""


class Watchdog:
    """Ends exchanges whose deadline has passed, also while a status line or a header drips. Safe to use from threads.

    One thread for all exchanges. It begins with the first one, sleeps to the earliest deadline that it knows of, and
    ends when it wakes and finds nothing to watch. So an exchange in good time costs two changes of a dictionary.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[int, Exchange] = {}
        self._next = float("inf")
        self._runs = False

    def begin(self, exchange: Exchange) -> None:
        """Watch the exchange of this thread."""
        _current.exchange = exchange
        with self._changed:
            self._watched[id(exchange)] = exchange
            if not self._runs:
                threading.Thread(target=self._run, name="answers-in-time", daemon=True).start()
                self._runs = True
            if exchange.deadline < self._next:
                self._next = exchange.deadline
                self._changed.notify()

    def done(self, exchange: Exchange) -> None:
        """The exchange is over."""
        _current.exchange = None
        with self._changed:
            self._watched.pop(id(exchange), None)
        exchange.let_go()

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for exchange in [each for each in self._watched.values() if each.deadline <= now]:
                    del self._watched[id(exchange)]
                    exchange.end()
                self._next = min((each.deadline for each in self._watched.values()), default=float("inf"))
                if not self._watched:
                    self._runs = False
                    return
                self._changed.wait(min(self._next - now, _LONGEST_SLEEP))


_watchdogs: list[Watchdog] = []


def watchdog() -> Watchdog:
    """Return the watchdog of this process: a loop of tasks in one process needs one thread, not one for each item."""
    if not _watchdogs:
        _watchdogs.append(Watchdog())
    return _watchdogs[0]


os.register_at_fork(after_in_child=_watchdogs.clear)  # a forked process has none of the threads


def note_on_connections(manager: Any) -> None:
    """Let all connections that a pool manager of urllib3 makes from now on take note of what they send."""
    manager.pool_classes_by_scheme = {
        scheme: _noting_pool(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }


_pools: dict[type, type] = {}


def _noting_pool(pool: type) -> type:
    if issubclass(pool, _NotingPool):
        return pool
    if pool not in _pools:
        connection = type("Noting" + pool.ConnectionCls.__name__, (_NotingConnection, pool.ConnectionCls), {})  # type: ignore[attr-defined]
        _pools[pool] = type("Noting" + pool.__name__, (_NotingPool, pool), {"ConnectionCls": connection})
    return _pools[pool]


class _NotingPool:
    """A connection pool of urllib3 that keeps no connection: each exchange has one of its own.

    Nothing in HTTP/1.1 tells to which request an answer belongs but its place in the connection. So an answer too many
    would be taken for the answer to the next request, and each answer from then on.
    """

    def _put_conn(self, connection: Any) -> None:
        if connection is not None:
            connection.close()
        super()._put_conn(None)  # type: ignore[misc]


class UnaskedAnswer(http.client.HTTPException):
    """The server talks, and gives no answer."""


class _Response(http.client.HTTPResponse):
    """An answer after those that come before it (102, 103 …), of which ``http.client`` skips 100 alone."""

    def _read_status(self) -> tuple[str, int, str]:
        for _number in range(MOST_INTERIM_ANSWERS + 1):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if status == http.client.SWITCHING_PROTOCOLS:
                raise UnaskedAnswer("the server changes to another protocol")
            if status >= 200:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise UnaskedAnswer(f"more than {MOST_INTERIM_ANSWERS} interim answers, and no answer")


class _NotingConnection:
    """A connection of urllib3 that tells the exchange of its thread which socket it uses and when it begins to send."""

    response_class = _Response
    sock: Any
    _opening = False
    _handle: socket.socket | None = None

    def _new_conn(self) -> Any:
        opened = super()._new_conn()  # type: ignore[misc]
        # TLS takes the socket over and cannot be reached before its handshake has ended; a second handle can.
        self._forget_handle()
        with suppress(OSError):
            self._handle = socket.socket(fileno=os.dup(opened.fileno()))
        exchange = current_exchange()
        if exchange is not None:
            exchange.use(self._handle)
        return opened

    def connect(self) -> None:
        self._opening = True
        try:
            super().connect()  # type: ignore[misc]
        finally:
            self._opening = False

    def send(self, data: Any) -> None:
        if not self._opening:
            if self.sock is None:
                self.connect()
            exchange = current_exchange()
            if exchange is not None:
                exchange.use(self._handle)
                exchange.sent = True
        super().send(data)  # type: ignore[misc]

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        self._forget_handle()

    def _forget_handle(self) -> None:
        handle, self._handle = self._handle, None
        exchange = current_exchange()
        if exchange is not None and handle is exchange.handle:
            exchange.owns_handle = True  # the body of an answer is read after its connection was closed
        elif handle is not None:
            handle.close()
