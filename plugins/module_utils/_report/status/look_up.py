# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking up what there is of customers, now or when it is what is waited for: the answer of ``oc_status_info``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.leads import Lead, find_leads
from ..._api.services import Service
from ..._core.errors import InterruptedRun
from ..._resources.oc_service.deployment import PRESENT_OUTCOMES
from ..._resources.oc_service.display_names import DisplayNames
from ..._tasks.poller import WaitTools
from .advice import advice_lines
from .await_deployment import Records, await_deployment
from .await_tasks import TasksSeen, await_tasks, look_at_tasks
from .customers import status_of
from .evidence import read_sbc_names, read_services
from .outcomes import services_by_tenant, task_ids, tenant_key
from .record import CustomerState, Record
from .unfinished import unfinished
from .words import report_lines, status_lines

WAIT_FOR_NOTHING, WAIT_FOR_TASKS, WAIT_FOR_DEPLOYED = "none", "tasks", "deployed"
"""What may be waited for."""


@dataclass(frozen=True)
class Asked:
    """Hold what shall be looked up.

    :param customers: these; ``None``: everybody with an Operator Connect service.
    :param outcomes: the customers of these, see :mod:`.outcomes`, instead of ``customers``.
    :param wait_for: one of the three words above; ``WAIT_FOR_TASKS`` only with outcomes.
    :param sbc_names: the names of SBCs are looked up too.
    :param leads: what the leads say is looked up too.
    """

    customers: Sequence[Record] | None = None
    outcomes: Sequence[Record] | None = None
    wait_for: str = WAIT_FOR_NOTHING
    sbc_names: bool = True
    leads: bool = True

    @property
    def wanted(self) -> Sequence[Record] | None:
        """The items that name the customers."""
        return self.customers if self.outcomes is None else self.outcomes

    @property
    def needs_leads(self) -> bool:
        """Return whether leads are read: when they are asked for, and when a customer is named by its company alone."""
        return self.leads or any(not item.get("ms_tenant_id") for item in self.wanted or ())

    def awaited(self, records: Records) -> Records:
        """The records of those customers that have to be deployed."""
        if self.outcomes is None:
            return records
        return [
            record for record, item in zip(records, self.outcomes, strict=True) if item["outcome"] in PRESENT_OUTCOMES
        ]


def look_up(api: LivePlatformApi, asked: Asked, tools: WaitTools) -> dict[str, Any]:
    """The return values of ``oc_status_info``.

    :raises LivePlatformError: what is needed cannot be read.
    """
    return _LookUp(api, asked, tools).values()


class _LookUp:
    """One look-up.

    :ivar services: as they were read last.
    :ivar seen: the tasks that were looked at.
    """

    def __init__(self, api: LivePlatformApi, asked: Asked, tools: WaitTools) -> None:
        self._api = api
        self._asked = asked
        self._tools = tools
        self._outcomes = asked.outcomes or ()
        self.services: list[Service] = []
        self.seen = TasksSeen()

    def values(self) -> dict[str, Any]:
        asked = self._asked
        if asked.wait_for == WAIT_FOR_TASKS:
            self.seen = await_tasks(self._api, self._outcomes, self._tools)
            if self.seen.signal:
                return self._interrupted(self.seen.signal, [])
        read = self._reader()
        if asked.wait_for == WAIT_FOR_DEPLOYED:
            deployment = await_deployment(read, asked.awaited, self._tools)
            if deployment.signal:
                return self._interrupted(deployment.signal, deployment.records or [])
            if deployment.error is not None:
                raise deployment.error
            records = deployment.records or []
        else:
            records = read()
        missing = self._tasks_of_missing()
        looked = look_at_tasks(self._api, missing, self._tools)
        if looked.signal:
            return self._interrupted(looked.signal, records)
        self._add(looked)
        return self._result(records)

    def _reader(self) -> Callable[[], Records]:
        """Return what reads the services, and makes the records. Leads and names of SBCs are read once, now."""
        leads: list[Lead] = find_leads(self._api) if self._asked.needs_leads else []
        names = read_sbc_names(self._api) if self._asked.sbc_names else DisplayNames()

        def read() -> Records:
            self.services = read_services(self._api)
            return status_of(self.services, leads, self._asked.wanted, names)

        return read

    def _tasks_of_missing(self) -> list[str]:
        """The tasks that were not looked at yet, of services that are not there: advice needs them."""
        there, known = services_by_tenant(self.services), {task.id for task in self.seen.tasks}
        missing = [outcome for outcome in self._outcomes if tenant_key(outcome) not in there]
        return [task_id for task_id in task_ids(missing) if task_id not in known]

    def _add(self, looked: TasksSeen) -> None:
        known = {task.id: task for task in (*self.seen.tasks, *looked.tasks)}
        ordered = [known[task_id] for task_id in task_ids(self._outcomes) if task_id in known]
        self.seen = TasksSeen(ordered, self.seen.late)

    def _result(self, records: Records) -> dict[str, Any]:
        return {
            "services": records,
            "lines": status_lines(records),
            "report": report_lines(records),
            "problems": self._problems(records),
            "advice": advice_lines(self._outcomes, self.seen.tasks, self.services),
            "tasks": [task.to_dict() for task in self.seen.tasks],
        }

    def _problems(self, records: Records) -> list[str]:
        if self._asked.wait_for == WAIT_FOR_TASKS:
            return unfinished(self._outcomes, self.seen.tasks, self.services, self.seen.late)
        if self._asked.wait_for == WAIT_FOR_DEPLOYED:
            awaited = self._asked.awaited(records)
            return status_lines([each for each in awaited if each["state"] != CustomerState.DEPLOYED])
        return [str(record["problem"]) for record in records if record["state"] == CustomerState.CONTRADICTORY]

    def _interrupted(self, signal: str, records: Records) -> dict[str, Any]:
        """The failure of a wait that a signal has ended, with what was seen until then."""
        error = InterruptedRun(f"The wait was interrupted ({signal})", hint="nothing was changed; run again to wait on")
        return {
            "services": records,
            "lines": status_lines(records),
            "report": report_lines(records),
            "problems": [],
            "advice": [],
            "tasks": [task.to_dict() for task in self.seen.tasks],
            "failed": True,
            "msg": error.sentence(),
            "failure": error.to_dict(),
        }
