# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the application together."""

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from simulator import control
from simulator.answers import Refusal, problem
from simulator.api import (
    create_service,
    leads,
    login,
    lookups,
    number_jobs,
    numbers,
    ovoc,
    services,
    sip_connections,
    tasks,
)
from simulator.gate import CONTROL, Gate
from simulator.world import BASE_PATH, World


def create_app(world: World) -> Gate:
    """The ASGI application of one world."""
    app = FastAPI(title="Live Platform simulator", redirect_slashes=False, openapi_url=None)
    control.routes.bind(app, world, CONTROL)
    # In the order of how often they are asked for: routes are tried one after the other.
    for part in (tasks, create_service, services, leads, lookups, sip_connections, ovoc, numbers, number_jobs):
        part.routes.bind(app, world, BASE_PATH)
    login.routes.bind(app, world)

    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> Response:
        return refusal.response

    @app.exception_handler(HTTPException)
    async def unknown(_request: Request, error: HTTPException) -> Response:
        response = problem(error.status_code)
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        return response

    return Gate(app, world)
