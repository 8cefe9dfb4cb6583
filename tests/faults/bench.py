# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bench for schedules: runs of the engine on the simulator in virtual time, and what must hold in all of them."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    ApiError,
    LivePlatformError,
    LoginError,
    UndecidedError,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.client import HttpClient
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Call
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import RunSettings, Tools
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import Kind
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    FIRST_KIND,
    open_journal,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT, PRESENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.reconcile import (
    reconcile_all,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import (
    ServiceReport,
    ServiceResult,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import TaskError, WaitPolicy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import Progress
from harness.canaries import Canaries
from harness.cast import ALDER, BIRCH, BRAD, CEDAR
from harness.fault_kinds import APPLICATION_PASSWORD, PASSWORD, PATIENCE
from harness.in_process import AUTHORITY, BASE, OnStage, Platform, Sent
from harness.virtual_time import Killed, Process, Stage, StageWorkers, VirtualEngineClock
from simulator.tokens import PREFIX
from simulator.world import AUTH_SCOPE, AUTH_TENANT_ID, CLIENT_ID, CLIENT_SECRET, World

SETTLE = 600.0
RETRYING = 120.0
"""Seconds from the intent to the last time that a submission is sent, at the most."""

NAMES = {BRAD: "Brad", ALDER: "Alder", BIRCH: "Birch", CEDAR: "Cedar"}
TENANTS = tuple(NAMES)
CROWD = {f"c0ffee00-0000-4000-8000-{number:012d}": f"Crowd{number:02d}" for number in range(16)}
"""Many more tenants; a schedule that wants them makes their leads."""
FORTY = {f"f0f0f0f0-0000-4000-8000-{number:012d}": f"Forty{number:02d}" for number in range(40)}
"""Tenants that two machines have on their lists."""
CANARIES = Canaries([CLIENT_SECRET, PREFIX, PASSWORD, APPLICATION_PASSWORD, "new-secret-1"])
"""Secrets that must not be found anywhere: given, issued, and those that only the platform knows."""

Report = TypeVar("Report")

_DECIDED = frozenset({400, 401, 403, 404, 405, 409, 422, 429})
"""Answers to a submission that say that nothing was done."""


def wanted(tenant: str) -> dict[str, Any]:
    """A service with everything that is looked at later, and with secrets."""
    name = NAMES.get(tenant) or CROWD.get(tenant) or FORTY[tenant]
    return {
        "ms_tenant_id": tenant,
        "short_name": name,
        "configuration": "ip_group",
        "site_location": {"name": name, "sbc_id": 2, "onboarding_script": 7},
        "script_parameters": {"ProxySet": "SIPTrunk", "CarrierUserPassword": PASSWORD},
        "teams_qos": {"application_id": "5d1c", "application_password": APPLICATION_PASSWORD},
    }


@dataclass(frozen=True)
class Machine:
    """A machine that runs are made on.

    :param folder: its home.
    :param journal: where its journal is, its own or a shared one.
    :param chance: the random numbers of its runs.
    :param shuffles: its runs go through their services in an order of their own, as the modules have it.
    :param delay: seconds after which its run begins.
    """

    clock: VirtualEngineClock
    folder: Path
    journal: Path
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    shuffles: bool = False
    delay: float = 0.0


@dataclass
class Bench:
    """One schedule: a platform, a machine with its journal and token cache, and runs on it.

    :param strict: a tenant with two services fails the test at once; otherwise it is counted.
    :param watched: the tenants that are counted.
    :ivar worst: the largest number of services, there or on their way, that a tenant had at any moment.
    :ivar doubled: the tenants that had two at any moment.
    """

    platform: Platform
    stage: Stage = field(default_factory=Stage)
    switches: dict[str, Any] = field(default_factory=dict)
    settle: float = SETTLE
    submitting: bool = True
    strict: bool = True
    watched: tuple[str, ...] = (*TENANTS, *CROWD)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.clock = VirtualEngineClock(self.stage)
        self.platform.begin(self.stage, **{"existing_service": "accept", "task_seconds": 2, **self.switches})
        self.world = self.platform.world
        self.transport = OnStage(self.platform, self.stage, self._inspect)
        self.told: list[str] = []
        self.failures: list[LivePlatformError] = []
        self.worst = 0
        self.doubled: set[str] = set()
        self._licenses: dict[str, int] = {}
        self._runs = 0

    def close(self) -> None:
        self.platform.figures.requests(len(self.transport.sent))
        shutil.rmtree(self.folder, ignore_errors=True)

    def fault(self, *rules: dict[str, Any]) -> None:
        self.world.faults.add(list(rules))

    def calm(self) -> None:
        """No faults any more, and nobody else who does anything."""
        self.world.faults.clear()
        vars(self.transport).pop("exchange", None)

    def run(
        self,
        tenants: Sequence[str],
        state: str = PRESENT,
        *,
        concurrency: int = 3,
        wait: bool = True,
        timeout: float = 1800.0,
        dies_at: int | None = None,
    ) -> ServiceReport | None:
        """One run, as a process of its own; ``None`` when it was killed."""
        work = self.process(tenants, state, concurrency, wait, timeout)
        with self.stage.engine(), self.stage.process(self._process(dies_at)):
            try:
                report = work()
            except Killed:
                self.platform.figures.killed()
                return None
        self._judge(report)
        return report

    def together(
        self, *runs: Callable[[], ServiceReport], dies_at: Sequence[int | None] = (), alone: bool = True
    ) -> list[ServiceReport | None]:
        """Several runs at the same moment.

        :param alone: nobody else changes anything meanwhile.
        """
        reports = self.side_by_side(*runs, dies_at=dies_at)
        for report in reports:
            if report is not None:
                self._judge(report, alone=alone and len(runs) == 1)
        return reports

    def side_by_side(self, *runs: Callable[[], Report], dies_at: Sequence[int | None] = ()) -> list[Report | None]:
        """Several runs of whatever kind at the same moment; ``None`` for one that was killed."""
        reports: dict[int, Report] = {}
        processes = [self._process(each) for each in (dies_at or [None] * len(runs))]

        def part(number: int) -> Callable[[], None]:
            def perform() -> None:
                reports[number] = runs[number]()

            return perform

        with self.stage.engine():
            errors = self.stage.perform([part(number) for number in range(len(runs))], processes)
        for error in errors:
            if isinstance(error, Killed):
                self.platform.figures.killed()
            elif error is not None:
                raise error
        return [reports.get(number) for number in range(len(runs))]

    def process(
        self,
        tenants: Sequence[str],
        state: str = PRESENT,
        concurrency: int = 3,
        wait: bool = True,
        timeout: float = 1800.0,
        *,
        machine: Machine | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Callable[[], ServiceReport]:
        """What a process does: nothing but the folder and the platform is shared with others.

        :param options: that each service has besides.
        :param machine: where it runs; by default where all others do.
        """
        machine = machine or Machine(self.clock, self.folder, self.folder / "journal")

        def work() -> ServiceReport:
            if machine.delay:
                machine.clock.sleep(machine.delay)
            tools = self.tools(WaitPolicy(wait, timeout), machine)
            services = [
                WantedService.from_options({**wanted(tenant), **(options or {})}, {"state": state})
                for tenant in tenants
            ]
            for service in services:
                tools.secrets.learn(service.options)
            report = reconcile_all(
                tools,
                services,
                max_concurrency=concurrency,
                shuffle=machine.chance.shuffle if machine.shuffles else lambda keys: None,
                report=self.told.append,
            )
            self.keeps_secrets([outcome.to_dict() for outcome in report.outcomes], tools.secrets)
            return report

        return work

    def tools(self, wait: WaitPolicy, machine: Machine | None = None, kind: Kind = FIRST_KIND) -> Tools:
        """What a process of this bench works with.

        :param machine: where it runs; by default where all others do.
        :param kind: of the objects that its journal is about.
        """
        machine = machine or Machine(self.clock, self.folder, self.folder / "journal")
        connection = Connection(
            base_url=BASE,
            auth_url=AUTHORITY,
            auth_tenant_id=AUTH_TENANT_ID,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            auth_scope=AUTH_SCOPE,
            request_timeout=PATIENCE,
            token_cache=str(machine.folder / "tokens"),
        )
        secrets = Secrets([CLIENT_SECRET])
        client = HttpClient(
            connection,
            secrets,
            transport=self.transport,
            clock=machine.clock,
            uniform=lambda low, high: (low + high) / 2,
        )
        return Tools(
            LivePlatformApi(client),
            open_journal(True, str(machine.journal), BASE, machine.clock, self.told.append, kind=kind),
            RunSettings(wait=wait, settle=self.settle),
            machine.clock,
            secrets,
            Progress(machine.clock, lambda line: self.told.append(secrets.mask_text(line))),
            lambda services: StageWorkers(self.stage, services),
            machine.chance.uniform,
        )

    def provide(self, tenants: Sequence[str]) -> None:
        """Let these services be there since long, made by somebody else."""
        token = self.world.tokens.issue(60)
        for tenant in tenants:
            body = WantedService.from_options(wanted(tenant)).body
            self.transport.exchange(Call("POST", f"{BASE}/api/v3/customer", json=body, bearer=token), PATIENCE)
        self.pass_time(1000)
        self.transport.sent.clear()

    def forget_the_machine(self) -> None:
        """The next run comes from a machine that knows nothing."""
        shutil.rmtree(self.folder / "journal", ignore_errors=True)
        shutil.rmtree(self.folder / "tokens", ignore_errors=True)

    def pass_time(self, seconds: float) -> None:
        self.stage.elapsed += seconds
        self.world.agenda.settle()
        self._inspect()

    def meddle(self, effect: Callable[[World], None]) -> None:
        """Somebody else does something on the platform now."""
        self.world.agenda.settle()
        effect(self.world)
        self.world.changed()
        self._inspect()

    def before_request(self, number: int, action: Callable[[], None]) -> None:
        """Do something right before the request with this number, counted from now."""
        exchange, due = self.transport.exchange, len(self.transport.sent) + number

        def watched(call: Call, timeout: float) -> Any:
            nonlocal action
            if len(self.transport.sent) >= due:
                now, action = action, lambda: None
                now()
            return exchange(call, timeout)

        self.transport.exchange = watched  # type: ignore[method-assign]

    def services(self, tenant: str) -> set[str]:
        """Guids of the tenant's OC services, there or on their way, as they are in truth."""
        store = self.world.store
        there = {
            each.ump_customer_guid for each in store.services_by_tenant.get(tenant, ()) if each.is_operator_connect
        }
        if self.world.settings.service_visible_before_done:
            return there
        coming = {
            str(task.ump_customer_guid)
            for task in store.tasks.values()
            if task.kind == "create" and task.ms_tenant_id == tenant and task.succeeds and task.completed_at is None
        }
        return there | coming

    def submissions(self) -> int:
        """Creations that the platform has begun."""
        return sum(task.kind == "create" for task in self.world.store.tasks.values())

    def writes(self) -> list[Sent]:
        """Submissions and deletions that were sent, but for deletions of what was not there."""
        return [
            sent
            for sent in self.transport.sent
            if (sent.method == "DELETE" and not (sent.answer and sent.answer.status == 404))
            or (sent.method == "POST" and sent.path.endswith("/customer"))
        ]

    def _process(self, dies_at: int | None) -> Process:
        self._runs += 1
        return Process(f"run {self._runs}", dies_at)

    def _inspect(self) -> None:
        before = self.worst
        for service in self.world.store.services.values():
            had = self._licenses.get(service.ump_customer_guid, 0)
            assert service.license_type >= had or not self.strict, f"a license went down: {self.history()}"
            self._licenses[service.ump_customer_guid] = service.license_type
        for tenant in self.watched:
            count = len(self.services(tenant))
            self.worst = max(self.worst, count)
            if count > 1:
                self.doubled.add(tenant)
        if not self.strict:
            return
        if self.worst > 1 and self.worst > before:
            self.platform.figures.duplicate()
        assert self.worst <= 1, f"a tenant has two services: {self.history()}"

    def _judge(self, report: ServiceReport, alone: bool = True) -> None:
        """What holds for every run, however it went.

        :param alone: nobody else was at work, who may have changed what this run has found.
        """
        assert self.worst <= 1 or not self.strict, f"a tenant has had two services: {self.history()}"
        self.platform.figures.run(outcome for outcome in report.outcomes if outcome.failure)
        for outcome in report.outcomes:
            if outcome.failure is not None:
                self.failures.append(outcome.failure)
                _explained(outcome.failure)
            if alone:
                self._truthful(outcome)
        self._decent()

    def keeps_secrets(self, said: object, secrets: Secrets) -> None:
        """No failure and no warning holds a secret, nor does the result when it is masked as the modules do."""
        masked = secrets.mask(said)
        places = {"what is said": json.dumps([masked, self.told]).encode()}
        places |= {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        found = [f"{secret} in {place}: {places[place]!r}" for place, secret in CANARIES.search(places)]
        for _each in found:
            self.platform.figures.leak()
        assert not found, found

    def _truthful(self, outcome: ServiceResult) -> None:
        """What is said is so."""
        there = len(self.services(outcome.wanted.ms_tenant_id))
        if outcome.outcome in ("created", "adopted"):
            assert there == 1, f"{outcome} but there is none"
        if outcome.outcome == "deleted":
            assert there == 0, f"{outcome} but it is there: {self.history()}"

    def _decent(self) -> None:
        """No submission was sent while an earlier one for the tenant might still show."""
        if not self.strict:  # another machine's submissions are not known
            return
        for tenant in self.watched:
            posts = [sent for sent in self.writes() if sent.tenant == tenant]
            for earlier, later in pairwise(posts):
                refused = not earlier.lost if earlier.answer is None else _is_refusal(earlier)
                assert (
                    refused or later.at >= earlier.at + self.settle - RETRYING or self._deleted_between(earlier, later)
                ), f"sent again too early: {self.history()}"

    def _deleted_between(self, earlier: Sent, later: Sent) -> bool:
        return any(sent.method == "DELETE" and earlier.at < sent.at < later.at for sent in self.writes())

    def history(self) -> str:
        """All requests, for a test that has failed."""
        lines = [
            f"{sent.at:9.2f} {sent.process:6} {sent.method:6} {sent.path} {sent.tenant or ''} "
            f"-> {sent.answer.status if sent.answer else 'nothing' + ' (lost)' * sent.lost}"
            + (f" {sent.answer.body[:120]!r}" if sent.answer else "")
            for sent in self.transport.sent
        ]
        return "\n" + "\n".join(lines)


def _is_refusal(sent: Sent) -> bool:
    assert sent.answer is not None
    return sent.answer.status in _DECIDED or (sent.answer.status == 503 and "retry-after" in sent.answer.headers)


def _explained(failure: LivePlatformError) -> None:
    """The user is told what happened, where, and what to do."""
    facts = failure.to_dict()
    assert "Unexpected error" not in failure.message, failure.message
    assert facts["message"], facts
    assert facts["hint"], f"no hint: {facts}"
    if isinstance(failure, (ApiError, LoginError, TaskError, UndecidedError)):
        assert facts["operation"], f"no operation: {facts}"
    json.dumps(facts)


@contextmanager
def bench(platform: Platform, **how: Any) -> Iterator[Bench]:
    """A bench that is cleared away in the end."""
    made = Bench(platform, **how)
    try:
        yield made
    finally:
        made.close()


def converged(report: ServiceReport | None, state: str, changed: bool | None = None) -> bool:
    """Whether every service of the run is as it is wanted."""
    good = ("created", "adopted", "unchanged") if state == PRESENT else ("deleted", "unchanged")
    return (
        report is not None
        and all(outcome.outcome in good for outcome in report.outcomes)
        and (changed is None or report.changed == changed)
    )


def picture(report: ServiceReport | None) -> str:
    """A run in a line."""
    if report is None:
        return "killed"
    counts = Counter(outcome.outcome for outcome in report.outcomes)
    said = [outcome.failure.sentence() for outcome in report.outcomes if outcome.failure]
    return f"{dict(counts)} {said}"


__all__ = [
    "ABSENT",
    "CROWD",
    "FORTY",
    "PRESENT",
    "TENANTS",
    "Bench",
    "Machine",
    "bench",
    "converged",
    "picture",
]
