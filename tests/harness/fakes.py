# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine talks to in these tests: a clock that never sleeps, a scripted server, a small platform in memory."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote

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

BASE = "https://platform.example/tenantui"
AUTHORITY = "https://login.example"
DIRECTORY = "3a1f5dc2-1111-4222-8333-444455556666"
CLIENT_SECRET = "planted-client-secret"
TOKEN = "planted-token"
TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
GUID = "0b0c6a10-aaaa-4bbb-8ccc-000000000001"
EPOCH = float(int(time.time()))
"""When the fake clocks begin: near the truth, since files that tests write carry the machine's own time."""

OPTIONS: dict[str, Any] = {
    "base_url": BASE,
    "auth_url": AUTHORITY,
    "auth_tenant_id": DIRECTORY,
    "client_id": "client",
    "client_secret": CLIENT_SECRET,
    "auth_scope": "api://platform/.default",
    "token_cache": "false",
}


class Killed(BaseException):
    """The end of the process, as far as the engine can see it."""


class FakeClock(Clock):
    """Time that passes only when somebody sleeps, and by a microsecond whenever somebody looks.

    :ivar sleeps: all pauses, in order.
    :ivar kill_at: on :meth:`now`'s scale: the process dies in the pause that reaches it.
    :ivar set_by: seconds by which somebody has set the machine's clock.
    """

    def __init__(self, boot: str = "boot-1") -> None:
        self._boot = boot
        self.set_by = 0.0
        self._lock = threading.Lock()
        self._elapsed = 0.0
        self.sleeps: list[float] = []
        self.kill_at: float | None = None

    def now(self) -> float:
        with self._lock:
            self._elapsed += 1e-6
            return self._elapsed

    def wall(self) -> float:
        return EPOCH + self._elapsed + self.set_by

    def boot(self) -> str:
        return self._boot

    def start_anew(self, uptime: float, boot: str = "boot-2") -> None:
        """The machine is started again (or this is another one), and has been up for so long."""
        with self._lock:
            self.set_by += self._elapsed - uptime
            self._elapsed = uptime
        self._boot = boot

    def sleep(self, seconds: float) -> None:
        time.sleep(0)  # lets other threads go on
        with self._lock:
            self.sleeps.append(seconds)
            self._elapsed += max(0.0, seconds)
            if self.kill_at is not None and self._elapsed >= self.kill_at:
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
        self.trouble: list[str] = []

    def exchange(self, call: Call, timeout: float) -> Answer:
        with self._lock:
            self.calls.append(call)
            step = self._steps.pop(0) if self._steps else None
        wrong = step.mismatch(call) if step else "nothing more was expected"
        if step is None or wrong:
            self.trouble.append(f"unexpected request number {len(self.calls)}: {call.method} {path_of(call)}: {wrong}")
            raise AssertionError(self.trouble[-1])
        if isinstance(step.result, BaseException):
            raise step.result
        return step.result

    def finish(self) -> None:
        """Everything that was expected has happened, and nothing else."""
        assert not self.trouble, self.trouble[0]
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


# -- a platform in memory ----------------------------------------------------------------------------------------


_CHANGEABLE = {
    "customerFullName": "CustomerFullName",
    "licenseType": "LicenseType",
    "licensedUsersCount": "LicensedUsersCount",
}
"""Members of requests that change a service, and where the service shows them."""


@dataclass
class Fault:
    """Something that goes wrong once: instead of the work, or after it was done."""

    method: str
    path: str
    effect: Answer | BaseException
    after: bool = False
    skip: int = 0


@dataclass
class Running:
    """A task of the platform."""

    body: Mapping[str, Any]
    started: float
    guid: str
    status: str | None = None
    messages: list[dict[str, str]] = field(default_factory=list)
    made: bool = False


@dataclass
class FakePlatform:
    """A platform with a service list, leads and tasks, on a fake clock. Safe to use from several threads.

    :ivar task_seconds: duration of a creation.
    :ivar list_lag: seconds until a new service stands in the service list.
    :ivar lead_lag: seconds until the lead names it.
    :ivar guid_in_task: the finished task carries the guid.
    :ivar numbers: telephone numbers of every tenant.
    :ivar failing: tenants whose creation fails.
    :ivar ignores_changes: a change is answered well and not made.
    :ivar seconds_by_tenant: durations of certain tenants' creations.
    """

    clock: FakeClock
    task_seconds: float = 100.0
    list_lag: float = 0.0
    lead_lag: float = 1e9
    guid_in_task: bool = False
    numbers: int = 0
    failing: set[str] = field(default_factory=set)
    seconds_by_tenant: dict[str, float] = field(default_factory=dict)
    ignores_changes: bool = False
    services: list[dict[str, Any]] = field(default_factory=list)
    leads: list[dict[str, Any]] = field(default_factory=list)
    tasks: dict[str, Running] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    hook: Callable[[str], None] = lambda operation: None

    def __post_init__(self) -> None:
        self._lock = threading.RLock()

    # What a test prepares

    def lead(self, tenant: str = TENANT, status: str = "Active", **more: Any) -> dict[str, Any]:
        item = {"id": f"lead-{len(self.leads)}", "tenantId": tenant, "status": status, "umpCustomerGuid": None, **more}
        self.leads.append(item)
        return item

    def service(
        self, tenant: str = TENANT, short_name: str = "Brad01", guid: str = GUID, **more: Any
    ) -> dict[str, Any]:
        item = {
            "UmpCustomerGuid": guid,
            "CustomerShortName": short_name,
            "CustomerFullName": short_name,
            "LicenseType": 3,
            "LicensedUsersCount": 10,
            "MsTenantId": tenant,
            "listed_at": 0.0,
            "SiteLocation": [
                {
                    "id": 41,
                    "name": short_name,
                    "sbcId": 2,
                    "sbcDeploymentState": "Deployed",
                    "sbcConfigurationType": "x",
                }
            ],
            **more,
        }
        self.services.append(item)
        return item

    def fault(
        self, method: str, path: str, *effects: Answer | BaseException, after: bool = False, skip: int = 0
    ) -> None:
        self.faults += [Fault(method, path, effect, after, skip) for effect in effects]

    # What a test asks

    def seconds_of(self, body: Mapping[str, Any]) -> float:
        """Duration of the creation that was asked for like this."""
        return self.seconds_by_tenant.get(body["msTenantId"], self.task_seconds)

    def count(self, method: str, path: str = "") -> int:
        return sum(call.startswith(f"{method} {path}") for call in self.calls)

    @property
    def posts(self) -> int:
        """Submissions that reached the platform or tried to."""
        return self.count("POST", "/api/v3/customer")

    @property
    def writes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith(("GET", "POST login"))]

    def of(self, tenant: str = TENANT) -> list[dict[str, Any]]:
        """The services of a tenant, in truth."""
        self._settle()
        return [item for item in self.services if item["MsTenantId"] == tenant]

    # The transport

    def exchange(self, call: Call, timeout: float) -> Answer:
        with self._lock:
            path = "login" if call.url.startswith(AUTHORITY) else path_of(call)
            self.calls.append(f"{call.method} {path}")
            self.hook(self.calls[-1])
            fault = self._fault(call.method, path)
            if fault is None or fault.after:
                answer = self._answer(call, path)
            if fault is None:
                return answer
        if isinstance(fault.effect, BaseException):
            raise fault.effect
        return fault.effect

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and path.startswith(fault.path):
                if fault.skip:
                    fault.skip -= 1
                    return None
                self.faults.remove(fault)
                return fault
        return None

    def _answer(self, call: Call, path: str) -> Answer:
        self._settle()
        last = unquote(path.rsplit("/", 1)[-1])
        if path == "login":
            return said({"access_token": TOKEN, "expires_in": 3599})
        assert call.bearer == TOKEN, "no token"
        if path == "/api/v3/customer":
            return self._create(call.json) if call.method == "POST" else said(list(self._listed()))
        if path == "/api/v2/oc/lead":
            tenant = call.params.get("msTenantId")
            return said([lead for lead in self.leads if tenant is None or lead["tenantId"] == tenant])
        if path == "/api/v3/oc/numbers":
            return said({"currentPage": 1, "pageSize": 1, "totalRecords": self.numbers, "data": []})
        requests: dict[str, Callable[[str], Answer]] = {
            "GET /api/v2/task/": self._task,
            "GET /api/v3/customer/": self._one,
            "DELETE /api/v2/customer/": self._delete,
            "PATCH /api/v3/customer/": lambda guid: self._change(guid, call.json),
            "GET /api/v2/sitelocation/": self._site,
        }
        for start, work in requests.items():
            if f"{call.method} {path}".startswith(start):
                return work(last)
        raise AssertionError(f"the fake platform does not know {call.method} {path}")

    def _one(self, guid: str) -> Answer:
        found = [item for item in self._listed() if item["UmpCustomerGuid"] == guid]
        return said(found[0]) if found else said(f"Customer with {guid} not found", 404)

    def _delete(self, guid: str) -> Answer:
        before = len(self.services)
        self.services = [item for item in self.services if item["UmpCustomerGuid"] != guid]
        return said(1) if len(self.services) < before else said(f"Customer with {guid} not found", 404)

    def _change(self, guid: str, body: Mapping[str, Any]) -> Answer:
        for item in self.services:
            if item["UmpCustomerGuid"] == guid and not self.ignores_changes:
                item.update({member: body[name] for name, member in _CHANGEABLE.items() if name in body})
        return said(1)

    def _site(self, number: str) -> Answer:
        return said({"siteName": "Brad01", "sbcInfo": {"sbcId": 2, "carrierId": "SIPTrunk"}})

    def _listed(self) -> Iterator[dict[str, Any]]:
        for item in self.services:
            if item["listed_at"] <= self.clock.now():
                yield {name: value for name, value in item.items() if name != "listed_at"}

    def _create(self, body: Mapping[str, Any]) -> Answer:
        task_id = f"wst_{len(self.tasks) + 1}"
        guid = GUID[:-4] + f"{len(self.tasks) + 100:04d}"
        self.tasks[task_id] = Running(body, self.clock.now(), guid)
        return said({"jobId": task_id})

    def _settle(self) -> None:
        """Finish the tasks whose time has come."""
        for task in self.tasks.values():
            ended = task.started + self.seconds_of(task.body)
            if task.made or task.status or self.clock.now() < ended:
                continue
            task.made = True
            tenant = task.body["msTenantId"]
            if tenant in self.failing:
                task.status, task.messages = "Failed", [{"level": "Error", "message": "SBC is not reachable"}]
                continue
            task.status, task.messages = "CompletedSuccess", [{"level": "Information", "message": "Site created"}]
            asked = {member: task.body[name] for name, member in _CHANGEABLE.items() if name in task.body}
            self.service(tenant, task.body["customerShortName"], task.guid, listed_at=ended + self.list_lag, **asked)

    def _task(self, task_id: str) -> Answer:
        for lead in self.leads:
            for task in self.tasks.values():
                due = task.started + self.seconds_of(task.body) + self.lead_lag
                if task.made and lead["tenantId"] == task.body["msTenantId"] and self.clock.now() >= due:
                    lead["umpCustomerGuid"] = task.guid
        found = self.tasks.get(task_id)
        if found is None:
            return said("Task not found", 404)
        output = {"umpCustomerGuid": found.guid} if self.guid_in_task and found.made else {}
        return said(
            {
                "id": task_id,
                "status": found.status or "InProgress",
                "details": ["Converted"] if found.made else [None],
                "executionMessages": found.messages,
                "outputData": output,
            }
        )
