# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way into the application: log, faults, latency and bearer check, in this order, around every API request."""

import sys
import traceback
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.answers import problem
from simulator.connections import cut, write
from simulator.faults import Answer, ConnectionCut, Heard
from simulator.request_log import Entry
from simulator.world import BASE_PATH, World

CONTROL = "/_simulator"
DEVICES_ROUTE = BASE_PATH + "/-/sbcdevices"
"""Where the handler really is; the path that clients see is a switch."""


class Gate:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = scope["path"]
        world = self._world
        scope["path"] = self._route(path)
        if path.startswith(CONTROL):
            world.agenda.settle()
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        body = await _whole_body(receive)
        judged = world.tokens.judge(headers.get("authorization"))
        query = scope["query_string"].decode("latin-1")
        entry = world.log.add(scope["method"], path, query=query, headers=headers, body=body, authorization=judged)
        try:
            answer = await self._answer(scope, body, entry)
        except ConnectionCut:
            entry.finish(None)
            await cut(scope, receive)
            return
        entry.finish(answer.status)
        if answer.first:
            write(scope, answer.first)
        await send({"type": "http.response.start", "status": answer.status, "headers": _with_length(answer)})
        await send({"type": "http.response.body", "body": answer.body, "more_body": bool(answer.behind)})
        if answer.behind:
            write(scope, answer.behind)
            await send({"type": "http.response.body", "body": b""})

    def _route(self, path: str) -> str:
        """Both spellings of a path, with and without a slash at the end, lead to the same place."""
        path = path.rstrip("/") or "/"
        devices = self._world.settings.devices_path.strip("/")
        if devices and path == f"{BASE_PATH}/{devices}":
            return DEVICES_ROUTE
        return "/" if path == DEVICES_ROUTE else path

    async def _answer(self, scope: Scope, body: bytes, entry: Entry) -> Answer:
        world = self._world
        rules = world.faults.due(entry.method, entry.path)
        entry.fault = [rule.kind for rule in rules]
        answer: Answer | None = None
        for rule in rules:
            answer = answer or await rule.fault.before(Heard(entry.method, entry.path, _headers(scope), body))
        if rules:  # one of them may have revoked the token
            entry.authorization = world.tokens.judge(_headers(scope).get("authorization"))
        if world.settings.latency > 0:
            await world.clock.sleep(world.settings.latency)
        if answer is None:
            answer = await self._work(scope, body, entry)
            entry.worked = answer.status
        for rule in rules:
            answer = await rule.fault.after(answer)
        return answer

    async def _work(self, scope: Scope, body: bytes, entry: Entry) -> Answer:
        world = self._world
        if entry.path.startswith(BASE_PATH + "/"):
            if entry.authorization != "bearer valid":
                return _plain(_unauthorised(entry.authorization))
            limited = world.rate_limit.refusal(world.settings.requests_per_minute, world.settings)
            if limited is not None:
                return _plain(limited)
        if not world.replicas.begun:
            world.changed()
        world.agenda.settle()
        with world.replicas.reading(world.store, world.settings, entry.method, entry.path):
            answer = await self._call(scope, body)
        if entry.method != "GET":
            world.changed()
        return answer

    async def _call(self, scope: Scope, body: bytes) -> Answer:
        answer = Answer(500)
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return pending.pop() if pending else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            else:
                answer.body += message.get("body", b"")

        try:
            await self._app(scope, receive, send)
        except Exception:  # a defect of the simulator: say so, and answer as the platform would
            traceback.print_exc(file=sys.stderr)
            return _plain(problem(500))
        return answer


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _unauthorised(judged: str) -> Response:
    challenge = "Bearer"
    if judged != "none":
        challenge = 'Bearer error="invalid_token", error_description="The token is not known or has expired"'
    return Response(status_code=401, headers={"www-authenticate": challenge})


def _plain(response: Response) -> Answer:
    return Answer(response.status_code, list(response.raw_headers), bytes(response.body))


def _with_length(answer: Answer) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in answer.headers if name != b"content-length"]
    return [*kept, (b"content-length", str(len(answer.body)).encode())]


async def _whole_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message: dict[str, Any] = dict(await receive())
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
