# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator without a socket: the engine's transport calls the application itself, in virtual time."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import (
    Answer,
    Call,
    NoAnswer,
)
from harness.figures import Figures
from harness.virtual_time import Killed, Pause, Stage, Time, VirtualPlatformClock
from simulator.app import create_app
from simulator.seeds import default_seed
from simulator.store import Store
from simulator.world import BASE_PATH, Credentials, World

HOST = "https://platform.example"
AUTHORITY = "https://login.example"
BASE = HOST + BASE_PATH
LARGEST_ANSWER = 1024 * 1024
"""Bytes; the real transport's bound is larger and just as strict."""

_KEPT_HEADERS = ("content-type", "location", "retry-after", "www-authenticate")
_HALF_WAY = 0.01
"""Seconds that a request is on its way, and its answer too: others can get in between."""


@dataclass(frozen=True)
class Sent:
    """A request that somebody has sent, and what came back."""

    at: float
    process: str
    method: str
    path: str
    tenant: str | None
    answer: Answer | None
    lost: bool
    """It may have been worked on, for all that its sender can know."""


class _Line:
    """Stands for the connection that uvicorn would have."""

    def __init__(self) -> None:
        self.cut = False

    def get_extra_info(self, name: str) -> None:
        return None

    def abort(self) -> None:
        self.cut = True

    def write(self, data: bytes) -> None:
        """Nothing: only the real transport can take it for an answer, see ``e2e/test_beyond_answers.py``."""


@dataclass
class Platform:
    """The simulator's world and application. Made once, used for many schedules, one after the other."""

    figures: Figures = field(default_factory=Figures)
    seed: Callable[[Store], None] = default_seed
    credentials: Credentials = field(default_factory=Credentials)

    def __post_init__(self) -> None:
        self.clock = VirtualPlatformClock()
        self.world = World(self.seed, clock=self.clock, credentials=self.credentials)
        self.app = create_app(self.world)

    def begin(self, time: Time, **switches: Any) -> None:
        """As new, in this time."""
        self.figures.schedule()
        self.clock.time = time
        self.world.reset(tokens=True)
        self.world.settings.change(switches)


@dataclass
class InProcess:
    """A transport: requests take no time, unless the platform lets them.

    :param inspect: called whenever the platform has worked on a request.
    """

    platform: Platform
    time: Time
    inspect: Callable[[], None] = lambda: None

    def exchange(self, call: Call, timeout: float) -> Answer:
        parts = urlsplit(call.url)
        known = HOST if parts.path.startswith(BASE_PATH) else AUTHORITY
        assert f"{parts.scheme}://{parts.netloc}" == known, f"a request, token and all, went to {call.url}"
        assert (call.bearer is not None) == (known == HOST), "the token belongs to the platform and to nobody else"
        return self._send(call, timeout, parts.path)

    def _send(self, call: Call, timeout: float, path: str) -> Answer:
        line = _Line()
        messages: list[dict[str, Any]] = []
        work = self.platform.app(_scope(call, path, line), _receiver(call, line), _sender(messages))
        deadline = self.time.elapsed + timeout
        pause = self._advance(work)
        entry = self.platform.world.log.entries[-1]
        while pause is not None:
            if self.time.elapsed + pause > deadline:
                self._leave_alone(work, pause)
                self.time.sleep(deadline - self.time.elapsed)
                raise NoAnswer("no answer within the request timeout", sent=True)
            try:
                self.time.sleep(pause)
            except Killed:
                self._leave_alone(work, 0.0)
                raise
            pause = self._advance(work)
        if line.cut:
            if "refused" in entry.fault:
                raise NoAnswer("no connection (Connection refused)", sent=False)
            raise NoAnswer("the connection was closed without an answer", sent=True)
        start, body, *_end = messages
        if len(body["body"]) > LARGEST_ANSWER:
            raise NoAnswer("the answer is larger than 1 MiB", sent=True, permanent=True)
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], {name: headers[name] for name in _KEPT_HEADERS if name in headers}, body["body"])

    def _advance(self, work: Coroutine[Pause, None, None]) -> float | None:
        """Let the application work; the seconds that it wants to pause, ``None`` at its end."""
        try:
            pause = work.send(None)
        except StopIteration:
            self.inspect()
            return None
        self.inspect()
        return pause.seconds

    def _leave_alone(self, work: Coroutine[Pause, None, None], pause: float) -> None:
        """The sender has gone; the platform goes on when its time has come."""

        def go_on(_due: float) -> None:
            further = self._advance(work)
            if further is not None:
                self._leave_alone(work, further)

        self.platform.world.agenda.at(self.time.elapsed + pause, go_on)


@dataclass
class OnStage(InProcess):
    """A transport between actors: requests are on their way for a moment, and all of them are noted."""

    time: Stage
    sent: list[Sent] = field(default_factory=list)

    def _send(self, call: Call, timeout: float, path: str) -> Answer:
        self.time.sleep(_HALF_WAY)
        at = self.time.elapsed
        answer: Answer | None = None
        lost = True
        try:
            answer = super()._send(call, timeout, path)
        except NoAnswer as error:
            lost = error.sent
            raise
        finally:
            process = self.time.current_process()
            tenant = call.json.get("msTenantId") if isinstance(call.json, dict) else None
            name = process.name if process else ""
            self.sent.append(Sent(at, name, call.method, path, tenant, answer, lost))
        self.time.sleep(_HALF_WAY)
        return answer


def _scope(call: Call, path: str, line: _Line) -> dict[str, Any]:
    headers = {"user-agent": "in-process", "host": urlsplit(call.url).netloc, **call.headers}
    if call.bearer:
        headers["authorization"] = f"Bearer {call.bearer}"
    headers["content-type"] = "application/json" if call.form is None else "application/x-www-form-urlencoded"
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": urlencode(call.params).encode(),
        "headers": [(name.lower().encode(), str(value).encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("platform.example", 443),
        "state": {"simulator_transport": line},
    }


def _receiver(call: Call, line: _Line) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
    body = urlencode(call.form).encode() if call.form is not None else b""
    if call.json is not None:
        body = json.dumps(call.json).encode()
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return pending.pop() if pending else {"type": "http.disconnect"}

    return receive


def _sender(messages: list[dict[str, Any]]) -> Callable[[dict[str, Any]], Coroutine[Any, Any, None]]:
    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    return send
