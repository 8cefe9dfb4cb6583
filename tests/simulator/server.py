# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process around the application: sockets, certificates, the ready line, and a clean end."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from simulator.app import create_app
from simulator.connections import CuttableProtocol
from simulator.world import World

_KEEP_ALIVE_SECONDS = 120
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Server(uvicorn.Server):
    """uvicorn, but it says when it is ready, stops by itself when told to, and ends with exit code 0."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], seconds: float | None, parent: bool) -> None:
        super().__init__(config)
        self._ready = ready
        self._seconds = seconds
        self._parent = os.getppid() if parent else None
        self._watch: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals only ask for a stop; uvicorn itself would raise them again afterwards."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once the event loop runs."""
        await super().startup(sockets)
        if self._seconds is not None:
            asyncio.get_running_loop().call_later(self._seconds, self._stop)
        if self._parent is not None:
            self._watch = asyncio.create_task(self._follow_parent())
        if self.started:
            self._ready()

    def _stop(self) -> None:
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True

    async def _follow_parent(self) -> None:
        while os.getppid() == self._parent:
            await asyncio.sleep(0.5)
        self._stop()


def serve(
    world: World,
    listener: socket.socket,
    *,
    certificate: Path | None,
    ready: Callable[[], None],
    max_seconds: float | None,
    follow_parent: bool,
) -> None:
    """Serve until a signal, the time limit, or (when asked to) the parent's end."""
    config = uvicorn.Config(
        create_app(world),
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
        ssl_certfile=certificate,
    )
    _Server(config, ready, max_seconds, follow_parent).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol must be named: asyncio sets TCP_NODELAY only where it is, and without it answers are held back 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
