# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as the platform of one test, on the test's own clock: what it prepares, and what was asked of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Literal

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, Call, NoAnswer
from harness.fakes import AUTHORITY, CLIENT_SECRET, DIRECTORY, GUID, OPTIONS, TENANT, FakeClock, path_of
from harness.in_process import InProcess, Platform
from harness.virtual_time import Killed
from simulator.lifecycle import fail, remove_service, schedule_end, touch
from simulator.records import Lead, Service, SiteLocation, build
from simulator.seeds import DEFAULT
from simulator.seeds.loading import load
from simulator.store import Store
from simulator.tasks import Task
from simulator.world import BASE_PATH, Credentials

NEVER = 1e9
"""A moment, or a delay, that no test waits for."""


def _equipment(store: Store) -> None:
    """What services are made with; nobody has one, and nobody may have one."""
    load(store, {kind: DEFAULT[kind] for kind in ("sbcs", "channels", "calling_profiles", "templates")})


@cache
def _platform() -> Platform:
    """One for all tests of a process, since making it takes longer than most of them."""
    credentials = Credentials(DIRECTORY, OPTIONS["client_id"], CLIENT_SECRET, OPTIONS["auth_scope"])
    return Platform(seed=_equipment, credentials=credentials)


class UnitPlatform:
    """A transport to a platform of which nobody else knows. Safe to use from several threads.

    Only the one that was made last may be used.

    :ivar settings: how it behaves; creations take 100 seconds, and it makes a second service if it is asked to.
    :ivar calls: method and path of each request, in order; ``POST login`` is the login.
    :ivar asked: called before each request with its method and path.
    :ivar answered: called before its answer gets to the sender.
    """

    def __init__(self, clock: FakeClock) -> None:
        platform = _platform()
        platform.begin(clock, task_seconds=100.0, existing_service="accept")
        self.world = platform.world
        self.store = self.world.store
        self.settings = self.world.settings
        self.calls: list[str] = []
        self.asked: Callable[[str], None] = lambda operation: None
        self.answered: Callable[[str], None] = lambda operation: None
        self._transport = InProcess(platform, clock)
        self._lock = threading.RLock()

    # What a test prepares

    def lead(self, tenant: str = TENANT, status: str | None = "Active", **more: Any) -> Lead:
        """Add a lead."""
        lead = build(Lead, {"id": f"lead-{len(self.store.leads)}", "tenantId": tenant, "status": status, **more})
        self.store.add_lead(lead)
        return lead

    def service(
        self, tenant: str = TENANT, short_name: str = "Brad01", guid: str = GUID, *, listed_at: float = 0.0, **more: Any
    ) -> Service:
        """Add a service, which the service list shows from a moment on."""
        site = SiteLocation(next(self.store.ids), short_name, sbc_id=2, parameters={"ProxySet": "SIPTrunk"})
        members = {
            "UmpCustomerGuid": guid,
            "CustomerShortName": short_name,
            "CustomerFullName": short_name,
            "LicenseType": 3,
            "LicensedUsersCount": 10,
            "MsTenantId": tenant,
            "SiteLocation": [site],
        }
        service = build(Service, {**members, **more})
        self.store.add_service(service, listed=False)
        self.world.agenda.at(listed_at, lambda _due: self.store.listed.update({guid: service}))
        return service

    def alter(self, record: Lead | Service, **members: Any) -> None:
        """Change members of a record."""
        for name, value in members.items():
            setattr(record, name, value)
        if isinstance(record, Service):
            touch(record)
        else:
            record.encoded = None

    def remove(self, tenant: str = TENANT) -> None:
        """Somebody else deletes the services of a tenant."""
        for service in self.of(tenant):
            remove_service(self.world, service)

    def fail_tasks(self, text: str) -> None:
        """All running tasks fail now, and say this."""
        for task in self.tasks:
            if task.completed_at is None:
                fail(task, text)
                task.seconds = self.world.clock.now() - task.started
                schedule_end(self.world, task)

    def lose_tasks(self) -> None:
        """Forget all tasks, and with them what they have not made yet."""
        self.world.agenda.settle()
        self.store.tasks.clear()

    def fault(
        self,
        method: str,
        path: str,
        effect: Answer | NoAnswer,
        occurrences: Iterable[int] | Literal["every"] = (1,),
        *,
        after: bool = False,
    ) -> None:
        """Let something happen to certain requests from now on: instead of the work, or after it was done.

        :param path: how the path begins below the base URL; ``login`` for the login.
        :param occurrences: which of the requests that fit: their numbers, or ``every``.
        """
        pattern = "/token$" if path == "login" else f"^{BASE_PATH}{re.escape(path)}"
        which = "every" if occurrences == "every" else list(occurrences)
        rule = {"match": {"method": method, "path": pattern}, "occurrence": which, "action": _action(effect, after)}
        self.world.faults.add([rule])

    def calm(self) -> None:
        """No faults any more."""
        self.world.faults.clear()

    def kill(self, method: str, path: str, occurrence: int = 1, *, after: bool = False) -> None:
        """Let the run be killed: before such a request is sent, or before its answer is there."""
        fatal = self.count(method, path) + occurrence

        def die(operation: str) -> None:
            if operation.startswith(f"{method} {path}") and self.count(method, path) == fatal:
                raise Killed

        if after:
            self.answered = die
        else:
            self.asked = die

    # What a test asks

    def count(self, method: str, path: str = "") -> int:
        """Requests of which the path begins like this."""
        return sum(call.startswith(f"{method} {path}") for call in self.calls)

    @property
    def posts(self) -> int:
        """Submissions that reached the platform or tried to."""
        return self.count("POST", "/api/v3/customer")

    @property
    def writes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith(("GET", "POST login"))]

    def of(self, tenant: str = TENANT) -> list[Service]:
        """The services of a tenant, in truth."""
        self.world.agenda.settle()
        return list(self.store.services_by_tenant.get(tenant, ()))

    @property
    def leads(self) -> list[Lead]:
        return list(self.store.leads.values())

    @property
    def tasks(self) -> list[Task]:
        """All that it still knows, in the order in which they began."""
        return list(self.store.tasks.values())

    # The transport

    def exchange(self, call: Call, timeout: float) -> Answer:
        with self._lock:
            operation = f"{call.method} {'login' if call.url.startswith(AUTHORITY) else path_of(call)}"
            self.calls.append(operation)
            self.asked(operation)
            try:
                return self._transport.exchange(call, timeout)
            finally:
                self.answered(operation)


def _action(effect: Answer | NoAnswer, after: bool) -> dict[str, Any]:
    """A fault of the simulator."""
    when = "after" if after else "before"
    if isinstance(effect, NoAnswer):
        return {"type": f"reset_{when}" if effect.sent else "refused"}
    body = effect.body.decode()
    return {"type": "status", "status": effect.status, "body": body, "headers": dict(effect.headers), "when": when}
