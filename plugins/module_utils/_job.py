# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the work on one service needs, handed around as one object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from ._api import LivePlatformApi
from ._census import Census
from ._clock import Clock
from ._errors import ApiError, ConflictError
from ._journal import Journal
from ._outcome import Outcome
from ._request import ABSENT, PRESENT, WantedService
from ._secrets import Secrets
from ._service import Service
from ._waiting import TaskWatcher, WaitPolicy

DEFAULT_SETTLE = 600.0
"""Seconds after a submission without an answer, during which the service may still turn up."""

_WRITES = {PRESENT: "POST /api/v3/customer", ABSENT: "DELETE /api/v2/customer/{guid}"}


@dataclass(frozen=True)
class Conduct:
    """How to go about it.

    :param check: decide and report only; nothing is written anywhere.
    :param wait: whether and how to wait for tasks.
    :param settle: seconds during which a submission without an answer may still turn out to have been taken.
    """

    check: bool = False
    wait: WaitPolicy = field(default_factory=WaitPolicy)
    settle: float = DEFAULT_SETTLE


@dataclass(frozen=True)
class Tools:
    """What all services of a run share. Safe to use from several threads."""

    api: LivePlatformApi
    journal: Journal
    conduct: Conduct
    clock: Clock
    secrets: Secrets


@dataclass(frozen=True)
class Job:
    """One service to work on.

    :param report: told what the user should know although nothing failed.
    """

    tools: Tools
    wanted: WantedService
    census: Census
    report: Callable[[str], None]

    @property
    def tenant(self) -> str:
        return self.wanted.ms_tenant_id

    def is_secret(self, parameter: str) -> bool:
        """Whether the value of a script parameter is secret."""
        return self.tools.secrets.covers(parameter) or self.wanted.secrets.covers(parameter)

    def watcher(self) -> TaskWatcher:
        tools = self.tools
        return TaskWatcher(tools.api.get_task, tools.conduct.wait, tools.clock, self.report)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Nobody else on this machine looks and submits for the tenant meanwhile.

        :raises ConflictError: somebody else does not let go.
        """
        with ExitStack() as held:
            try:
                held.enter_context(self.tools.journal.hold(self.tenant, self.tools.conduct.wait.timeout))
            except TimeoutError:
                raise ConflictError(
                    f"Another run on this machine is at work on tenant {self.tenant}",
                    operation=_WRITES[self.wanted.state],
                    hint="wait for its end, run again",
                ) from None
            yield

    def seek(self, until: float) -> Service | None:
        """Look for the tenant's service with growing pauses.

        :param until: seconds since the epoch; it is looked for once at least.
        :returns: ``None`` when the last look has shown that it is not there.
        :raises ApiError: it could not be looked for.
        """
        clock, pause = self.tools.clock, 1.0
        while True:
            left = until - clock.wall()
            try:
                service = self.census.current_service(self.tenant)
            except ApiError as error:
                if not error.transient or left <= 0:
                    raise
            else:
                if service is not None or left <= 0:
                    return service
            clock.sleep(min(pause, left))
            pause = min(pause * 1.5, self.tools.conduct.wait.longest_pause)

    def creation(self, kind: str, changed: bool, **facts: Any) -> Outcome:
        """An outcome in which the service is there in the end; check mode and the real run give the same picture."""
        body = self.wanted.body
        before: Mapping[str, Any] = {"state": ABSENT if changed else PRESENT}
        after = {"state": PRESENT, "request": body} if changed else {"state": PRESENT}
        return Outcome(self.wanted, kind, changed=changed, request=body, before=before, after=after, **facts)
