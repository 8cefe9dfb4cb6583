# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine talks to in these tests: a clock that never sleeps, and a scripted server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.client import HttpClient
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.retry import RetryBudget
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import (
    Answer,
    Call,
    NoAnswer,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.work_queue import Result, Steps
from harness.virtual_time import EPOCH, Killed

BASE = "https://platform.example/tenantui"
AUTHORITY = "https://login.example"
DIRECTORY = "3a1f5dc2-1111-4222-8333-444455556666"
CLIENT_SECRET = "planted-client-secret"
TOKEN = "planted-token"
TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
GUID = "0b0c6a10-aaaa-4bbb-8ccc-000000000001"

OPTIONS: dict[str, Any] = {
    "base_url": BASE,
    "auth_url": AUTHORITY,
    "auth_tenant_id": DIRECTORY,
    "client_id": "client",
    "client_secret": CLIENT_SECRET,
    "auth_scope": "api://platform/.default",
    "token_cache": "false",
}


class FakeClock(Clock):
    """Time that passes only when somebody sleeps, and by a microsecond whenever somebody looks.

    :ivar elapsed: seconds that have passed, whatever the machine did.
    :ivar sleeps: all pauses, in order.
    :ivar kill_at: of those seconds: the process dies in the pause that reaches it.
    :ivar set_by: seconds by which somebody has set the machine's clock.
    """

    def __init__(self, boot: str = "boot-1") -> None:
        self._boot = boot
        self.set_by = 0.0
        self.elapsed = 0.0
        self._lock = threading.Lock()
        self._started = 0.0
        self.sleeps: list[float] = []
        self.kill_at: float | None = None

    def now(self) -> float:
        with self._lock:
            self.elapsed += 1e-6
            return self.elapsed - self._started

    def wall(self) -> float:
        return EPOCH + self.elapsed + self.set_by

    def boot(self) -> str:
        return self._boot

    def start_anew(self, uptime: float, boot: str = "boot-2") -> None:
        """The machine is started again (or this is another one), and has been up for so long."""
        self._started = self.elapsed - uptime
        self._boot = boot

    def sleep(self, seconds: float) -> None:
        time.sleep(0)  # lets other threads go on
        with self._lock:
            self.sleeps.append(seconds)
            self.elapsed += max(0.0, seconds)
            if self.kill_at is not None and self.elapsed >= self.kill_at:
                self.kill_at = None
                raise Killed

    def http_date(self, seconds: float) -> str:
        """The time that many seconds from now, as a header says it."""
        return formatdate(self.wall() + seconds, usegmt=True)


class InlineWorkers:
    """Does each piece of work at once, in the caller's thread: every run has one history, whatever its size.

    :param size: of the workers that it stands for.
    """

    def __init__(self, size: int, clock: FakeClock) -> None:
        self.size = max(1, size)
        self._clock = clock
        self._ended = False

    def begin(self, work: Callable[[], None]) -> None:
        work()
        self._ended = True

    def wait(self, seconds: float | None) -> None:
        if not self._ended:
            assert seconds is not None, "nothing is under way and nothing is due"
            self._clock.sleep(seconds)
        self._ended = False

    def nudge(self) -> None:
        self._ended = True

    def leave(self) -> None:
        return None


def carry_through(flow: Steps[Result], clock: Clock) -> Result:
    """The result of a flow that is alone."""
    while True:
        try:
            clock.sleep(next(flow))
        except StopIteration as end:
            result: Result = end.value
            return result


def said(content: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer; header names with underscores for dashes."""
    return raw(json.dumps(content).encode(), status, **headers)


def raw(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Any answer."""
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def lost(reason: str = "the connection was closed without an answer") -> NoAnswer:
    """The request may have reached the server."""
    return NoAnswer(reason, sent=True)


def refused() -> NoAnswer:
    """Nothing has reached the server."""
    return NoAnswer("no connection (Connection refused)", sent=False)


@dataclass(frozen=True)
class Step:
    """One request that is expected, and what comes of it. ``query`` and ``body`` are compared when they are given."""

    method: str
    path: str
    result: Answer | BaseException
    query: Mapping[str, Any] | None = None
    body: Any = None
    bearer: str | None = None

    def mismatch(self, call: Call) -> str | None:
        wanted: list[tuple[str, Any, Any]] = [
            ("method", self.method, call.method),
            ("path", self.path, path_of(call)),
            ("query", self.query, dict(call.params)),
            ("body", self.body, call.json),
            ("token", self.bearer, call.bearer),
        ]
        for what, expected, got in wanted:
            if expected is not None and expected != got:
                return f"{what}: expected {expected!r}, got {got!r}"
        return None


def get(path: str, result: Any, query: Mapping[str, Any] | None = None, **more: Any) -> Step:
    """A GET; content that is no answer yet becomes a JSON answer."""
    return Step("GET", path, _result(result), query, **more)


def post(path: str, result: Any, **more: Any) -> Step:
    return Step("POST", path, _result(result), **more)


def delete(path: str, result: Any, **more: Any) -> Step:
    return Step("DELETE", path, _result(result), **more)


def login(token: str = TOKEN, expires_in: Any = 3599) -> Step:
    """A login that succeeds."""
    content: dict[str, Any] = {"token_type": "Bearer", "access_token": token}
    if expires_in is not None:
        content["expires_in"] = expires_in
    return login_answer(content)


def login_answer(result: Any) -> Step:
    return Step("POST", f"/{DIRECTORY}/oauth2/v2.0/token", _result(result))


def _result(result: Any) -> Answer | BaseException:
    return result if isinstance(result, (Answer, BaseException)) else said(result)


def path_of(call: Call) -> str:
    """The path below the base URL or the authority."""
    return call.url.removeprefix(BASE).removeprefix(AUTHORITY)


class Conversation:
    """A transport that knows what will be asked, in which order. Anything else fails the test."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)
        self._lock = threading.Lock()
        self.calls: list[Call] = []
        self.unexpected: list[str] = []

    def exchange(self, call: Call, timeout: float) -> Answer:
        with self._lock:
            self.calls.append(call)
            step = self._steps.pop(0) if self._steps else None
        wrong = step.mismatch(call) if step else "nothing more was expected"
        if step is None or wrong:
            self.unexpected.append(
                f"unexpected request number {len(self.calls)}: {call.method} {path_of(call)}: {wrong}"
            )
            raise AssertionError(self.unexpected[-1])
        if isinstance(step.result, BaseException):
            raise step.result
        return step.result

    def finish(self) -> None:
        """Everything that was expected has happened, and nothing else."""
        assert not self.unexpected, self.unexpected[0]
        assert not self._steps, f"never asked: {[f'{step.method} {step.path}' for step in self._steps]}"


def connection(**options: Any) -> Connection:
    """Connection options that are complete; the token cache is off."""
    return Connection.from_options({**OPTIONS, **options})


def client_of(
    transport: Any,
    clock: Clock | None = None,
    secrets: Secrets | None = None,
    budget: RetryBudget | None = None,
    *,
    per_minute: int | None = None,
    limited: Callable[[float], None] = lambda seconds: None,
    whole_texts: bool = False,
    read_only: bool = False,
    **options: Any,
) -> HttpClient:
    """A client whose jitter is always the longest pause."""
    return HttpClient(
        connection(**options),
        secrets or Secrets(),
        transport=transport,
        clock=clock or FakeClock(),
        budget=budget,
        per_minute=per_minute,
        limited=limited,
        whole_texts=whole_texts,
        read_only=read_only,
        uniform=lambda low, high: high,
    )
