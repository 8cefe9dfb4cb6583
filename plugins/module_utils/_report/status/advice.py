# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What to do about each service of a workflow that has failed."""

from __future__ import annotations

from collections.abc import Sequence

from ..._api.services import Service
from ..._api.tasks import Task, TaskState
from ..._reconcile.outcome import Outcome
from .outcomes import outcome_words, services_by_tenant, tenant_key
from .record import Record, is_deployed
from .words import name_of

_BY_STATE = {
    TaskState.SUCCEEDED: "nothing: the service is there",
    TaskState.RUNNING: "launch the workflow again when the task has ended, or relaunch the node that waits",
    TaskState.UNKNOWN: "look at the task in the portal; launch the workflow again when it has ended",
    TaskState.FAILED: "correct what the platform complains about, then launch the workflow again; what is there is "
    "not touched",
}


def advice_lines(outcomes: Sequence[Record], tasks: Sequence[Task] = (), services: Sequence[Service] = ()) -> list[str]:
    """One line per service of a workflow that has failed: what is known, and what to do.

    :param outcomes: see :mod:`.outcomes`.
    :param tasks: read since; those of services that are there are not needed.
    :param services: read since with their SIP connections, Operator Connect ones only.
    """
    there = services_by_tenant(services)
    by_id = {task.id: task for task in tasks}
    lines = []
    for outcome in outcomes:
        said, todo = _advice(outcome, by_id.get(str(outcome.get("task_id"))), there.get(tenant_key(outcome)))
        lines.append(f"{name_of(outcome)}: {said.rstrip('. ')}. What to do: {todo}.")
    return lines


def _advice(outcome: Record, task: Task | None, service: Service | None) -> tuple[str, str]:
    """Return what is known of a service, and what to do."""
    if service is not None:
        if is_deployed(service):
            return "the service is there and deployed", "nothing"
        return (
            "the service is there, but a SIP connection is not deployed",
            "look at the SBC in the portal, then relaunch the node that verifies",
        )
    unseen = TaskState.FAILED if outcome["outcome"] == Outcome.FAILED else TaskState.UNKNOWN
    return outcome_words(outcome, task), _BY_STATE[unseen if task is None else task.state]
