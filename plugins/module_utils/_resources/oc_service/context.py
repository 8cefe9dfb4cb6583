# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the work on one service needs, handed around as one object."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.services import Service
from ..._core.clock import Clock
from ..._core.errors import ApiError, ConflictError
from ..._core.masking import Secrets
from ..._core.text import fold
from ..._reconcile.journal import Journal
from ..._reconcile.outcome import Outcome
from ..._tasks.poll_schedule import PollSchedule
from ..._tasks.poller import TaskWatcher, WaitPolicy
from ..._tasks.progress import Progress
from ..._tasks.work_queue import Steps
from ..._tasks.worker_threads import Workers
from .current_state import CurrentState
from .request import ABSENT, PRESENT, WantedService
from .result import Result

COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST = "auto", "full", "list"
"""How existing services are compared with the request."""

FEW_TO_COMPARE = 20
"""So many services are compared in full unless something else is asked for."""

_WRITES = {PRESENT: "POST /api/v3/customer", ABSENT: "DELETE /api/v2/customer/{guid}"}


_LOCK_PAUSE, _LONGEST_LOCK_PAUSE = 0.05, 1.0
"""Seconds between two tries to be the only one at work on a tenant."""


@dataclass(frozen=True)
class RunSettings:
    """How to go about it.

    :param check: decide and report only; nothing is written anywhere.
    :param wait: whether and how to wait for tasks.
    :param settle: seconds during which a run looks for the service of a submission without an answer; by default as
        long as it waits for a task.
    :param compare_in_full: existing services are compared with SIP connections read back, a request for each.
    """

    check: bool = False
    wait: WaitPolicy = field(default_factory=WaitPolicy)
    settle: float | None = None
    compare_in_full: bool = True

    @property
    def search(self) -> float:
        """Seconds after a submission without an answer, during which this run looks for the service."""
        return self.wait.timeout if self.settle is None else self.settle

    @property
    def patience(self) -> float:
        """Seconds after a submission of unknown fate, before which no run submits again. A creation may take as long as
        a task is waited for, so this is never less.
        """
        return max(self.search, self.wait.timeout)


def compares_in_full(compare: str, services: int) -> bool:
    """Whether so many services are compared in full, as the option ``compare`` says."""
    return compare == COMPARE_FULL or (compare == COMPARE_AUTO and services <= FEW_TO_COMPARE)


@dataclass(frozen=True)
class Tools:
    """What all services of a run share. Safe to use from several threads.

    :param workers: makes the threads that send the requests of so many services.
    :param uniform: a random number between two.
    """

    api: LivePlatformApi
    journal: Journal
    settings: RunSettings
    clock: Clock
    secrets: Secrets
    progress: Progress
    workers: Callable[[int], Workers]
    uniform: Callable[[float, float], float] = random.uniform


@dataclass(frozen=True)
class Context:
    """One service to work on.

    :param report: told what the user should know although nothing failed.
    :param schedule: of the tasks of all services.
    :param step_aside: what is still to be done burdens the platform no more than a look-up: another service may begin.
    """

    tools: Tools
    wanted: WantedService
    current_state: CurrentState
    report: Callable[[str], None]
    schedule: PollSchedule
    step_aside: Callable[[], None]

    @property
    def tenant(self) -> str:
        return self.wanted.ms_tenant_id

    def is_secret(self, parameter: str) -> bool:
        """Whether the value of a script parameter is secret."""
        return self.tools.secrets.covers(parameter) or self.wanted.secrets.covers(parameter)

    @property
    def key(self) -> str:
        """What tells the context from the others of its run."""
        return fold(self.tenant)

    def watcher(self) -> TaskWatcher:
        tools = self.tools
        return TaskWatcher(
            tools.api.get_task,
            tools.settings.wait,
            tools.clock,
            self.report,
            schedule=self.schedule,
            seen=lambda task: tools.progress.saw(self.key, task),
        )

    def hold(self) -> Steps[AbstractContextManager[object]]:
        """A context in which nobody else on this machine looks and submits for the tenant.

        :raises ConflictError: somebody else does not let go.
        """
        clock, pause = self.tools.clock, _LOCK_PAUSE
        end = clock.now() + self.tools.settings.wait.timeout
        while True:
            held = ExitStack()
            try:
                held.enter_context(self.tools.journal.hold(self.tenant, 0.0))
                return held
            except TimeoutError:
                if clock.now() >= end:
                    raise ConflictError(
                        f"Another run on this machine is at work on tenant {self.tenant}",
                        operation=_WRITES[self.wanted.state],
                        hint="wait for its end, run again",
                    ) from None
            yield pause
            pause = min(2 * pause, _LONGEST_LOCK_PAUSE)

    def seek(self, until: float) -> Steps[Service | None]:
        """Look for the tenant's service with growing pauses.

        :param until: seconds since the epoch; it is looked for once at least.
        :returns: ``None`` when the last look has shown that it is not there.
        :raises ApiError: it could not be looked for.
        """
        clock, pause = self.tools.clock, 1.0
        end = clock.now() + (until - clock.wall())  # whoever sets the clock meanwhile does not prolong the search
        while True:
            left = end - clock.now()
            try:
                service = self.current_state.current_service(self.tenant)
            except ApiError as error:
                if not error.transient or left <= 0:
                    raise
            else:
                if service is not None or left <= 0:
                    return service
            yield min(pause, left)
            pause = min(pause * 1.5, self.tools.settings.wait.longest_pause)

    def creation(self, kind: Outcome, changed: bool, **facts: Any) -> Result:
        """An outcome in which the service is there in the end; check mode and the real run give the same picture."""
        body = self.wanted.body
        before: Mapping[str, Any] = {"state": ABSENT if changed else PRESENT}
        after = {"state": PRESENT, "request": body} if changed else {"state": PRESENT}
        return Result(self.wanted, kind, changed=changed, request=body, before=before, after=after, **facts)
