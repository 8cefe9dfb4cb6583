# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests as module-level functions that are given the world: collected by decorators, bound when the app is made."""

import functools
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.responses import Response

from simulator.world import World

Handler = Callable[..., Awaitable[Response]]
"""``async def handler(world, <path parameters>, request)``; path parameters and request only where they are used."""


class Routes:
    """The requests of one file."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._collected: list[tuple[str, str, Handler]] = []

    def add(self, method: str, path: str) -> Callable[[Handler], Handler]:
        """Decorator for a handler. Paths are written without a slash at the end; both forms are served."""

        def note(handler: Handler) -> Handler:
            self._collected.append((method, path, handler))
            return handler

        return note

    @property
    def index(self) -> list[str]:
        """Verb, path and first line of the description of every request."""
        return [
            f"{method:<6} {path:<16} {(handler.__doc__ or '').splitlines()[0]}".rstrip()
            for method, path, handler in self._collected
            if path
        ]

    def bind(self, app: FastAPI, world: World, prefix: str = "") -> None:
        """Let the application serve them for this world; its own routes are found faster than a router's."""
        for method, path, handler in self._collected:
            serve = functools.partial(handler, world)
            app.add_api_route(prefix + path, serve, methods=[method], name=handler.__name__, tags=[self._title])
