# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cutting a connection without an answer, and saying more than one, which no ASGI server offers by itself.

The protocol class hands its transport to the application through the request's state.
"""

import asyncio
import socket
import struct
from typing import Any, cast

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _FastProtocol
except ImportError:
    _FastProtocol = H11Protocol  # type: ignore[assignment,misc]

_KEY = "simulator_transport"


class CuttableProtocol(_FastProtocol):
    """uvicorn's HTTP protocol (the fast one where it is installed) that lets the application see its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by asyncio for each new connection."""
        self.app_state = {**self.app_state, _KEY: transport}
        super().connection_made(transport)


def write(scope: Scope, data: bytes) -> None:
    """Say more over the request's connection than the one answer that HTTP allows."""
    cast(asyncio.Transport, cast(dict[str, Any], scope["state"])[_KEY]).write(data)


async def cut(scope: Scope, receive: Receive) -> None:
    """Reset the request's connection, so that the client sees it break, and wait until that has happened."""
    transport = cast(asyncio.Transport, cast(dict[str, Any], scope["state"])[_KEY])
    raw = transport.get_extra_info("socket")
    if raw is not None:
        # Without lingering the kernel sends RST rather than an orderly end.
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
